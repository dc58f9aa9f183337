#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "protocol/telemetry.h"
#include "shogi/game.h"
#include "shogi/insight/castles.h"
#include "shogi/insight/exchange.h"
#include "shogi/usi.h"

// The vocabulary of the milestones' tests: random games, and a second reading of them.
namespace keisei::studio::testing {

inline protocol::EndReason reason_of(shogi::EndReason reason) {
  return *protocol::enumerator_of<protocol::EndReason>(shogi::to_string(reason));
}

inline protocol::GameFinished told_game(std::int64_t number,
                                        const std::vector<std::string>& moves) {
  protocol::GameFinished told{};
  told.game_id = "run-" + std::to_string(number);
  told.game_number = number;
  told.update = number;
  told.start_sfen = shogi::Position::startpos().sfen();
  told.moves = moves;
  told.winner = protocol::Side::black;
  told.reason = protocol::EndReason::resignation;
  told.emitted_at = static_cast<double>(1000 + number);
  return told;
}

/// Plays at random until the game is over or resigned; seizes a mate in one, which random games of
/// few moves would hardly show.
inline protocol::GameFinished random_game(std::int64_t number, unsigned seed, int most_plies) {
  std::mt19937 random(seed);
  shogi::Game game;
  std::vector<std::string> moves;
  while (!game.is_over() && game.ply() < most_plies) {
    const shogi::MoveList& legal = game.legal_moves();
    shogi::Move chosen = legal[random() % legal.size()];
    for (const shogi::Move move : legal) {
      shogi::Position after = game.position();
      after.do_move(move);
      if (after.in_check() && after.count_legal_moves() == 0) chosen = move;
    }
    moves.push_back(shogi::to_usi(chosen));
    game.play(chosen);
  }
  protocol::GameFinished told = told_game(number, moves);
  if (!game.is_over()) {
    told.winner = random() % 2 == 0 ? protocol::Side::black : protocol::Side::white;
    return told;
  }
  told.reason = reason_of(game.result()->reason);
  told.winner.reset();
  if (game.result()->winner) {
    told.winner = *game.result()->winner == shogi::Color::black ? protocol::Side::black
                                                                : protocol::Side::white;
  }
  return told;
}

/// Where a first was seen.
struct Sight {
  std::int64_t game_number;
  int ply;

  friend bool operator==(const Sight&, const Sight&) = default;
};
using Sights = std::map<std::string, Sight>;  // by key

/// Every first of the games, by trying everything everywhere.
class FirstsByHand {
 public:
  explicit FirstsByHand(const shogi::Castles& castles) : castles_(castles) {}

  void read(const protocol::GameFinished& told) {
    number_ = told.game_number;
    shogi::Game game(shogi::Position::from_sfen(told.start_sfen).value(), {.max_plies = 4096});
    bool safe = true;
    bool endangered = false;
    int saved = 0;
    for (const std::string& usi : told.moves) {
      const shogi::Position before = game.position();
      game.play(shogi::parse_usi(usi, before).value());
      const shogi::Position& now = game.position();
      const shogi::Color mover = before.side_to_move();
      if (usi.back() == '+') {
        const auto from = shogi::parse_square(usi.substr(0, 2)).value();
        const auto piece = shogi::type_of(before.piece_on(from));
        if (piece == shogi::PieceType::rook) see("dragon", game.ply());
        if (piece == shogi::PieceType::bishop) see("horse", game.ply());
      }
      safe = safe && !hangs(now, mover);
      if (endangered) ++saved;
      endangered = hangs(now, ~mover);
      if (safe && saved >= 3 && game.ply() == 60) see("safe_rook", 60);
      see_castle(before, now, mover, game.ply());
    }
    const bool mated = game.is_over() && game.result()->reason == shogi::EndReason::checkmate;
    if (mated && told.reason == protocol::EndReason::checkmate) see("checkmate", game.ply());
    if (told.winner) see("win/" + std::string(to_string(*told.winner)), game.ply());
  }

  const Sights& sights() const { return sights_; }

 private:
  void see(const std::string& key, int ply) { sights_.try_emplace(key, Sight{number_, ply}); }

  static bool hangs(const shogi::Position& position, shogi::Color owner) {
    for (const shogi::HangingPiece& hanging : shogi::hanging_pieces(position, owner)) {
      const auto piece = shogi::type_of(position.piece_on(hanging.square));
      if (shogi::unpromoted(piece) == shogi::PieceType::rook) return true;
    }
    return false;
  }

  void see_castle(const shogi::Position& before, const shogi::Position& now, shogi::Color mover,
                  int ply) {
    const shogi::CastleProgress* largest = nullptr;
    const auto all = castles_.progress(now, mover);
    const auto earlier = castles_.progress(before, mover);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!all[i].complete() || earlier[i].complete() || all[i].parts < 3) continue;
      if (largest == nullptr || all[i].parts > largest->parts) largest = &all[i];
    }
    if (largest != nullptr) see("castle/" + std::string(largest->id), ply);
  }

  const shogi::Castles& castles_;
  std::int64_t number_ = 0;
  Sights sights_;
};

}  // namespace keisei::studio::testing

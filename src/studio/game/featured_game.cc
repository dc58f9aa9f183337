#include "studio/game/featured_game.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "shogi/usi.h"
#include "studio/forecast/mean_of_two.h"

namespace keisei::studio {
namespace {

std::optional<shogi::Color> color_of(std::optional<protocol::Side> side) {
  if (!side) return std::nullopt;
  return *side == protocol::Side::black ? shogi::Color::black : shogi::Color::white;
}

// Viewers are told who won in the words of the reason.
bool may_end(const protocol::GameFinished& finished) {
  switch (finished.reason) {
    case protocol::EndReason::repetition:
    case protocol::EndReason::max_plies:
      return !finished.winner;
    case protocol::EndReason::impasse:
    case protocol::EndReason::stalemate:  // a loss in shogi; there are trainers that score a draw
      return true;
    case protocol::EndReason::checkmate:
    case protocol::EndReason::perpetual_check:
    case protocol::EndReason::declaration:
    case protocol::EndReason::resignation:
      return finished.winner.has_value();
  }
  return false;
}

shogi::PieceType captured_by(shogi::Move move, const shogi::Position& position) {
  return move.is_drop() ? shogi::PieceType::none : type_of(position.piece_on(move.to()));
}

Outlook outlook_of(shogi::Position position, const std::vector<PolicyChoice>& top) {
  Outlook outlook{.is_told = !top.empty(), .in_check = position.in_check()};
  for (const auto& [move, probability] : top) {
    if (shogi::worth_more_than_pawn(captured_by(move, position))) outlook.captures += probability;
    const shogi::Undo undo = position.do_move(move);
    if (position.in_check()) {
      outlook.checks += probability;
      if (position.count_legal_moves() == 0) outlook.mates += probability;
    }
    position.undo_move(move, undo);
  }
  return outlook;
}

protocol::Number difference(protocol::Number before, protocol::Number after) {
  if (!before || !after) return std::nullopt;
  return *after - *before;
}

// Of any policy some square has a share.
std::optional<protocol::BoardMap> told_map(const protocol::MovePlayed& played) {
  const protocol::BoardMap& map = played.destinations;
  const bool is_told = std::any_of(map.begin(), map.end(), [](float share) { return share > 0; });
  return is_told ? std::optional(map) : std::nullopt;
}

}  // namespace

void FeaturedGame::break_off(GameFault fault, int ply, std::string why) {
  if (!break_) break_ = GameBreak{fault, ply, std::move(why)};
}

bool FeaturedGame::agrees_with_finish(int ply, const std::string& usi) const {
  if (!finish_) return true;
  return ply < total_plies_ && finished_moves_[static_cast<std::size_t>(ply)] == usi;
}

void FeaturedGame::add(const protocol::MovePlayed& played) {
  if (broken()) return;
  number_ = played.game_number;
  update_ = played.update;
  told_until_ = std::max(told_until_, played.emitted_at);
  auto position = shogi::Position::from_sfen(played.sfen);
  if (!position) {
    return break_off(GameFault::contradiction, played.ply, position.error().message);
  }
  if (decisions_.empty()) {
    first_ply_ = played.ply;
    start_ = *position;
    tip_ = *position;
  } else if (played.ply < last_ply()) {
    return hear_again(played);
  } else if (played.ply > last_ply()) {
    return break_off(GameFault::gap, played.ply,
                     fmt::format("the move after {} did not come", last_ply()));
  } else if (!tip_->same_as(*position)) {
    return break_off(GameFault::contradiction, played.ply,
                     "its position does not follow from the moves before it");
  }
  if (last_ply() - first_ply_ >= protocol::kMostPlies) {
    return break_off(GameFault::too_long, played.ply, "no game has so many moves");
  }
  const auto move = shogi::parse_usi(played.usi, *tip_);
  if (!move) return break_off(GameFault::illegal_move, played.ply, move.error().message);
  if (!agrees_with_finish(played.ply, played.usi)) {
    return break_off(GameFault::contradiction, played.ply,
                     played.usi + " is not the move of the finished game");
  }
  decide(played, *move);
}

// Told again after a reconnection, or played anew by a trainer that resumed from a checkpoint. That
// one may tell moves that were left out the first time: the game is known from where it was heard.
bool FeaturedGame::knows(const protocol::MovePlayed& played) const {
  if (played.ply >= last_ply()) return false;
  return complete() || played.ply < first_ply_ || known_move(played.ply) == played.usi;
}

std::string FeaturedGame::known_move(int ply) const {
  return shogi::to_usi(decisions_[static_cast<std::size_t>(ply - first_ply_)].move);
}

void FeaturedGame::hear_again(const protocol::MovePlayed& played) {
  if (knows(played)) return;
  break_off(GameFault::contradiction, played.ply,
            played.usi + " was " + known_move(played.ply) + " before");
}

void FeaturedGame::decide(const protocol::MovePlayed& played, shogi::Move move) {
  Decision decision{move,         played.update,      played.probability,
                    played.value, played.legal_moves, played.entropy,
                    {},           told_map(played),   played.emitted_at};
  if (decision.legal_moves == 0) {
    decision.legal_moves = static_cast<int>(tip_->legal_moves().size());
  }
  for (const protocol::PolicyMove& choice : played.top) consider(choice, decision);
  decision.outlook = outlook_of(*tip_, decision.top);
  decision.captured = captured_by(move, *tip_);
  decision.promotes = move.is_promotion();
  tip_->do_move(move);
  decision.checks = tip_->in_check();
  bytes_ += sizeof(Decision) + decision.top.size() * sizeof(PolicyChoice);
  decisions_.push_back(std::move(decision));
}

void FeaturedGame::consider(const protocol::PolicyMove& choice, Decision& decision) {
  const auto move = shogi::parse_usi(choice.usi, *tip_);
  if (move) return decision.top.push_back({*move, choice.probability});
  const auto fault =
      shogi::read_usi(choice.usi) ? ChoiceFault::illegal_move : ChoiceFault::unreadable;
  bad_choices_.push_back({fault, last_ply(), move.error().message});
}

void FeaturedGame::add(const protocol::GameFinished& finished) {
  if (broken() || finish_) return;
  number_ = finished.game_number;
  update_ = finished.update;
  told_until_ = std::max(told_until_, finished.emitted_at);
  total_plies_ = static_cast<int>(finished.moves.size());
  for (int ply = first_ply_; ply < last_ply(); ++ply) {
    const auto told = shogi::to_usi(decisions_[static_cast<std::size_t>(ply - first_ply_)].move);
    if (ply >= total_plies_ || finished.moves[static_cast<std::size_t>(ply)] != told) {
      return break_off(GameFault::contradiction, ply, told + " is not in the finished game");
    }
  }
  if (!may_end(finished)) {
    return break_off(GameFault::contradiction, total_plies_,
                     fmt::format("{} with{} winner", to_string(finished.reason),
                                 finished.winner ? " a" : "out a"));
  }
  finished_moves_ = finished.moves;
  bytes_ += finished_moves_.size() * sizeof(std::string);
  finish_ = Finish{color_of(finished.winner), finished.reason};
}

void FeaturedGame::add(const protocol::Attention& attention) {
  if (broken()) return;
  const auto size = [](const protocol::Attention& one) {
    return sizeof one + one.game_id.size() + one.gates.size() * sizeof(float);
  };
  const auto [place, is_new] = attention_.insert({attention.ply, attention});
  if (!is_new) {
    bytes_ -= size(place->second);
    place->second = attention;
  }
  bytes_ += size(attention);
}

bool FeaturedGame::can_show(int ply) const {
  if (decisions_.empty() || ply < first_ply_) return false;
  return ply < last_ply() || (complete() && ply == last_ply());
}

const Decision* FeaturedGame::decision(int ply) const {
  return ply < last_ply() ? &decisions_[static_cast<std::size_t>(ply - first_ply_)] : nullptr;
}

const protocol::Attention* FeaturedGame::attention(int ply) const {
  const auto found = attention_.find(ply);
  return found == attention_.end() ? nullptr : &found->second;
}

// Sides alternate from the first position that is known.
protocol::Number FeaturedGame::said_for_black(int ply) const {
  const bool first_is_black = start_->side_to_move() == shogi::Color::black;
  return studio::said_for_black(decision(ply)->value,
                                first_is_black == ((ply - first_ply_) % 2 == 0));
}

protocol::Number FeaturedGame::black_forecast(int ply) const {
  if (decision(ply) == nullptr) {
    if (!finish_->winner) return 0.5;
    return *finish_->winner == shogi::Color::black ? 1.0 : 0.0;
  }
  if (ply == 0) return said_for_black(ply);
  if (ply == first_ply_) return std::nullopt;
  return mean_of_two(said_for_black(ply - 1), said_for_black(ply));
}

protocol::Number FeaturedGame::told_forecast(int ply) const {
  const protocol::Number raw = black_forecast(ply);
  if (!raw || decision(ply) == nullptr) return raw;
  return std::round(basis_.calibration.expected_score(*raw) * 1e4) / 1e4;
}

std::optional<ResultChances> FeaturedGame::chances(int ply) const {
  const protocol::Number told = told_forecast(ply);
  if (!told || decision(ply) == nullptr) return std::nullopt;
  return basis_.calibration.chances(*told);
}

// The forecast of the first position is no mean of two.
protocol::Number FeaturedGame::change_after(int ply) const {
  if (ply <= first_ply_) return std::nullopt;
  return difference(black_forecast(ply), black_forecast(ply + 1));
}

protocol::Number FeaturedGame::told_change_after(int ply) const {
  if (ply <= first_ply_) return std::nullopt;
  return difference(told_forecast(ply), told_forecast(ply + 1));
}

}  // namespace keisei::studio

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/counters.h"
#include "base/testing/manual_clock.h"
#include "protocol/telemetry.h"
#include "shogi/game.h"
#include "shogi/usi.h"
#include "studio/content/content.h"
#include "studio/game/game_library.h"

// The vocabulary of the studio's tests: a trainer whose games follow the rules.
namespace keisei::studio::testing {

inline const Content& real_content() {
  static const Content content = Content::load(KEISEI_SOURCE_DIR "/content").value();
  return content;
}

/// Also its name is the id.
inline protocol::RunStarted run(std::string id) {
  protocol::RunStarted started{};
  started.name = id;
  started.run_id = std::move(id);
  started.reward = protocol::Reward::shaped;
  started.shaping_coefficient = 0.5;
  started.clip_epsilon = 0.2;
  started.environments = 1;
  return started;
}

inline const GameLibrary::OnSkipped kUntold = [](protocol::Unusable, const std::string&) {};

/// A legal opening: a capture with promotion, a recapture and a drop in seven moves.
inline const std::vector<std::string>& short_moves() {
  static const std::vector<std::string> moves = {"7g7f", "3c3d", "8h2b+", "3a2b",
                                                 "2g2f", "8c8d", "B*5e"};
  return moves;
}

/// What the trainer says about one game, move by move.
class TrainerGame {
 public:
  TrainerGame(std::int64_t number, std::vector<std::string> moves, std::int64_t update = 1)
      : number_(number), update_(update), moves_(std::move(moves)) {}

  std::string id() const { return "run-" + std::to_string(number_); }
  int plies() const { return static_cast<int>(moves_.size()); }

  protocol::MovePlayed move(int ply) const {
    shogi::Position position = shogi::Position::startpos();
    for (int i = 0; i < ply; ++i) position.do_move(read(position, i));
    protocol::MovePlayed played{};
    played.game_id = id();
    played.game_number = number_;
    played.update = update_;
    played.ply = ply;
    played.sfen = position.sfen();
    played.usi = moves_[static_cast<std::size_t>(ply)];
    played.probability = 0.25;
    played.value = 0.5;  // always from the mover's side
    played.legal_moves = static_cast<int>(position.legal_moves().size());
    played.entropy = 2;
    // The chosen move comes second: an answer that simply shows the first one is wrong.
    const shogi::Move chosen = read(position, ply);
    for (const shogi::Move other : position.legal_moves()) {
      if (other == chosen) continue;
      played.top.push_back({shogi::to_usi(other), 0.5F});
      break;
    }
    played.top.push_back({played.usi, 0.25F});
    played.destinations.fill(1.0F / 81);
    played.emitted_at = 1;
    return played;
  }

  protocol::GameFinished finish(
      protocol::EndReason reason = protocol::EndReason::resignation,
      std::optional<protocol::Side> winner = protocol::Side::black) const {
    protocol::GameFinished finished{};
    finished.game_id = id();
    finished.game_number = number_;
    finished.update = update_;
    finished.start_sfen = shogi::Position::startpos().sfen();
    finished.moves = moves_;
    finished.winner = winner;
    finished.reason = reason;
    finished.emitted_at = 1;
    return finished;
  }

  protocol::Attention attention(int ply) const {
    protocol::Attention attention{};
    attention.game_id = id();
    attention.ply = ply;
    attention.update = update_;
    attention.block = 2;
    attention.activity.fill(1);
    attention.activity[40] = 3;
    attention.gates = {0.5F, 0.75F};
    attention.emitted_at = 1;
    return attention;
  }

  void tell(GameLibrary& library, int from, int to) const {
    for (int ply = from; ply < to; ++ply) library.add(move(ply));
  }
  void tell_all(GameLibrary& library, protocol::EndReason reason = protocol::EndReason::resignation,
                std::optional<protocol::Side> winner = protocol::Side::black) const {
    tell(library, 0, plies());
    library.add(finish(reason, winner));
  }

 private:
  shogi::Move read(const shogi::Position& position, int ply) const {
    return shogi::parse_usi(moves_[static_cast<std::size_t>(ply)], position).value();
  }

  std::int64_t number_;
  std::int64_t update_;
  std::vector<std::string> moves_;
};

/// Kings walk to and fro: a legal game of any length (repetition is not the studio's business).
inline std::vector<std::string> long_moves(int plies) {
  static const std::vector<std::string> walk = {"5i5h", "5a5b", "5h5i", "5b5a"};
  std::vector<std::string> moves;
  moves.reserve(static_cast<std::size_t>(plies));
  for (int i = 0; i < plies; ++i) moves.push_back(walk[static_cast<std::size_t>(i % 4)]);
  return moves;
}

}  // namespace keisei::studio::testing

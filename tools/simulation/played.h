#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/messages.h"
#include "protocol/telemetry.h"
#include "shogi/game.h"
#include "store/run_memory.h"

namespace keisei::simulation {

/// All that trainers have really played, learned and measured, to hold against it what is shown.
///
/// Every check returns what is wrong with a message, or nothing.
class Played {
 public:
  void begin_run(const protocol::RunStarted& run);
  /// Returns the number of this game among those of its id: a run that is resumed may play another.
  std::size_t begin_game(const std::string& game_id);
  void play(const std::string& game_id, std::size_t line, shogi::Move move);
  void finish(const std::string& game_id, std::size_t line, const shogi::GameResult& result);
  void learn(const std::string& run_id, std::int64_t update);

  std::string wrong_in(const protocol::GameState& shown) const;
  std::string wrong_in(const protocol::MovePredictions& shown) const;
  std::string wrong_in(const protocol::SeAttention& shown) const;
  std::string wrong_in(const protocol::PpoMetrics& shown) const;
  std::string wrong_in(const protocol::NetworkStrength& shown) const;
  std::string wrong_in(const protocol::SystemStatus& shown) const;
  std::string wrong_in(const protocol::MetricsHistory& shown) const;
  std::string wrong_in(const protocol::MilestoneReached& shown) const;
  std::string wrong_in(const protocol::Milestones& shown) const;
  /// Of what a store remembers: all of its games, and some of their moves.
  std::string wrong_in(const store::RunMemory& kept) const;
  template <class Message>
  std::string wrong_in(const Message&) const {
    return {};
  }

  std::size_t games() const { return games_count_; }
  std::size_t moves() const { return moves_count_; }
  /// Memory that it takes, about.
  std::size_t bytes() const { return 2 * moves_count_ + 512 * games_count_; }

 private:
  /// One game as it was played.
  struct Line {
    std::vector<shogi::Move> moves;
    std::optional<shogi::GameResult> result;
  };
  struct Run {
    std::string name;
    std::int64_t newest_update = 0;
  };

  static bool has_reached(const protocol::MilestoneView& milestone, const Line& line);
  std::string wrong_in(const protocol::MilestoneView& milestone) const;
  bool was_played(const protocol::GameFinished& game) const;
  bool was_thought(const store::KeptMove& move) const;
  /// The position after so many moves of a line, for `look`, until that is satisfied. Whether it
  /// ever is.
  template <class Look>
  bool any_line(const std::string& game_id, int ply, Look look) const;

  std::map<std::string, std::vector<Line>> games_;  // by id
  std::map<std::string, Run> runs_;                 // by id
  std::size_t games_count_ = 0;
  std::size_t moves_count_ = 0;
};

}  // namespace keisei::simulation

#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine_process.h"

struct MatchOptions {
  int games = 100;
  int nodes = 8;
  int max_plies = 256;
  std::chrono::milliseconds byoyomi{1000};
};

struct MatchReport {
  int games = 0, plies = 0;
  int illegal_moves = 0;  // or claims: a declaration that the rules do not bear out, a resignation
  int time_losses = 0;
  std::map<std::string, int> endings;  // how many games ended so
  double ms_per_move_mean = 0, ms_per_move_max = 0;
  std::vector<std::string> faults;  // what went wrong, with the game's moves
};

/// Two engines play each other, colours alternating. The rules of src/shogi and a clock of our own
/// judge: the engines are not asked. A fault ends its game.
class Match {
 public:
  Match(EngineProcess& first, EngineProcess& second, const MatchOptions& options)
      : engines_{&first, &second}, options_(options) {}

  /// Throws if an engine does not even say that it is ready.
  MatchReport play();

 private:
  std::string play_game(int number);

  EngineProcess* engines_[2];
  MatchOptions options_;
  MatchReport report_;
  double ms_sum_ = 0;
};

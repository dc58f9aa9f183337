#pragma once

#include <cstdint>
#include <vector>

#include "base/clock.h"
#include "rl/evaluation/match.h"
#include "rl/evaluation/skill_probes.h"
#include "rl/run/trainer.h"

/// How strong a network was at some moment of its training.
struct Point {
  double minutes;
  std::int64_t samples;
  keisei::rl::MatchScore score;                // against a uniformly random mover
  std::vector<keisei::rl::SkillScore> skills;  // in the order of kSkills
};

/// What became of one run.
struct Curve {
  std::int64_t seed;
  std::vector<Point> points;
  keisei::rl::MatchScore final_score, against_start, against_two_minutes;
  double seconds = 0;             // of training
  double explained_variance = 0;  // of the latest games' results; NaN if too few have ended
};

struct LearnerOptions {
  double minutes = 10, interval = 1;  // of training; between evaluations
  int games = 200, final_games = 400;
  bool quiet = false;  // no progress on standard error
};

/// Trains from scratch and lets the network play at intervals. Time spent on evaluation is not
/// training time.
class Learner {
 public:
  Learner(const keisei::rl::Options& options, const LearnerOptions& request);

  /// Throws std::runtime_error if training fails.
  Curve run();

 private:
  keisei::rl::WorkerPool& pool() { return trainer_.pool(); }
  keisei::rl::Player copy() const;
  void evaluate(Curve& curve);

  keisei::SystemClock clock_;
  keisei::rl::Options options_;
  LearnerOptions request_;
  keisei::rl::Trainer trainer_;
  keisei::rl::Player start_;
  std::vector<keisei::rl::SkillSuite> suites_;
};

#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "rl/evaluation/match.h"
#include "rl/evaluation/rating.h"
#include "rl/evaluation/skill_probes.h"
#include "rl/evaluation/snapshot_pool.h"
#include "rl/options.h"

namespace keisei::rl {

/// The network to evaluate.
struct Snapshot {
  std::int64_t update = 0;
  std::int64_t global_step = 0;
  std::string weights;  // PpoAgent::save_weights()
};

/// The report card of one network.
struct Evaluation {
  bool complete = true;  // false: it failed, and only `problems` says something
  struct Past {
    std::int64_t update = 0;
    MatchScore score;
  };

  std::int64_t update = 0;
  std::int64_t global_step = 0;
  MatchScore against_random;
  std::vector<Past> against_past;     // the newest last
  Rating rating;                      // the random mover has 0
  std::vector<SkillScore> skills;     // in the order of kSkills
  double seconds = 0;                 // what it took
  std::vector<std::string> problems;  // what could not be read or written
};

/// One line of JSON without a line end, for evaluations.jsonl; see docs/configuration.md.
std::string evaluation_line(const Evaluation& evaluation, double unix_time);
/// The same in one line for people.
std::string evaluation_summary(const Evaluation& evaluation);

/// Lets networks play against a uniformly random mover and against earlier ones, rates all of them
/// on one scale, and asks them the fixed questions of the skill suites. Uses nothing of the
/// trainer: what it needs of a network comes as bytes. One thread at a time.
class Evaluator {
 public:
  /// Keeps its pool in `directory`. What it finds there of networks beyond `latest_update` belongs
  /// to a future that was given up.
  Evaluator(const Options& options, const std::string& directory, std::int64_t latest_update);

  /// None if it was asked to stop on the way, or if the weights are no network of these options.
  std::optional<Evaluation> evaluate(const Snapshot& snapshot, const std::stop_token& stop = {});

 private:
  void play_past(Evaluation& evaluation, const std::stop_token& stop);
  void note(Evaluation& evaluation, const Result<void>& done);
  Rating rate_now(std::int64_t update) const;

  Options options_;
  WorkerPool pool_;  // of this thread alone
  PpoAgent agent_, opponent_;
  SnapshotPool past_;
  std::vector<SkillSuite> suites_;  // made when first needed
};

}  // namespace keisei::rl

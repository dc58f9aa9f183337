#include "rl/run/training_loop.h"

#include <fmt/format.h>

#include <optional>
#include <span>

namespace keisei::rl {
namespace {

struct Decision {
  bool stop, save;
};
// Processes that learn together stop and save together: when one of them wants to.
Decision decide(ProcessGroup* group, bool stop, bool save) {
  double wishes[] = {stop ? 1.0 : 0.0, save ? 1.0 : 0.0};
  if (group != nullptr) group->largest(std::span<double>(wishes));
  return {wishes[0] > 0, wishes[1] > 0};
}

void save(const RunParts& run) {
  const auto saved = run.checkpoints.save(run.trainer);
  run.outputs.add_checkpoint(saved, run.trainer.metrics());
}

RunOutcome learning_failed(const RunParts& run, const std::string& why) {
  const auto saved = run.checkpoints.save(run.trainer);
  run.display.warn(
      fmt::format("{}; training stops. {}", why,
                  saved ? fmt::format("The state before that (update {}) is saved",
                                      run.trainer.metrics().updates())
                        : "The state before that could not be saved: " + saved.error().message));
  return RunOutcome::failed;
}

RunOutcome finish(const RunParts& run) {
  const std::int64_t updates = run.trainer.metrics().updates();
  const auto saved = run.checkpoints.save(run.trainer);
  if (!saved) {
    run.display.warn(fmt::format("stopped after update {}, which could not be saved: {}", updates,
                                 saved.error().message));
    return RunOutcome::failed;
  }
  run.outputs.add_checkpoint(saved, run.trainer.metrics());
  run.display.finish(fmt::format("stopped after update {}; --resume auto goes on", updates));
  return RunOutcome::stopped;
}

}  // namespace

RunOutcome train(const RunParts& run, const std::stop_token& stop) {
  Trainer& trainer = run.trainer;
  const MetricsManager& metrics = trainer.metrics();
  // Whoever stopped in the middle of an update would leave the others waiting for it.
  const std::stop_token on_the_way = run.group == nullptr ? stop : std::stop_token();
  for (;;) {
    if (run.evaluations != nullptr) {
      for (const Evaluation& done : run.evaluations->look()) run.outputs.add(done);
    }
    const Decision next = decide(run.group, stop.stop_requested() || run.end.reached(metrics),
                                 run.checkpoints.is_due());
    if (next.stop) break;
    if (next.save) save(run);
    if (run.featured != nullptr) run.featured->set_update(metrics.updates());
    const auto iteration = trainer.iterate(run.featured, on_the_way);
    if (!iteration) return learning_failed(run, iteration.error().message);
    if (!*iteration) break;
    run.outputs.add(metrics, run.end.remaining_s(metrics));
  }
  return finish(run);
}

}  // namespace keisei::rl

#include "loadtest/load_trainer.h"

#include "loadtest/wait_for.h"

namespace keisei::loadtest {
namespace {

hook::HookOptions options_for(const ShowcaseProcess& showcase, const std::string& spill_file) {
  hook::HookOptions options;
  options.url = showcase.ingest_url();
  options.token_file = showcase.token_file();
  options.spill_file = spill_file;
  // The publisher's place among busy threads is not what is measured here.
  options.priority = ThreadPriority::normal;
  return options;
}

protocol::RunStarted run() {
  protocol::RunStarted run{};
  run.run_id = "loadtest";
  run.name = "Load test";
  run.preset = "loadtest";
  run.device = "cpu";
  run.reward = protocol::Reward::terminal;
  run.clip_epsilon = 0.2;
  run.environments = 1;
  return run;
}

}  // namespace

LoadTrainer::LoadTrainer(const ShowcaseProcess& showcase, const std::string& spill_file)
    : hook_(options_for(showcase, spill_file), run(), clock_) {
  wait_for("the hook to connect", [&] { return hook_.counters().connected; });
}

void LoadTrainer::emit_update(std::int64_t update) {
  hook::MetricsEvent event;
  event.update = update;
  event.metrics[hook::Metric::kl_divergence] = 0.01;
  event.metrics[hook::Metric::clip_fraction] = 0.1;
  event.metrics[hook::Metric::entropy] = 3;
  event.metrics[hook::Metric::entropy_max] = 4;
  event.metrics[hook::Metric::explained_variance] = 0.3;
  hook_.emit(event);
}

void LoadTrainer::emit_evaluation(std::int64_t update, double elo) {
  hook::EvaluationEvent event;
  event.update = update;
  event.elo = elo;
  event.elo_error = 10;
  hook_.emit(event);
}

}  // namespace keisei::loadtest

#include "run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <random>
#include <span>

#include "checkpoints.h"
#include "display.h"
#include "evaluations.h"
#include "hook/streaming_hook.h"
#include "hook/transport/showcase_url.h"
#include "outputs.h"
#include "rl/network/devices.h"
#include "rl/ppo/process_group.h"
#include "rl/run/config.h"
#include "rl/run/trainer.h"
#include "rl/selfplay/game_reporter.h"

namespace {

using namespace keisei;

constexpr int kTrainingFailed = 1;
constexpr int kCannotStart = 2;

std::string new_run_id(const Clock& clock) {
  std::random_device device;
  return fmt::format("{:%Y%m%d-%H%M%S}-{:08x}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(clock.wall())), device());
}

protocol::RunStarted describe(const rl::Options& options, const rl::Trainer& trainer,
                              const std::string& run_id, const Clock& clock) {
  protocol::RunStarted run{};
  run.run_id = run_id;
  run.name = options.run.name;
  run.preset = options.run.preset;
  run.device = options.run.device;
  run.parameters = trainer.player().parameter_count();
  run.tower_depth = options.network.depth;
  run.tower_width = options.network.width;
  run.reward = options.reward.shaped ? protocol::Reward::shaped : protocol::Reward::terminal;
  run.shaping_coefficient = options.reward.shaped ? options.reward.shaping_coefficient : 0;
  run.clip_epsilon = options.ppo.clip_epsilon;
  run.environments = options.environment.count;
  run.started_at = unix_seconds(clock.wall());
  return run;
}

bool is_on_this_machine(const std::string& url) {
  const auto showcase = hook::parse_showcase_url(url);
  return showcase && (showcase->host == "localhost" || showcase->host == "127.0.0.1");
}

// When a run ends by itself.
class End {
 public:
  End(const CommandLine& command, const Clock& clock)
      : minutes_(command.minutes), steps_(command.steps), clock_(clock), begin_(clock.steady()) {}

  bool reached(const rl::MetricsManager& metrics) const {
    const auto left = remaining_s(metrics);
    return left && *left <= 0;
  }
  // None for a run without an end, and before it has a pace.
  std::optional<double> remaining_s(const rl::MetricsManager& metrics) const {
    std::optional<double> by_time, by_steps;
    if (minutes_ > 0) {
      by_time = 60 * minutes_ - std::chrono::duration<double>(clock_.steady() - begin_).count();
    }
    if (steps_ > 0) {
      const auto done = static_cast<double>(metrics.global_timestep());
      by_steps = rl::time_to(
          static_cast<double>(steps_), done,
          done >= static_cast<double>(steps_) ? 1 : metrics.format_ppo_metrics().samples_per_s);
    }
    if (by_time && by_steps) return std::min(*by_time, *by_steps);
    return by_time ? by_time : by_steps;
  }

 private:
  double minutes_;
  std::int64_t steps_;
  const Clock& clock_;
  SteadyTime begin_;
};

struct Run {
  const CommandLine& command;
  const Clock& clock;
  rl::ProcessGroup* group;  // null: alone
  rl::Trainer& trainer;
  rl::GameReporter* featured;  // null: another process has it
  Outputs& outputs;
  Checkpoints& checkpoints;
  Evaluations* evaluations;  // null: off
  Display& display;
};

struct Decision {
  bool stop, save;
};
// Processes that learn together stop and save together: when one of them wants to.
Decision decide(rl::ProcessGroup* group, bool stop, bool save) {
  double wishes[] = {stop ? 1.0 : 0.0, save ? 1.0 : 0.0};
  if (group != nullptr) group->largest(std::span<double>(wishes));
  return {wishes[0] > 0, wishes[1] > 0};
}

void look_at_evaluations(const Run& run) {
  if (run.evaluations == nullptr) return;
  for (const rl::Evaluation& evaluation : run.evaluations->look()) run.outputs.add(evaluation);
}

int train(const Run& run, const std::stop_token& stop) {
  const End end(run.command, run.clock);
  rl::Trainer& trainer = run.trainer;
  // Whoever stopped in the middle of an update would leave the others waiting for it.
  const std::stop_token on_the_way = run.group == nullptr ? stop : std::stop_token();
  for (;;) {
    look_at_evaluations(run);
    const Decision next = decide(run.group, stop.stop_requested() || end.reached(trainer.metrics()),
                                 run.checkpoints.is_due());
    if (next.stop) break;
    if (next.save) {
      run.outputs.add_checkpoint(run.checkpoints.save(trainer), trainer.metrics(),
                                 run.command.run_dir);
    }
    if (run.featured != nullptr) run.featured->set_update(trainer.metrics().updates());
    const auto iteration = trainer.iterate(run.featured, on_the_way);
    if (!iteration) {
      const auto saved = run.checkpoints.save(trainer);
      run.display.warn(fmt::format(
          "{}; training stops. {}", iteration.error().message,
          saved ? fmt::format("The state before that (update {}) is saved",
                              trainer.metrics().updates())
                : "The state before that could not be saved: " + saved.error().message));
      return kTrainingFailed;
    }
    if (!*iteration) break;
    run.outputs.add(trainer.metrics(), end.remaining_s(trainer.metrics()));
  }
  const std::int64_t updates = trainer.metrics().updates();
  const Result<void> saved = run.checkpoints.save(trainer);
  if (!saved) {
    run.display.warn(fmt::format("stopped after update {}, which could not be saved: {}", updates,
                                 saved.error().message));
    return kTrainingFailed;
  }
  run.outputs.add_checkpoint(saved, trainer.metrics(), run.command.run_dir);
  run.display.finish(fmt::format("stopped after update {}; --resume auto goes on", updates));
  return 0;
}

// All processes of a group must go on from the same update.
Result<void> agree_on_start(rl::ProcessGroup& group, std::int64_t updates) {
  double ends[] = {static_cast<double>(updates), -static_cast<double>(updates)};
  group.largest(std::span<double>(ends));
  if (ends[0] == -ends[1]) return {};
  return fail(
      fmt::format("the processes would start from different updates, {:.0f} to {:.0f}: resume all "
                  "of them from checkpoints of the same update",
                  -ends[1], ends[0]));
}

}  // namespace

int run_training(const CommandLine& given, const std::stop_token& stop) {
  const SystemClock clock;
  CommandLine command = given;
  const auto place = rl::ProcessGroup::place_from_environment();
  if (!place) {
    Display(Display::Mode::quiet).warn(place.error().message);
    return kCannotStart;
  }
  std::unique_ptr<rl::ProcessGroup> group;
  if (*place) {
    group = std::make_unique<rl::ProcessGroup>(**place);
    // The first process speaks for all of them; the others keep their own environments' state.
    if (group->rank() > 0) {
      command.run_dir += fmt::format("/rank-{}", group->rank());
      command.stream_url.clear();
      command.quiet = true;
      command.options.evaluation.interval_s = 0;
    }
  }
  const auto device = rl::resolve_device(command.options.run.device);
  if (!device) {
    Display(Display::Mode::quiet).warn(device.error().message);
    return kCannotStart;
  }
  command.options.run.device = *device;
  const rl::Options& options = command.options;
  std::error_code created;
  std::filesystem::create_directories(command.run_dir, created);
  Display display(Display::mode_for(command.quiet));
  const auto say = [&](const std::string& line) { display.say(line); };
  const auto warn = [&](const std::string& line) { display.warn(line); };
  auto logs = RunLogs::open(command.run_dir);
  if (!logs) {
    warn(logs.error().message + "; choose another place with --run-dir");
    return kCannotStart;
  }
  const auto start = find_start(command.resume, command.run_dir);
  if (!start) {
    warn(start.error().message);
    return kCannotStart;
  }
  rl::Trainer trainer(options, clock, group.get());
  const std::string run_id = *start ? (*start)->run_id : new_run_id(clock);
  if (*start) {
    if (const auto resumed = trainer.resume(**start); !resumed) {
      warn("cannot go on from the checkpoint: " + resumed.error().message);
      return kCannotStart;
    }
  }
  if (group != nullptr) {
    if (const auto agreed = agree_on_start(*group, trainer.metrics().updates()); !agreed) {
      warn(agreed.error().message);
      return kCannotStart;
    }
  }
  std::ofstream(command.run_dir + "/config.toml") << rl::to_toml(options);
  say(fmt::format(
      "run {} · preset {} · {} parameters ({} blocks of {} channels) · {} environments · "
      "{} thread{} · {} reward · {}",
      run_id, options.run.preset, trainer.player().parameter_count(), options.network.depth,
      options.network.width, options.environment.count, options.run.threads,
      options.run.threads == 1 ? "" : "s", options.reward.shaped ? "shaped" : "terminal",
      options.run.device == "cpu" ? command.blas : options.run.device));
  say(fmt::format("{} · logs in {}",
                  *start ? fmt::format("going on after update {}", trainer.metrics().updates())
                         : std::string("a new run"),
                  command.run_dir));

  Outputs outputs(std::move(*logs), run_id, display, clock);
  std::unique_ptr<hook::StreamingHook> hook;
  if (!command.stream_url.empty()) {
    hook::HookOptions stream;
    stream.url = command.stream_url;
    stream.token_file = command.token_file;
    stream.ca_file = command.stream_ca;
    stream.spill_file = command.run_dir + "/unsent.jsonl";
    stream.publisher_cpu = options.stream.publisher_cpu;
    stream.monitor.limit_pct = options.stream.impact_limit_pct;
    // Training may keep every core busy; what is streamed should still leave within moments.
    stream.priority = ThreadPriority::lowest;
    if (is_on_this_machine(command.stream_url)) {
      // Asking it again costs nothing, and viewers wait for training to be back.
      stream.backoff_max = stream.breaker_wait = std::chrono::seconds(2);
    }
    try {
      hook = std::make_unique<hook::StreamingHook>(
          stream, describe(options, trainer, run_id, clock), clock);
    } catch (const std::invalid_argument& error) {
      warn(std::string("--stream: ") + error.what());
      return kCannotStart;
    }
    outputs.stream_to(hook.get(), options.stream.measure_every_games);
  }
  rl::GameReporter featured(outputs.sinks(), options.stream.attention_per_second,
                            options.network.depth, clock);
  Checkpoints checkpoints(command.run_dir, options.checkpoint, run_id, clock);
  std::optional<Evaluations> evaluations;
  if (options.evaluation.interval_s > 0) {
    evaluations.emplace(options, command.run_dir, trainer, clock);
  }
  return train({.command = command,
                .clock = clock,
                .group = group.get(),
                .trainer = trainer,
                .featured = group == nullptr || group->rank() == 0 ? &featured : nullptr,
                .outputs = outputs,
                .checkpoints = checkpoints,
                .evaluations = evaluations ? &*evaluations : nullptr,
                .display = display},
               stop);
}

#include "run.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>

#include "hook/showcase_url.h"
#include "hook/streaming_hook.h"
#include "rl/checkpoint.h"
#include "rl/config.h"
#include "rl/featured_game.h"
#include "rl/run_log.h"
#include "rl/trainer.h"

namespace {

using namespace keisei;

constexpr int kTrainingFailed = 1;
constexpr int kCannotStart = 2;

void say(const std::string& line) {
  fmt::print("{}\n", line);
  std::fflush(stdout);
}
void warn(const std::string& line) { fmt::print(stderr, "keisei-train: {}\n", line); }

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
  run.device = "cpu";
  run.parameters = trainer.agent().parameter_count();
  run.tower_depth = options.network.depth;
  run.tower_width = options.network.width;
  run.reward = options.reward.shaped ? "shaped" : "terminal";
  run.shaping_coefficient = options.reward.shaped ? options.reward.shaping_coefficient : 0;
  run.clip_epsilon = options.ppo.clip_epsilon;
  run.environments = options.environment.count;
  run.started_at = unix_seconds(clock.wall());
  return run;
}

// The checkpoint to go on from, none for a new run. A damaged one is never passed over in silence.
Result<std::optional<rl::Checkpoint>> find_start(const CommandLine& command) {
  std::string path = command.resume;
  std::string before;
  if (path.empty()) return std::nullopt;
  if (path == "auto") {
    const auto paths = rl::find_checkpoints(command.run_dir);
    if (paths.empty()) return std::nullopt;
    path = paths.back();
    if (paths.size() > 1) before = paths[paths.size() - 2];
  }
  auto checkpoint = rl::load_checkpoint(path);
  if (checkpoint) return std::move(*checkpoint);
  return fail(
      checkpoint.error().message +
      (before.empty() ? std::string() : "; to go on from the one before: --resume " + before));
}

// The files and the stream of a run; what cannot be written is said once, and training goes on.
class Outputs {
 public:
  Outputs(rl::RunLog metrics, rl::RunLog games, std::string run_id, const Clock& clock)
      : metrics_(std::move(metrics)),
        games_(std::move(games)),
        run_id_(std::move(run_id)),
        clock_(clock) {}

  void stream_to(hook::StreamingHook* hook) { hook_ = hook; }

  rl::FeaturedGame::Sinks sinks() {
    rl::FeaturedGame::Sinks sinks;
    if (hook_ != nullptr) {
      sinks.move = [this](const hook::MoveEvent& event) { hook_->emit_move(event); };
      sinks.attention = [this](const hook::AttentionEvent& event) { hook_->emit_attention(event); };
    }
    sinks.finished = [this](const hook::GameFinishedEvent& event) {
      if (hook_ != nullptr) hook_->emit_game_finished(event);
      check(games_.append(rl::game_line(event, run_id_, unix_seconds(clock_.wall()))));
    };
    return sinks;
  }

  void add(const rl::MetricsManager& metrics) {
    if (hook_ != nullptr) hook_->emit_ppo_metrics(metrics.format_ppo_metrics());
    check(metrics_.append(metrics.metrics_line(unix_seconds(clock_.wall()))));
    say(metrics.summary());
  }

  void check(const Result<void>& written) {
    if (!written && written.error().message != last_problem_) {
      last_problem_ = written.error().message;
      warn(last_problem_ + " (training goes on)");
    }
  }

 private:
  rl::RunLog metrics_, games_;
  std::string run_id_;
  const Clock& clock_;
  hook::StreamingHook* hook_ = nullptr;
  std::string last_problem_;
};

bool is_on_this_machine(const std::string& url) {
  const auto showcase = hook::parse_showcase_url(url);
  return showcase && (showcase->host == "localhost" || showcase->host == "127.0.0.1");
}

class Checkpoints {
 public:
  Checkpoints(const CommandLine& command, std::string run_id, const Clock& clock)
      : directory_(command.run_dir),
        options_(command.options.checkpoint),
        run_id_(std::move(run_id)),
        clock_(clock),
        last_(clock.steady()) {}

  Result<void> save_if_due(const rl::Trainer& trainer) {
    const std::chrono::duration<double> since = clock_.steady() - last_;
    return since.count() < options_.interval_s ? Result<void>{} : save(trainer);
  }

  Result<void> save(const rl::Trainer& trainer) {
    last_ = clock_.steady();
    const auto path = rl::checkpoint_path(directory_, trainer.metrics().updates());
    Result<void> saved = rl::save_checkpoint(path, trainer.checkpoint(run_id_));
    if (saved) rl::prune_checkpoints(directory_, options_.keep);
    return saved;
  }

 private:
  std::string directory_;
  rl::CheckpointOptions options_;
  std::string run_id_;
  const Clock& clock_;
  SteadyTime last_;
};

int train(const CommandLine& command, rl::Trainer& trainer, rl::FeaturedGame& featured,
          Outputs& outputs, Checkpoints& checkpoints, const Clock& clock,
          const std::stop_token& stop) {
  const SteadyTime end =
      command.minutes > 0
          ? clock.steady() + std::chrono::duration_cast<SteadyTime::duration>(
                                 std::chrono::duration<double>(60 * command.minutes))
          : SteadyTime::max();
  while (!stop.stop_requested() && clock.steady() < end) {
    featured.set_update(trainer.metrics().updates());
    const auto iteration = trainer.iterate(&featured, stop);
    if (!iteration) {
      warn(iteration.error().message + "; the last checkpoint before that is kept");
      return kTrainingFailed;
    }
    if (!*iteration) break;
    outputs.add(trainer.metrics());
    outputs.check(checkpoints.save_if_due(trainer));
  }
  const Result<void> saved = checkpoints.save(trainer);
  outputs.check(saved);
  if (saved)
    say(fmt::format("stopped after update {}; --resume auto goes on", trainer.metrics().updates()));
  return 0;
}

}  // namespace

int run_training(const CommandLine& command, const std::stop_token& stop) {
  const SystemClock clock;
  const rl::Options& options = command.options;
  std::error_code created;
  std::filesystem::create_directories(command.run_dir, created);
  auto metrics = rl::RunLog::open(command.run_dir + "/metrics.jsonl");
  auto games = rl::RunLog::open(command.run_dir + "/games.jsonl");
  if (!metrics || !games) {
    warn((metrics ? games.error() : metrics.error()).message +
         "; choose another place with --run-dir");
    return kCannotStart;
  }
  const auto start = find_start(command);
  if (!start) {
    warn(start.error().message);
    return kCannotStart;
  }
  rl::Trainer trainer(options, clock);
  const std::string run_id = *start ? (*start)->run_id : new_run_id(clock);
  if (*start) {
    if (const auto resumed = trainer.resume(**start); !resumed) {
      warn("cannot go on from the checkpoint: " + resumed.error().message);
      return kCannotStart;
    }
  }
  std::ofstream(command.run_dir + "/config.toml") << rl::to_toml(options);
  say(fmt::format(
      "run {} · preset {} · {} parameters ({} blocks of {} channels) · {} environments · "
      "{} thread{} · {} reward · {}",
      run_id, options.run.preset, trainer.agent().parameter_count(), options.network.depth,
      options.network.width, options.environment.count, options.run.threads,
      options.run.threads == 1 ? "" : "s", options.reward.shaped ? "shaped" : "terminal",
      command.blas));
  say(fmt::format("{} · logs in {}",
                  *start ? fmt::format("going on after update {}", trainer.metrics().updates())
                         : std::string("a new run"),
                  command.run_dir));

  Outputs outputs(std::move(*metrics), std::move(*games), run_id, clock);
  std::unique_ptr<hook::StreamingHook> hook;
  if (!command.stream_url.empty()) {
    hook::HookOptions stream;
    stream.url = command.stream_url;
    stream.token_file = command.token_file;
    // Training may keep every core busy; what is streamed should still leave within moments.
    stream.priority = hook::PublisherPriority::lowest;
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
    outputs.stream_to(hook.get());
  }
  rl::FeaturedGame featured(outputs.sinks(), options.stream.attention_per_second,
                            options.network.depth, clock);
  Checkpoints checkpoints(command, run_id, clock);
  return train(command, trainer, featured, outputs, checkpoints, clock, stop);
}

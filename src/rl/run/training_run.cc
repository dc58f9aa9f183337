#include "rl/run/training_run.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

#include "base/clock.h"
#include "base/file.h"
#include "base/notices.h"
#include "rl/network/devices.h"
#include "rl/ppo/process_group.h"
#include "rl/run/config.h"
#include "rl/run/run_lock.h"
#include "rl/run/run_start.h"
#include "rl/run/training_loop.h"

namespace keisei::rl {
namespace {

constexpr int kTrainingFailed = 1;
constexpr int kCannotStart = 2;
constexpr const char* kElsewhere = "; choose another place with --run-dir";

Result<std::unique_ptr<ProcessGroup>> join_group() {
  const auto place = ProcessGroup::place_from_environment();
  if (!place) return tl::unexpected(place.error());
  return *place ? std::make_unique<ProcessGroup>(**place) : nullptr;
}

// What this process of a group is to do of what was asked of all. The first speaks for them; the
// others keep their own environments' state.
void take_part(RunRequest& request, const ProcessGroup& group) {
  if (group.rank() == 0) return;
  request.run_dir += fmt::format("/rank-{}", group.rank());
  request.stream_url.clear();
  request.quiet = true;
  request.options.evaluation.interval_s = 0;
}

void introduce(const RunRequest& request, const Trainer& trainer, const std::string& run_id,
               bool resumed, Display& display) {
  const Options& options = request.options;
  display.say(fmt::format(
      "run {} · preset {} · {} parameters ({} blocks of {} channels) · {} environments · "
      "{} thread{} · {} reward · {}",
      run_id, options.run.preset, trainer.player().parameter_count(), options.network.depth,
      options.network.width, options.environment.count, options.run.threads,
      options.run.threads == 1 ? "" : "s", options.reward.shaped ? "shaped" : "terminal",
      options.run.device == "cpu" ? request.blas : options.run.device));
  display.say(fmt::format("{} · logs in {}",
                          resumed
                              ? fmt::format("going on after update {}", trainer.metrics().updates())
                              : std::string("a new run"),
                          request.run_dir));
}

// What lies behind the start belongs to no run any more, or to an earlier one. Left where it is, it
// would be resumed from instead of this run's own, and these pruned for it.
void set_aside(const std::string& run_dir, const Start& begin, Display& display) {
  for (const std::string& damaged : begin.damaged) display.warn(damaged + "; it is passed over");
  const bool resumed = begin.checkpoint.has_value();
  const SetAside aside =
      set_aside_later_checkpoints(run_dir, resumed ? begin.checkpoint->updates : kBeforeAny);
  for (const std::string& name : aside.names) {
    display.warn((resumed ? "a later checkpoint is set aside as "
                          : "an earlier run's checkpoint is set aside as ") +
                 name);
  }
  for (const std::string& why : aside.failed) {
    display.warn("a checkpoint of no use to this run stays and would be resumed from: " + why);
  }
}

Notices::Teller teller(Display& display) {
  return [&display](const Notices::Notice& notice) { display.warn(line_of(notice)); };
}

// Null if the run is not streamed.
Result<std::unique_ptr<RunStream>> open_stream(const RunRequest& request, const Trainer& trainer,
                                               const std::string& run_id, const Clock& clock,
                                               Display& display) {
  if (request.stream_url.empty()) return nullptr;
  try {
    return std::make_unique<RunStream>(
        request, describe_run(request.options, run_id, trainer.player().parameter_count(), clock),
        clock, teller(display));
  } catch (const std::invalid_argument& error) {
    return fail(std::string("--stream: ") + error.what());
  }
}

// Everything that the run needs is there, or the error says what is not.
Result<RunOutcome> start(const RunRequest& request, ProcessGroup* group, Display& display,
                         const std::stop_token& stop) {
  const SystemClock clock;
  const Options& options = request.options;
  std::error_code exists;
  std::filesystem::create_directories(request.run_dir, exists);
  const auto lock = RunLock::take(request.run_dir);
  if (!lock) return fail(lock.error().message + kElsewhere);
  auto logs = RunLogs::open(request.run_dir);
  if (!logs) return fail(logs.error().message + kElsewhere);
  const auto begin = find_start(request.resume, request.run_dir, group);
  if (!begin) return tl::unexpected(begin.error());
  Trainer trainer(options, clock, group);
  const bool resumed = begin->checkpoint.has_value();
  const std::string run_id = resumed ? begin->checkpoint->run_id : new_run_id(clock);
  if (resumed) {
    if (const auto done = trainer.resume(*begin->checkpoint); !done) {
      return fail("cannot go on from the checkpoint: " + done.error().message);
    }
  }
  if (group != nullptr) {
    const auto agreed = agree_on_start(*group, trainer.metrics().updates());
    if (!agreed) return tl::unexpected(agreed.error());
  }
  introduce(request, trainer, run_id, resumed, display);
  if (resumed && (group == nullptr || group->rank() == 0)) {
    for (const std::string& change : changed_figures(*begin->checkpoint, request.run_dir)) {
      display.warn(change);
    }
  }

  Notices notices(clock, teller(display));
  if (const auto kept = write_atomically(request.run_dir + "/config.toml", to_toml(options));
      !kept) {
    notices.topic("config_file", "keeping the configuration").fails(kept.error().message);
  }
  auto stream = open_stream(request, trainer, run_id, clock, display);
  if (!stream) return tl::unexpected(stream.error());
  set_aside(request.run_dir, *begin, display);
  Outputs outputs(std::move(*logs), std::move(*stream), run_id, display, clock, notices);
  GameReporter featured(outputs.sinks(), options.stream.attention_per_second, options.network.depth,
                        clock);
  CheckpointSchedule checkpoints(request.run_dir, options.checkpoint, run_id, clock);
  std::optional<EvaluationSchedule> evaluations;
  if (options.evaluation.interval_s > 0) {
    evaluations.emplace(options, request.run_dir, trainer, clock);
  }
  const RunEnd end(request.minutes, request.steps, clock);
  return train({.trainer = trainer,
                .group = group,
                .featured = group == nullptr || group->rank() == 0 ? &featured : nullptr,
                .outputs = outputs,
                .checkpoints = checkpoints,
                .evaluations = evaluations ? &*evaluations : nullptr,
                .end = end,
                .display = display},
               stop);
}

int cannot_start(Display& display, const Error& why) {
  display.warn(why.message);
  return kCannotStart;
}

}  // namespace

int run_training(const RunRequest& request, const std::stop_token& stop) {
  Display quiet(Display::Mode::quiet);
  const auto group = join_group();
  if (!group) return cannot_start(quiet, group.error());
  RunRequest own = request;
  if (*group != nullptr) take_part(own, **group);
  auto device = resolve_device(own.options.run.device);
  if (!device) return cannot_start(quiet, device.error());
  own.options.run.device = std::move(*device);
  Display display(Display::mode_for(own.quiet));
  const Result<RunOutcome> outcome = start(own, group->get(), display, stop);
  if (!outcome) return cannot_start(display, outcome.error());
  return *outcome == RunOutcome::stopped ? 0 : kTrainingFailed;
}

}  // namespace keisei::rl

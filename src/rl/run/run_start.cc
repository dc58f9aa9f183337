#include "rl/run/run_start.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <iterator>
#include <random>
#include <span>
#include <utility>

#include "base/file.h"
#include "rl/evaluation/evaluation.h"

namespace keisei::rl {

std::string new_run_id(const Clock& clock) {
  std::random_device device;
  return fmt::format("{:%Y%m%d-%H%M%S}-{:08x}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(clock.wall())), device());
}

namespace {

struct Range {
  std::int64_t lowest, highest;
};
Range range_over(ProcessGroup& group, std::int64_t value) {
  double ends[] = {static_cast<double>(value), -static_cast<double>(value)};
  group.largest(std::span<double>(ends));
  return {static_cast<std::int64_t>(-ends[1]), static_cast<std::int64_t>(ends[0])};
}

constexpr std::int64_t kNone = -1;

std::int64_t update_of(const SoundCheckpoint& found) {
  return found.path.empty() ? kNone : found.checkpoint.updates;
}

// A process whose newest is damaged takes all the others back.
void agree(ProcessGroup& group, const std::string& directory, SoundCheckpoint& newest) {
  for (;;) {
    const Range range = range_over(group, update_of(newest));
    if (range.lowest == range.highest || range.lowest == kNone) return;
    if (update_of(newest) == range.lowest) continue;
    std::vector<std::string> damaged = std::move(newest.damaged);
    newest = newest_sound_checkpoint(directory, range.lowest);
    newest.damaged.insert(newest.damaged.begin(), std::make_move_iterator(damaged.begin()),
                          std::make_move_iterator(damaged.end()));
  }
}

}  // namespace

Result<Start> find_start(const std::string& resume, const std::string& directory,
                         ProcessGroup* group) {
  if (resume.empty()) return Start{};
  if (resume != "auto") {
    auto checkpoint = load_checkpoint(resume);
    if (!checkpoint) return tl::unexpected(checkpoint.error());
    return Start{.checkpoint = std::move(*checkpoint), .damaged = {}};
  }
  SoundCheckpoint newest = newest_sound_checkpoint(directory);
  if (group != nullptr) agree(*group, directory, newest);
  if (!newest.path.empty()) {
    return Start{.checkpoint = std::move(newest.checkpoint), .damaged = std::move(newest.damaged)};
  }
  if (newest.damaged.empty()) return Start{};
  return fail("no checkpoint in " + directory + " is sound (" + newest.damaged.front() +
              "); to begin a new run, choose another folder or empty this one");
}

std::vector<std::string> changed_figures(const Checkpoint& checkpoint,
                                         const std::string& directory) {
  std::vector<std::string> changes;
  const auto evaluations = read_file(directory + "/evaluations.jsonl");
  if (evaluations) changes.push_back(incomparable(*evaluations));
  if (checkpoint.foresight.empty()) {
    changes.emplace_back(
        "explained variance and values of moves before and after cannot be compared: both are of "
        "the results of games now");
  }
  std::erase(changes, "");
  return changes;
}

Result<void> agree_on_start(ProcessGroup& group, std::int64_t updates) {
  const Range range = range_over(group, updates);
  if (range.lowest == range.highest) return {};
  return fail(
      fmt::format("the processes would start from different updates, {} to {}: resume all of them "
                  "from checkpoints of the same update",
                  range.lowest, range.highest));
}

}  // namespace keisei::rl

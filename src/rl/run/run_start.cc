#include "rl/run/run_start.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <random>
#include <span>
#include <utility>

namespace keisei::rl {

std::string new_run_id(const Clock& clock) {
  std::random_device device;
  return fmt::format("{:%Y%m%d-%H%M%S}-{:08x}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(clock.wall())), device());
}

Result<std::optional<Checkpoint>> find_start(const std::string& resume,
                                             const std::string& directory) {
  if (resume.empty()) return std::nullopt;
  std::string path = resume, before;
  if (resume == "auto") {
    const auto paths = find_checkpoints(directory);
    if (paths.empty()) return std::nullopt;
    path = paths.back();
    if (paths.size() > 1) before = paths[paths.size() - 2];
  }
  auto checkpoint = load_checkpoint(path);
  if (checkpoint) return std::move(*checkpoint);
  return fail(
      checkpoint.error().message +
      (before.empty() ? std::string() : "; to go on from the one before: --resume " + before));
}

Result<void> agree_on_start(ProcessGroup& group, std::int64_t updates) {
  double ends[] = {static_cast<double>(updates), -static_cast<double>(updates)};
  group.largest(std::span<double>(ends));
  if (ends[0] == -ends[1]) return {};
  return fail(
      fmt::format("the processes would start from different updates, {:.0f} to {:.0f}: resume all "
                  "of them from checkpoints of the same update",
                  -ends[1], ends[0]));
}

}  // namespace keisei::rl

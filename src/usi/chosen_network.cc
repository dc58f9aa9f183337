#include "usi/chosen_network.h"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "rl/run/checkpoint.h"

namespace keisei::usi {
namespace {

// The file that is loaded, and which of all that bear its name: a run goes on writing.
std::string choice_of(const std::string& checkpoint, int threads) {
  std::string file = checkpoint;
  if (auto found = rl::find_checkpoints(checkpoint); !found.empty()) file = std::move(found.back());
  std::error_code none;
  const auto written = std::filesystem::last_write_time(file, none).time_since_epoch().count();
  return fmt::format("{} {} {}", threads, none ? 0 : written, file);
}

}  // namespace

bool ChosenNetwork::differs(const std::string& checkpoint, int threads) const {
  return choice_of(checkpoint, threads) != choice_;
}

Result<std::string> ChosenNetwork::choose(const std::string& checkpoint, int threads) {
  choice_ = choice_of(checkpoint, threads);
  if (checkpoint.empty()) return fail("no checkpoint is chosen; set the option Checkpoint");
  Result<Loaded> loaded = load_(checkpoint, threads);
  if (!loaded) {
    return fail(loaded.error().message + (evaluator_ ? "; the checkpoint before is kept" : ""));
  }
  evaluator_ = std::move(loaded->evaluator);
  return std::move(loaded->description);
}

}  // namespace keisei::usi

#include "usi/chosen_network.h"

#include <utility>

namespace keisei::usi {
namespace {

std::string choice_of(const std::string& checkpoint, int threads) {
  return std::to_string(threads) + ' ' + checkpoint;
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

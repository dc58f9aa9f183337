#include "rl/run/worries.h"

namespace keisei::rl {

void Worries::tell(const Error& problem) {
  // The number of a checkpoint makes no new problem.
  std::string kind = problem.message;
  std::erase_if(kind, [](char c) { return c >= '0' && c <= '9'; });
  if (!said_.insert(kind).second) return;
  display_.warn(problem.message + " (training goes on)");
}

}  // namespace keisei::rl

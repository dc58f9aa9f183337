#include "simulation/story.h"

#include <fmt/format.h>

#include <chrono>

namespace keisei::simulation {

std::string Story::time() const {
  const auto since =
      std::chrono::floor<std::chrono::milliseconds>(schedule_.now() - begin_).count();
  return fmt::format("{:02}:{:02}:{:02}.{:03}", since / 3'600'000, since / 60'000 % 60,
                     since / 1000 % 60, since % 1000);
}

}  // namespace keisei::simulation

#pragma once

#include <set>
#include <string>

#include "base/result.h"
#include "rl/run/display.h"

namespace keisei::rl {

/// Says what went wrong beside training, which goes on: each kind of problem once.
class Worries {
 public:
  /// `display` outlives this object.
  explicit Worries(Display& display) : display_(display) {}

  void tell(const Error& problem);
  void check(const Result<void>& done) {
    if (!done) tell(done.error());
  }

 private:
  Display& display_;
  std::set<std::string> said_;
};

}  // namespace keisei::rl

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "simulation/schedule.h"

namespace keisei::simulation {

/// What happened, for people: a line each, with the time since the show began.
class Story {
 public:
  using Teller = std::function<void(const std::string& line)>;

  /// Without a teller nothing is told. `schedule` outlives it.
  Story(const Schedule& schedule, Teller teller)
      : schedule_(schedule), begin_(schedule.now()), teller_(std::move(teller)) {}

  void tell(std::string_view what) const {
    if (teller_) teller_(time() + "  " + std::string(what));
  }
  /// 01:02:03.456
  std::string time() const;

 private:
  const Schedule& schedule_;
  const SteadyTime begin_;
  const Teller teller_;
};

}  // namespace keisei::simulation

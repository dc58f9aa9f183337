#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/story.h"

namespace keisei::simulation {

/// Who is told what must not be, and remembers it.
class Judge {
 public:
  static constexpr std::size_t kMostFaults = 20;

  /// `story` outlives it.
  explicit Judge(const Story& story) : story_(story) {}

  /// `rule` is what was broken: one of docs/simulation.md.
  void find(std::string_view rule, std::string_view what) {
    if (faults_.size() >= kMostFaults) return;
    faults_.push_back(story_.time() + "  " + std::string(rule) + ": " + std::string(what));
    story_.tell("FAULT  " + std::string(rule) + ": " + std::string(what));
  }

  /// The first of them.
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  const Story& story_;
  std::vector<std::string> faults_;
};

}  // namespace keisei::simulation

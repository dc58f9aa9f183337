#pragma once

#include "store/keeper.h"

namespace keisei::store {

/// A show without a memory: keeps nothing, and says so.
class NoStore final : public Store {
 public:
  void keep(std::vector<Entry>, Done done) override { done(false); }
  void settle() override {}
  bool is_open() const override { return false; }
  RecalledRun recall(const std::string&) override { return nullptr; }
  RecalledRun recall_newest() override { return nullptr; }
};

}  // namespace keisei::store

#include "edge/epoch_gate.h"

#include <gtest/gtest.h>

namespace keisei::edge {
namespace {

TEST(EpochGate, RefusesAndCountsWhatAReplacedStudioSays) {
  Counters counters;
  const auto refused = counters.family<OldStudio>("keisei_test_old_studio_total", "Old.", "kind");
  EpochGate gate(refused);
  EXPECT_TRUE(gate.admits(2, OldStudio::frames));
  EXPECT_TRUE(gate.admits(2, OldStudio::words));
  EXPECT_FALSE(gate.admits(1, OldStudio::words));
  EXPECT_TRUE(gate.admits(3, OldStudio::frames));
  EXPECT_FALSE(gate.admits(2, OldStudio::frames));
  EXPECT_EQ(refused[OldStudio::words].value(), 1u);
  EXPECT_EQ(refused[OldStudio::frames].value(), 1u);
}

}  // namespace
}  // namespace keisei::edge

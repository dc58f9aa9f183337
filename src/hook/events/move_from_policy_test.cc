#include "hook/events/move_from_policy.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace keisei::hook {
namespace {

/// Moves "0", "1", … onto the squares given.
struct NumberedMoves {
  std::vector<double> probabilities;
  std::vector<int> destinations;

  std::size_t size() const { return probabilities.size(); }
  WeighedMove weigh(std::size_t i) const {
    return {probabilities[i], std::log(probabilities[i]), destinations[i]};
  }
  UsiText usi(std::size_t i) const { return std::to_string(i); }
};

MoveEvent event_of(const NumberedMoves& moves, std::size_t chosen) {
  MoveEvent event;
  fill_from_policy(moves, chosen, event);
  return event;
}

TEST(MoveFromPolicy, NamesTheFiveBestMovesAndOfEqualOnesTheFirst) {
  const MoveEvent event =
      event_of({{0.05, 0.1, 0.3, 0.1, 0.05, 0.3, 0.1}, {0, 1, 2, 3, 4, 5, 6}}, 0);
  ASSERT_EQ(event.top.size(), static_cast<std::size_t>(kTopMoves));
  std::string best;
  for (const TopMove& move : event.top) best += move.usi.data();
  EXPECT_EQ(best, "25136");
  EXPECT_FLOAT_EQ(event.top[0].probability, 0.3F);
}

TEST(MoveFromPolicy, TellsTheMoveThatWasPlayedAndHowSureThePolicyWas) {
  const MoveEvent event = event_of({{0.75, 0.25, 0}, {0, 1, 2}}, 1);
  EXPECT_STREQ(event.usi.data(), "1");
  EXPECT_FLOAT_EQ(event.probability, 0.25F);
  EXPECT_EQ(event.legal_moves, 3);
  EXPECT_FLOAT_EQ(event.entropy, 0.5623351F) << "a move of probability 0 adds nothing";
}

TEST(MoveFromPolicy, AddsUpWhatGoesToTheSameSquareAndNeverMoreThanOne) {
  const float third = 1.0F / 3 + 1e-6F;
  const MoveEvent event = event_of({{third, third, third}, {40, 40, 40}}, 0);
  EXPECT_EQ(event.destinations[40], 1.0F);
  EXPECT_EQ(event.destinations[41], 0.0F);
}

}  // namespace
}  // namespace keisei::hook

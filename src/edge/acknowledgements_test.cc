#include "edge/acknowledgements.h"

#include <gtest/gtest.h>

namespace keisei::edge {
namespace {

TEST(Acknowledgements, AreDueForWhatWasTakenOnly) {
  Acknowledgements acknowledgements;
  const auto first = acknowledgements.expect(10);
  acknowledgements.expect(20);
  EXPECT_EQ(acknowledgements.in_a_row(), 0);
  acknowledgements.taken(first);
  EXPECT_EQ(acknowledgements.in_a_row(), 1);
}

TEST(Acknowledgements, WaitForAGapToClose) {
  Acknowledgements acknowledgements;
  const auto first = acknowledgements.expect(10);
  const auto second = acknowledgements.expect(20);
  const auto third = acknowledgements.expect(30);
  acknowledgements.taken(third);
  acknowledgements.taken(second);
  EXPECT_EQ(acknowledgements.in_a_row(), 0);
  acknowledgements.taken(first);
  EXPECT_EQ(acknowledgements.in_a_row(), 3);
}

TEST(Acknowledgements, KnowHowMuchIsUnanswered) {
  Acknowledgements acknowledgements;
  const auto first = acknowledgements.expect(10);
  acknowledgements.expect(20);
  EXPECT_EQ(acknowledgements.unanswered_bytes(), 30u + 2 * Acknowledgements::kOverhead);
  acknowledgements.taken(first);
  EXPECT_EQ(acknowledgements.unanswered_bytes(), 20u + Acknowledgements::kOverhead);
}

TEST(Acknowledgements, TakeEmptyMessagesForSomethingToo) {
  Acknowledgements acknowledgements;
  for (int i = 0; i < 1000; ++i) acknowledgements.expect(0);
  EXPECT_GE(acknowledgements.unanswered_bytes(), 100'000u);
}

}  // namespace
}  // namespace keisei::edge

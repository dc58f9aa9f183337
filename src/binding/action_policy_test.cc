#include "binding/action_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

namespace keisei::binding {
namespace {

using ::testing::HasSubstr;

constexpr int k7g7f = 9054;
constexpr int k2g2f = 61 * 160 + 52 * 2;  // as an action of the mover: row 6, column 7

/// A policy over a few legal actions.
struct Policy {
  explicit Policy(std::size_t actions = kActions) : values(actions, 0.0F), legal(actions, 0) {}

  std::vector<float> values;
  std::vector<std::uint8_t> legal;

  Policy& set(int action, float value) {
    values[static_cast<std::size_t>(action)] = value;
    legal[static_cast<std::size_t>(action)] = 1;
    return *this;
  }
  Result<void> describe(int chosen, hook::MoveEvent& event,
                        PolicyKind kind = PolicyKind::probabilities, bool turned = false) const {
    return describe_policy(ActionPolicy<float>{values, legal, chosen, kind, turned}, event);
  }
  std::string error(int chosen, PolicyKind kind = PolicyKind::probabilities) const {
    hook::MoveEvent event;
    const Result<void> result = describe(chosen, event, kind);
    return result ? "" : result.error().message;
  }
};

TEST(ActionPolicy, FindsTheFiveBestAndTheChosenMove) {
  Policy policy;
  for (int i = 0; i < 8; ++i) policy.set(12960 + i * 7, i < 7 ? 0.1F : 0.3F);
  hook::MoveEvent event;
  ASSERT_TRUE(policy.describe(12960, event));
  EXPECT_EQ(event.legal_moves, 8);
  EXPECT_EQ(event.top.count, 5);
  EXPECT_STREQ(event.top[0].usi.data(), "P*2a");
  EXPECT_NEAR(event.top[0].probability, 0.3, 1e-6);
  EXPECT_STREQ(event.top[1].usi.data(), "P*9a");  // equal ones in order
  EXPECT_STREQ(event.usi.data(), "P*9a");
  EXPECT_NEAR(event.probability, 0.1, 1e-6);
  EXPECT_NEAR(event.entropy, -7 * 0.1 * std::log(0.1) - 0.3 * std::log(0.3), 1e-5);
}

TEST(ActionPolicy, AddsUpTheMassOfEachDestinationInTheBoardFrame) {
  Policy policy;
  policy.set(12960, 0.25F).set(12961, 0.5F).set(k7g7f, 0.25F);
  hook::MoveEvent event;
  ASSERT_TRUE(policy.describe(k7g7f, event));
  EXPECT_FLOAT_EQ(event.destinations[0], 0.75F);   // 9a: a pawn or a lance
  EXPECT_FLOAT_EQ(event.destinations[47], 0.25F);  // 7f
  ASSERT_TRUE(policy.describe(k7g7f, event, PolicyKind::probabilities, true));
  EXPECT_FLOAT_EQ(event.destinations[80], 0.75F);
}

TEST(ActionPolicy, MakesProbabilitiesOfLogitsOverLegalActionsOnly) {
  Policy policy;
  policy.set(k7g7f, 100.0F).set(k2g2f, 100.0F + std::log(3.0F));
  policy.values[0] = 1000;  // illegal
  hook::MoveEvent event;
  ASSERT_TRUE(policy.describe(k7g7f, event, PolicyKind::logits));
  EXPECT_NEAR(event.probability, 0.25, 1e-4);
  EXPECT_EQ(event.legal_moves, 2);
}

TEST(ActionPolicy, ReadsLogarithmsOfProbabilities) {
  Policy policy;
  policy.set(k7g7f, std::log(0.25F)).set(k2g2f, std::log(0.75F));
  policy.set(0, -std::numeric_limits<float>::infinity());
  hook::MoveEvent event;
  ASSERT_TRUE(policy.describe(k7g7f, event, PolicyKind::log_probabilities));
  EXPECT_NEAR(event.probability, 0.25, 1e-6);
}

TEST(ActionPolicy, RefusesWhatIsNoPolicyAndSaysWhy) {
  EXPECT_THAT(Policy().set(k7g7f, 3.0F).error(k7g7f), HasSubstr("expected 0 to 1"));
  EXPECT_THAT(Policy().set(k7g7f, 0.5F).error(k7g7f), HasSubstr("policy: sums to 0.5"));
  EXPECT_THAT(Policy().set(k7g7f, std::nanf("")).error(k7g7f, PolicyKind::logits),
              HasSubstr("policy: nan for the legal action 9054, expected a finite number"));
  EXPECT_THAT(Policy().set(k7g7f, 1.0F).error(k2g2f), HasSubstr("(2g2f) is not legal"));
  EXPECT_THAT(Policy().set(k7g7f, 1.0F).error(kActions), HasSubstr("expected 0 to 13526"));
  Policy everything;
  everything.legal.assign(kActions, 1);
  EXPECT_THAT(everything.error(0), HasSubstr("legal_mask: 13527 legal actions"));
  Policy shorter;
  shorter.values.resize(100);
  EXPECT_EQ(shorter.error(0), "policy: 100 values, expected 13527 or 11259");
}

TEST(ActionPolicy, ReadsThePolicyOfTheRustEnvironmentsNetworks) {
  constexpr int k7g7fAhead = 56 * 139;       // one ahead
  constexpr int kPawnDrop = 40 * 139 + 132;  // P*5e
  Policy policy(kDirectionActions);
  policy.set(k7g7fAhead, 0.75F).set(kPawnDrop, 0.25F);
  hook::MoveEvent event;
  ASSERT_TRUE(policy.describe(k7g7fAhead, event));
  EXPECT_EQ(event.usi.view(), "7g7f");
  EXPECT_FLOAT_EQ(event.destinations[47], 0.75F);
  EXPECT_EQ(event.top[1].usi.view(), "P*5e");
  ASSERT_TRUE(policy.describe(k7g7fAhead, event, PolicyKind::probabilities, true));
  EXPECT_EQ(event.usi.view(), "3c3d");
  EXPECT_FLOAT_EQ(event.destinations[80 - 47], 0.75F);
}

TEST(ActionPolicy, RefusesActionsThatLeaveTheBoard) {
  Policy policy(kDirectionActions);
  policy.set(56 * 139, 0.5F).set(7, 0.5F);  // eight ahead from the first row
  EXPECT_EQ(policy.error(56 * 139), "legal_mask: the action 7 leaves the board");
  EXPECT_THAT(policy.error(kActions - 1), HasSubstr("expected 0 to 11258"));
}

}  // namespace
}  // namespace keisei::binding

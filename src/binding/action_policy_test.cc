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

std::string usi(int action, bool turned = false) { return usi_of(action, turned).data(); }

/// A policy over a few legal actions.
struct Policy {
  std::vector<float> values = std::vector<float>(kActions, 0.0F);
  std::vector<std::uint8_t> legal = std::vector<std::uint8_t>(kActions, 0);

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

TEST(ActionPolicy, NamesActionsAsKeiseiNumbersThem) {
  EXPECT_EQ(usi(k7g7f), "7g7f");
  EXPECT_EQ(usi(0), "9a8a");  // `to` leaves out `from`
  EXPECT_EQ(usi(1), "9a8a+");
  EXPECT_EQ(usi(12959), "1i2i+");
  EXPECT_EQ(usi(12960), "P*9a");
  EXPECT_EQ(usi(13526), "R*1i");
}

TEST(ActionPolicy, TurnsTheBoardForAWhiteMover) {
  EXPECT_EQ(usi(k7g7f, true), "3c3d");
  EXPECT_EQ(usi(12960, true), "P*1i");
}

TEST(ActionPolicy, NamesEveryActionDifferently) {
  std::set<std::string> names;
  for (int action = 0; action < kActions; ++action) names.insert(usi(action));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kActions));
}

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
  EXPECT_EQ(shorter.error(0), "policy: 100 values, expected 13527");
}

}  // namespace
}  // namespace keisei::binding

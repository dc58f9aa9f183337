#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "store/packed_metrics.h"
#include "store/packed_moves.h"
#include "store/packed_thoughts.h"

namespace keisei::store {
namespace {

using Moves = std::vector<std::string>;

TEST(PackedMoves, TakeTwoBytesEach) {
  const Moves moves{"7g7f", "8b2b+", "P*5e", "9i9a", "1a1b", "R*9i"};
  EXPECT_EQ(pack_moves(moves).size(), 2 * moves.size());
  EXPECT_EQ(unpack_moves(pack_moves(moves)), moves);
}

TEST(PackedMoves, ComeBackAsTheyWereEvenIfTheyAreNone) {
  const Moves moves{"",     "resign", "7g7f=", "K*5e", "P*5e+", "0a1b",
                    "7g7j", "p*5e",   "7g7f",  "7g",   "歩",    "\xFF\xFF"};
  EXPECT_EQ(unpack_moves(pack_moves(moves)), moves);
}

RC_GTEST_PROP(PackedMoves, ComeBackWhateverTheyAre, (const Moves& moves)) {
  RC_ASSERT(unpack_moves(pack_moves(moves)) == moves);
}

RC_GTEST_PROP(PackedMoves, ReadAnything, (const std::string& bytes)) { unpack_moves(bytes); }

RC_GTEST_PROP(PackedThoughts, ComeBackAsFloats, (std::vector<bool> is_told)) {
  Thoughts thoughts(is_told.size());
  const auto number = [] {
    return *rc::gen::arbitrary<bool>() ? protocol::Number(*rc::gen::arbitrary<float>())
                                       : std::nullopt;
  };
  for (std::size_t i = 0; i < is_told.size(); ++i) {
    if (!is_told[i]) continue;
    thoughts[i] = Thought{*rc::gen::arbitrary<std::int64_t>() / 2,
                          number(),
                          number(),
                          number(),
                          {},
                          *rc::gen::arbitrary<int>()};
    if (*rc::gen::arbitrary<bool>()) thoughts[i]->rank = *rc::gen::inRange(1, 6);
  }
  RC_ASSERT(unpack_thoughts(pack_thoughts(thoughts), thoughts.size()) == thoughts);
}

RC_GTEST_PROP(PackedThoughts, ReadAnything, (const std::string& bytes)) {
  RC_ASSERT(unpack_thoughts(bytes, 3).size() == 3U);
}

TEST(PackedThoughts, TakeTwentyBytesOrLess) {
  const Thoughts thoughts(100, Thought{123456, 0.25, -0.5, 3.25, 1, 83});
  EXPECT_LE(pack_thoughts(thoughts).size(), 20 * thoughts.size());
}

TEST(PackedThoughts, LeaveOutWhatNoFloatHolds) {
  const Thought thought{1, 1e300, 0.5, {}, {}, 30};
  EXPECT_EQ(unpack_thought(pack_thought(thought)).probability, std::nullopt);
  EXPECT_EQ(unpack_thought(pack_thought(thought)).value, 0.5);
}

RC_GTEST_PROP(PackedMetrics, ComeBackTheSame, (const std::map<std::string, double>& numbers)) {
  Metrics metrics(numbers.begin(), numbers.end());
  if (!metrics.empty()) metrics.begin()->second = std::nullopt;
  RC_ASSERT(unpack_metrics(pack_names(metrics), pack_values(metrics)) == metrics);
}

TEST(PackedMetrics, DoNotKnowWhatIsNotFinite) {
  const Metrics metrics{{"loss", std::numeric_limits<double>::quiet_NaN()}, {"kl", 0.5}};
  const Metrics expected{{"loss", std::nullopt}, {"kl", 0.5}};
  EXPECT_EQ(unpack_metrics(pack_names(metrics), pack_values(metrics)), expected);
}

}  // namespace
}  // namespace keisei::store

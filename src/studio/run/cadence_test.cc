#include "studio/run/cadence.h"

#include <gtest/gtest.h>

#include <initializer_list>

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

class CadenceTest : public ::testing::Test {
 protected:
  void happen(std::initializer_list<std::chrono::seconds> seconds) {
    for (const auto after : seconds) cadence_.happened(now_ += after);
  }

  SteadyTime now_ = SteadyTime(1h);
  Cadence cadence_;
};

TEST_F(CadenceTest, ExpectsTheNextAfterTheMedianTime) {
  happen({0s, 10s, 12s, 11s, 90s, 11s});
  EXPECT_EQ(cadence_.next(now_), now_ + 11s);
}

TEST_F(CadenceTest, SaysNothingOfTooFew) {
  happen({0s, 10s, 10s});
  EXPECT_EQ(cadence_.next(now_), std::nullopt);
  happen({10s});
  EXPECT_EQ(cadence_.next(now_), now_ + 10s);
}

TEST_F(CadenceTest, SaysNothingOfWhatComesUnevenly) {
  happen({0s, 5s, 10s, 20s, 40s, 80s});
  EXPECT_EQ(cadence_.next(now_), std::nullopt);
}

TEST_F(CadenceTest, GivesUpWhatIsLongOverdue) {
  happen({0s, 10s, 10s, 10s});
  EXPECT_EQ(cadence_.next(now_ + 15s), now_ + 10s);
  EXPECT_EQ(cadence_.next(now_ + 16s), std::nullopt);
}

TEST_F(CadenceTest, ForgetsWhatAnotherRunTook) {
  happen({0s, 10s, 10s, 10s});
  cadence_.clear();
  happen({10s});
  EXPECT_EQ(cadence_.next(now_), std::nullopt);
}

}  // namespace
}  // namespace keisei::studio

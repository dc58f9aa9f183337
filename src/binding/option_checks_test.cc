#include "binding/option_checks.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

namespace keisei::binding {
namespace {

std::string error(const Result<void>& result) { return result ? "" : result.error().message; }

TEST(OptionChecks, TakeADeadlineOfADayAtMost) {
  EXPECT_EQ(error(check_flush_deadline("flush_deadline", 0, 1)), "");
  EXPECT_EQ(error(check_flush_deadline("flush_deadline_ms", 86'400'000, 1000)), "");
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double wrong : {-1.0, 86'401.0, infinity, std::nan("")}) {
    EXPECT_NE(error(check_flush_deadline("flush_deadline", wrong, 1)), "") << wrong;
  }
  EXPECT_EQ(error(check_flush_deadline("flush_deadline", -1, 1)),
            "flush_deadline: -1, expected 0 to 86400");
}

TEST(OptionChecks, KnowTheProcessorsOfThisMachine) {
  EXPECT_EQ(error(check_publisher_cpu(-1)), "");
  EXPECT_EQ(error(check_publisher_cpu(0)), "");
  EXPECT_NE(error(check_publisher_cpu(-2)), "");
  EXPECT_NE(error(check_publisher_cpu(1 << 20)), "");
}

TEST(OptionChecks, RefuseALimitThatIsNone) {
  EXPECT_EQ(error(check_impact_limit(0)), "");
  EXPECT_EQ(error(check_impact_limit(-1)), "impact_limit_pct: -1, expected at least 0");
  EXPECT_NE(error(check_impact_limit(std::nan(""))), "");
}

}  // namespace
}  // namespace keisei::binding

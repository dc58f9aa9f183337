#include "doctor/descriptor_check.h"

#include <gmock/gmock.h>

namespace keisei::doctor {
namespace {

using ::testing::HasSubstr;

TEST(DescriptorCheck, IsContentWithOneForEachViewerAndSomeMore) {
  EXPECT_EQ(check_descriptors(20'000, 15'000).verdict, Verdict::ok);
  EXPECT_EQ(check_descriptors(RLIM_INFINITY, 15'000).verdict, Verdict::ok);
}

TEST(DescriptorCheck, SaysHowToRaiseALowLimit) {
  const Finding found = check_descriptors(1024, 15'000);
  EXPECT_EQ(found.verdict, Verdict::warning);
  EXPECT_THAT(found.advice, HasSubstr("LimitNOFILE=15200"));
  EXPECT_THAT(found.advice, HasSubstr("824 viewers (--max-viewers)"));
}

TEST(DescriptorCheck, FailsWhenNotEvenTheOperatorGetsIn) {
  EXPECT_EQ(check_descriptors(32, 15'000).verdict, Verdict::failed);
}

}  // namespace
}  // namespace keisei::doctor

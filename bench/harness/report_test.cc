#include "harness/report.h"

#include <gmock/gmock.h>

#include <cmath>

#include "harness/machine.h"

namespace keisei::harness {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(Quantile, IsOneOfTheValues) {
  EXPECT_EQ(quantile({3, 1, 2}, 0), 1);
  EXPECT_EQ(quantile({3, 1, 2}, 0.5), 2);
  EXPECT_EQ(quantile({3, 1, 2}, 1), 3);
}

TEST(Quantile, OfNothingIsNoNumber) { EXPECT_TRUE(std::isnan(quantile({}, 0.5))); }

TEST(ReportJson, TellsTheMedianWithItsSpread) {
  const std::string line = Report("a.bench").figure("rate", std::vector<double>{4, 1, 2}).json();
  EXPECT_THAT(line, StartsWith(R"({"bench":"a.bench","rate":2,"rate_min":1,"rate_max":4,)"));
  EXPECT_THAT(line, HasSubstr(R"("repetitions":3)"));
}

TEST(ReportJson, HasTheSameKeysHoweverOftenItWasMeasured) {
  const std::string line = Report("a.bench").figure("rate", std::vector<double>{4}).json();
  EXPECT_THAT(line, HasSubstr(R"("rate":4,"rate_min":4,"rate_max":4,"repetitions":1)"));
}

TEST(ReportJson, EndsWithTheMachine) {
  const Machine& machine = this_machine();
  EXPECT_THAT(Report("a.bench").json(), HasSubstr(R"("cpu":")" + machine.cpu + R"(","cores":)"));
  EXPECT_THAT(Report("a.bench").json(), EndsWith(R"("build":")" + machine.build + R"("})"));
}

TEST(ReportJson, CarriesWordsSingleFiguresAndValuesOfItsOwn) {
  Report report("a.bench");
  report.word("preset", "demo").figure("viewers", 500).json_value("curve", "[1,2]");
  EXPECT_THAT(report.json(), HasSubstr(R"("preset":"demo","viewers":500,"curve":[1,2],)"));
}

TEST(ReportJson, WritesCountsOut) {
  EXPECT_THAT(Report("a.bench").figure("nodes", 1234567890).json(),
              HasSubstr(R"("nodes":1234567890,)"));
}

TEST(ReportJson, WritesWhatWasNotMeasuredAsNull) {
  EXPECT_THAT(Report("a.bench").figure("p99_ms", std::nan("")).json(),
              HasSubstr(R"("p99_ms":null)"));
}

TEST(ReportTable, SaysWhetherABarIsMet) {
  Report report("a.bench");
  report.figure("rate", 2, at_least(2)).figure("latency", 3, at_most(2)).figure("size", 1);
  EXPECT_THAT(report.table(), HasSubstr("bar: at least 2 – met"));
  EXPECT_THAT(report.table(), HasSubstr("bar: at most 2 – MISSED"));
}

TEST(ReportTable, CallsNoBarMetByNothing) {
  EXPECT_THAT(Report("a.bench").figure("rate", std::nan(""), at_most(2)).table(),
              HasSubstr("MISSED"));
}

TEST(Report, KnowsWhetherAllItsBarsAreMet) {
  Report report("a.bench");
  report.word("preset", "demo").figure("size", 1).figure("rate", {1, 2, 3}, at_least(2));
  EXPECT_TRUE(report.meets_its_bars());
  report.figure("latency", std::nan(""), at_most(2)).figure("loss", 0, at_most(0));
  EXPECT_FALSE(report.meets_its_bars());
}

TEST(ReportTable, LeavesOutWhatOnlyAProgramReads) {
  EXPECT_THAT(Report("a.bench").json_value("curve", "[1,2]").table(), Not(HasSubstr("curve")));
}

}  // namespace
}  // namespace keisei::harness

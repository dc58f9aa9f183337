#include "doctor/trainer_check.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/testing/temporary_folder.h"

namespace keisei::doctor {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

// A program that says this.
std::string program(const TemporaryFolder& folder, const std::string& script) {
  std::string path = folder.write("keisei-train", "#!/bin/sh\n" + script);
  ::chmod(path.c_str(), 0755);
  return path;
}

TEST(TrainerCheck, ReadsWhatTheTrainerSaysOfItself) {
  const TemporaryFolder folder;
  const auto versions = ask_trainer(
      program(folder,
              "echo 'keisei-train 0.1.0'; echo 'libtorch 1.13.1'\n"
              "echo 'linear algebra: OpenBLAS 0.3.21, core type SkylakeX'; echo \"$@\""),
      10s);
  ASSERT_TRUE(versions) << versions.error().message;
  EXPECT_EQ(versions->trainer, "0.1.0");
  EXPECT_EQ(versions->libtorch, "1.13.1");
  EXPECT_EQ(versions->blas, "OpenBLAS 0.3.21, core type SkylakeX");
}

TEST(TrainerCheck, DoesNotWaitForAProgramThatHangs) {
  const TemporaryFolder folder;
  const auto versions = ask_trainer(program(folder, "exec sleep 1000"), 50ms);
  ASSERT_FALSE(versions);
  EXPECT_THAT(versions.error().message, HasSubstr("did not answer in time"));
}

TEST(TrainerCheck, SaysWhyThereIsNoAnswer) {
  const TemporaryFolder folder;
  EXPECT_THAT(ask_trainer("/nonexistent/keisei-train", 1s).error().message,
              HasSubstr("No such file"));
  EXPECT_THAT(ask_trainer(program(folder, "exit 3"), 10s).error().message, HasSubstr("failed"));
  EXPECT_THAT(ask_trainer(program(folder, "echo hello"), 10s).error().message,
              HasSubstr("is no keisei-train"));
}

Findings check(const std::string& version, const std::string& blas) {
  return check_trainer(TrainerVersions{version, "1.13.1", blas}, "0.1.0");
}

TEST(TrainerCheck, IsContentWithItsOwnVersionAndAFastCore) {
  const Findings found = check("0.1.0", "OpenBLAS 0.3.21, core type Haswell");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].verdict, Verdict::ok);
  EXPECT_EQ(found[1].verdict, Verdict::ok);
}

TEST(TrainerCheck, WarnsOfAnotherVersion) {
  EXPECT_EQ(check("0.0.9", "OpenBLAS 0.3.21, core type Haswell").at(0).verdict, Verdict::warning);
}

TEST(TrainerCheck, WarnsOfSlowLinearAlgebra) {
  for (const char* blas :
       {"OpenBLAS 0.3.21, core type Prescott", "not OpenBLAS: training may be slower", ""}) {
    EXPECT_EQ(check("0.1.0", blas).at(1).verdict, Verdict::warning) << blas;
  }
}

TEST(TrainerCheck, OnlyWarnsWhereNobodyTrains) {
  const Findings found = check_trainer(fail("there is none"), "0.1.0");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].verdict, Verdict::warning);
}

}  // namespace
}  // namespace keisei::doctor

#include "doctor/disk_check.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <limits>

#include "base/testing/as_nobody.h"
#include "base/testing/temporary_folder.h"

namespace keisei::doctor {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t kMoreThanThereIs = std::numeric_limits<std::uint64_t>::max();

Finding check(const std::filesystem::path& folder, const DiskNeeds& needs = {1, 1}) {
  return check_disk("state_disk", folder, needs, "--state-dir");
}

TEST(DiskCheck, IsContentWithRoomEnough) {
  const TemporaryFolder folder;
  const Finding found = check(folder.path());
  EXPECT_EQ(found.verdict, Verdict::ok);
  EXPECT_THAT(found.found, HasSubstr("free in " + folder.path().string()));
  EXPECT_EQ(found.advice, "");
}

TEST(DiskCheck, LooksAtTheFolderThatIsThereOfOneThatWillBeMade) {
  const TemporaryFolder folder;
  EXPECT_THAT(check(folder.path() / "a" / "b").found, HasSubstr(folder.path().string()));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "a"));
}

TEST(DiskCheck, WarnsOfLittleRoom) {
  const TemporaryFolder folder;
  const Finding found = check(folder.path(), {kMoreThanThereIs, 1});
  EXPECT_EQ(found.verdict, Verdict::warning);
  EXPECT_THAT(found.advice, HasSubstr("--state-dir"));
}

TEST(DiskCheck, FailsWithTooLittleRoom) {
  const TemporaryFolder folder;
  EXPECT_EQ(check(folder.path(), {kMoreThanThereIs, kMoreThanThereIs}).verdict, Verdict::failed);
}

TEST(DiskCheck, FailsBelowAFile) {
  const TemporaryFolder folder;
  const Finding found = check(folder.write("file", "") + "/state");
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.found, HasSubstr("is no folder"));
}

TEST(DiskCheck, FailsWhereThisUserMayNotWrite) {
  const TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0555);
  const AsNobody nobody;
  const Finding found = check(folder.path());
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.found, HasSubstr("cannot be written to"));
}

}  // namespace
}  // namespace keisei::doctor

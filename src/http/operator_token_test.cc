#include "http/operator_token.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/testing/temporary_folder.h"
#include "http/random_id.h"

namespace keisei::http {
namespace {

using ::testing::HasSubstr;

TEST(OperatorTokenFile, IsMadeOnceAndOnlyForItsOwner) {
  const TemporaryFolder folder;
  const std::string file = folder / "state/token";
  const auto made = load_or_create_token(file);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(made->created);
  EXPECT_EQ(made->value.size(), 64u);
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const auto again = load_or_create_token(file);
  EXPECT_FALSE(again->created);
  EXPECT_EQ(again->value, made->value);
}

TEST(OperatorTokenFile, IsRefusedWhenItIsTooShortToBeSecret) {
  const TemporaryFolder folder;
  const auto token = load_or_create_token(folder.write("token", "abc\n"));
  ASSERT_FALSE(token);
  EXPECT_THAT(token.error().message, HasSubstr("delete the file"));
}

TEST(Authorization, NeedsTheWholeToken) {
  EXPECT_TRUE(is_authorized("Bearer secret", "secret"));
  EXPECT_FALSE(is_authorized("Bearer secre", "secret"));
  EXPECT_FALSE(is_authorized("Bearer secrets", "secret"));
  EXPECT_FALSE(is_authorized("Bearer ", "secret"));
  EXPECT_FALSE(is_authorized("secret", "secret"));
  EXPECT_FALSE(is_authorized("", "secret"));
}

TEST(RandomId, HasAHundredAndTwentyEightBitsAndDiffers) {
  EXPECT_EQ(to_hex(random_id()).size(), 32u);
  EXPECT_NE(random_id(), random_id());
}

}  // namespace
}  // namespace keisei::http

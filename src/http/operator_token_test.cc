#include "http/operator_token.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <string>

#include "base/testing/as_nobody.h"
#include "base/testing/full_disk.h"
#include "base/testing/temporary_folder.h"
#include "http/random_id.h"

namespace keisei::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

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

const std::string kGoodLine = std::string(64, 'a') + "\n";

// A token file with these permissions, whatever the umask.
std::string file_with(const TemporaryFolder& folder, const std::string& text, mode_t mode) {
  std::string file = folder.write("token", text);
  ::chmod(file.c_str(), mode);
  return file;
}

std::string refusal_of(const std::string& file) {
  const auto token = load_or_create_token(file);
  return token ? "taken" : token.error().message;
}

TEST(OperatorTokenFile, IsNotLeftHalfMadeByAFullDisk) {
  const TemporaryFolder folder;
  {
    const FullDisk disk(8);
    EXPECT_THAT(refusal_of(folder / "token"), HasSubstr("disk has room"));
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_TRUE(load_or_create_token(folder / "token"));
}

TEST(OperatorTokenFile, MayBeReadByItsGroup) {
  const TemporaryFolder folder;
  for (const mode_t mode : {0600, 0400, 0640}) {
    EXPECT_EQ(read_operator_token(file_with(folder, kGoodLine, mode)).value(),
              std::string(64, 'a'));
  }
}

TEST(OperatorTokenFile, IsRefusedWhenOthersMayReadOrChangeIt) {
  const TemporaryFolder folder;
  for (const mode_t mode : {0666, 0644, 0660, 0620, 0602}) {
    EXPECT_THAT(refusal_of(file_with(folder, kGoodLine, mode)), HasSubstr("`chmod 600`")) << mode;
  }
}

// Whoever can write into the state folder could put a token there that is theirs to use.
TEST(OperatorTokenFile, IsRefusedWhenAnotherUserPutItThere) {
  if (::geteuid() != 0) GTEST_SKIP() << "only the administrator can give files away";
  const TemporaryFolder folder;
  const std::string file = file_with(folder, kGoodLine, 0600);
  ASSERT_EQ(::chown(file.c_str(), 65534, 65534), 0);
  EXPECT_THAT(refusal_of(file), HasSubstr("belongs to another user (65534)"));
}

TEST(OperatorTokenFile, MayBeTheAdministrators) {
  const TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0755);
  const std::string file = file_with(folder, kGoodLine, 0640);
  const AsNobody nobody;
  EXPECT_TRUE(read_operator_token(file)) << "and this user's group may read it";
}

struct Unusable {
  const char* text;
  const char* words;
};

TEST(OperatorTokenFile, IsRefusedForWhatItHolds) {
  const TemporaryFolder folder;
  const std::string two_words = kGoodLine + kGoodLine;
  const std::string too_long(129, 'a');
  for (const auto& [text, words] :
       {Unusable{"", "is empty"}, Unusable{"\n", "is empty"}, Unusable{"abc\n", "too short"},
        Unusable{two_words.c_str(), "something else"},
        Unusable{too_long.c_str(), "something else"}}) {
    const std::string refusal = refusal_of(file_with(folder, text, 0600));
    EXPECT_THAT(refusal, HasSubstr(words));
    EXPECT_THAT(refusal, HasSubstr("delete the file"));
  }
}

// Deleting it would be bad advice: the token in it is good.
TEST(OperatorTokenFile, ThatThisUserMayNotReadIsLeftAlone) {
  const TemporaryFolder folder;
  ::chmod(folder.path().c_str(), 0755);
  const std::string file = file_with(folder, kGoodLine, 0000);
  const AsNobody nobody;
  const std::string refusal = refusal_of(file);
  EXPECT_THAT(refusal, HasSubstr("may not be read by this user"));
  EXPECT_THAT(refusal, Not(HasSubstr("delete")));
}

TEST(OperatorTokenFile, IsNeverWaitedFor) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(refusal_of(folder / "pipe"), HasSubstr("is no ordinary file"));
}

TEST(OperatorTokenFile, IsNoFolder) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal_of(folder.path().string()), HasSubstr("is a folder"));
}

TEST(OperatorTokenFile, MayBeALinkButNotIntoTheVoid) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink(file_with(folder, kGoodLine, 0600), folder / "link");
  EXPECT_TRUE(read_operator_token(folder / "link"));
  std::filesystem::create_symlink(folder / "nothing", folder / "void");
  EXPECT_THAT(refusal_of(folder / "void"), HasSubstr("a link that leads nowhere"));
}

TEST(OperatorTokenFile, IsOnlyReadByThoseWhoDoNotMakeIt) {
  const TemporaryFolder folder;
  const auto token = read_operator_token(folder / "token");
  ASSERT_FALSE(token);
  EXPECT_THAT(token.error().message, HasSubstr("is made when keisei-showcase starts"));
  EXPECT_FALSE(std::filesystem::exists(folder / "token"));
}

TEST(OperatorTokenFile, InAFolderThatCannotBeMadeSaysWhatToDo) {
  const TemporaryFolder folder;
  EXPECT_THAT(refusal_of(folder.write("file", "") + "/state/token"), HasSubstr("--state-dir"));
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

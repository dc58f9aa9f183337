#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "edge/identity.h"
#include "edge/origins.h"
#include "edge/static_files.h"

namespace keisei::edge {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Folder : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() /
              ("keisei-edge-" + std::to_string(::getpid()) + "-" + test->name());
    fs::create_directories(folder_ / "assets");
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file) << text;
  }
  fs::path folder_;
};

using OperatorTokenFile = Folder;
using StaticFilesFolder = Folder;

TEST_F(OperatorTokenFile, IsMadeOnceAndOnlyForItsOwner) {
  const fs::path file = folder_ / "state" / "token";
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

TEST_F(OperatorTokenFile, IsRefusedWhenItIsTooShortToBeSecret) {
  write("token", "abc\n");
  const auto token = load_or_create_token(folder_ / "token");
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

TEST(Origin, OfTheSameHostOrThisMachineIsAllowed) {
  EXPECT_TRUE(is_origin_allowed("", "example.org", {})) << "no browser";
  EXPECT_TRUE(is_origin_allowed("https://example.org", "example.org", {}));
  EXPECT_TRUE(is_origin_allowed("http://localhost:5173", "127.0.0.1:8080", {}));
  EXPECT_TRUE(is_origin_allowed("http://[::1]:5173", "127.0.0.1:8080", {}));
  EXPECT_TRUE(is_origin_allowed("https://friend.org", "example.org", {"https://friend.org"}));
}

TEST(Origin, OfAnyoneElseIsRefused) {
  EXPECT_FALSE(is_origin_allowed("https://evil.org", "example.org", {}));
  EXPECT_FALSE(is_origin_allowed("https://localhost.evil.org", "example.org", {}));
  EXPECT_FALSE(is_origin_allowed("https://example.org.evil.org", "example.org", {}));
  EXPECT_FALSE(is_origin_allowed("null", "example.org", {}));
}

TEST_F(StaticFilesFolder, AreFoundByPath) {
  write("index.html", "<html>");
  write("assets/app-1234.js", "code");
  write("assets/app-1234.js.gz", "packed");
  const auto files = StaticFiles::load(folder_);
  ASSERT_TRUE(files) << files.error().message;
  const Asset* script = files->find("/assets/app-1234.js?v=1");
  ASSERT_NE(script, nullptr);
  EXPECT_EQ(script->bytes, "code");
  EXPECT_EQ(script->gzip, "packed");
  EXPECT_TRUE(script->immutable);
  EXPECT_THAT(script->content_type, HasSubstr("text/javascript"));
  EXPECT_FALSE(files->find("/")->immutable);
  EXPECT_EQ(files->find("/overlay/board"), files->find("/index.html"));
  EXPECT_EQ(files->find("/missing.js"), nullptr);
}

TEST_F(StaticFilesFolder, LeadNowhereElse) {
  write("index.html", "<html>");
  fs::create_symlink("/etc/passwd", folder_ / "link.txt");
  const auto files = StaticFiles::load(folder_);
  EXPECT_EQ(files->find("/../../etc/passwd"), nullptr);
  EXPECT_EQ(files->find("/..%2f..%2fetc/passwd"), nullptr);
  EXPECT_EQ(files->find("/link.txt"), nullptr);
  EXPECT_EQ(files->find("etc/passwd"), nullptr);
}

TEST_F(StaticFilesFolder, SayWhatToDoWhenThePageIsNotBuilt) {
  const auto files = StaticFiles::load(folder_ / "nowhere");
  ASSERT_FALSE(files);
  EXPECT_THAT(files.error().message, HasSubstr("npm run build"));
}

}  // namespace
}  // namespace keisei::edge

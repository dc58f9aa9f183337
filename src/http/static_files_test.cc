#include "http/static_files.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <set>
#include <string>

#include "base/testing/temporary_folder.h"

namespace keisei::http {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() {
    folder_.write("index.html", "<html>");
    folder_.write("assets/app-1234.js", "code");
    folder_.write("assets/app-1234.js.gz", "packed");
  }
  StaticFiles load() const { return StaticFiles::load(folder_.path()).value(); }

  TemporaryFolder folder_;
};

Request ask(std::string target, std::vector<std::pair<std::string, std::string>> fields = {}) {
  Request request;
  request.target = std::move(target);
  request.fields = std::move(fields);
  return request;
}

TEST_F(StaticFilesTest, AreFoundByPath) {
  const StaticFiles files = load();
  const Asset* script = files.find("/assets/app-1234.js?v=1");
  ASSERT_NE(script, nullptr);
  EXPECT_EQ(*script->bytes, "code");
  EXPECT_EQ(*script->gzip, "packed");
  EXPECT_TRUE(script->immutable);
  EXPECT_THAT(script->content_type, HasSubstr("text/javascript"));
  EXPECT_FALSE(files.find("/")->immutable);
  EXPECT_EQ(files.find("/overlay/board"), files.find("/index.html"));
  EXPECT_EQ(files.find("/missing.js"), nullptr);
}

TEST_F(StaticFilesTest, LeadNowhereElse) {
  std::filesystem::create_symlink("/etc/passwd", folder_ / "link.txt");
  const StaticFiles files = load();
  EXPECT_EQ(files.find("/../../etc/passwd"), nullptr);
  EXPECT_EQ(files.find("/..%2f..%2fetc/passwd"), nullptr);
  EXPECT_EQ(files.find("/link.txt"), nullptr);
  EXPECT_EQ(files.find("etc/passwd"), nullptr);
}

TEST_F(StaticFilesTest, ComePackedToThoseWhoUnpackThem) {
  const StaticFiles files = load();
  const auto packed =
      files.respond(ask("/assets/app-1234.js", {{"Accept-Encoding", "br, gzip;q=0.5"}}));
  EXPECT_EQ(*packed.body, "packed");
  EXPECT_THAT(packed.fields, Contains(Pair("Content-Encoding", "gzip")));
  const auto plain = files.respond(ask("/assets/app-1234.js"));
  EXPECT_EQ(*plain.body, "code");
  EXPECT_THAT(plain.fields, Not(Contains(Pair("Content-Encoding", "gzip"))));
}

TEST_F(StaticFilesTest, ComeInTheFormThatIsLikedBest) {
  folder_.write("assets/app-1234.js.br", "smaller");
  const StaticFiles files = load();
  const auto answer = [&](const char* accepted) {
    return *files.respond(ask("/assets/app-1234.js", {{"Accept-Encoding", accepted}})).body;
  };
  EXPECT_EQ(answer("gzip, deflate, br, zstd"), "smaller");
  EXPECT_EQ(answer("br;q=0.5, gzip"), "packed");
  EXPECT_EQ(answer("br;q=0, gzip;q=0"), "code");
  EXPECT_EQ(answer("*"), "smaller");
}

TEST_F(StaticFilesTest, HaveAnETagForEachForm) {
  folder_.write("assets/app-1234.js.br", "smaller");
  const StaticFiles files = load();
  std::set<std::string> etags;
  for (const char* accepted : {"", "gzip", "br"}) {
    const auto response =
        files.respond(ask("/assets/app-1234.js", {{"Accept-Encoding", accepted}}));
    EXPECT_THAT(response.fields, Contains(Pair("Vary", "Accept-Encoding")));
    const std::string etag = response.fields.front().second;
    EXPECT_TRUE(etags.insert(etag).second) << accepted;
    EXPECT_EQ(files
                  .respond(ask("/assets/app-1234.js",
                               {{"Accept-Encoding", accepted}, {"If-None-Match", etag}}))
                  .status,
              Status::not_modified);
  }
  const auto other = files.respond(
      ask("/assets/app-1234.js", {{"Accept-Encoding", "br"}, {"If-None-Match", *etags.begin()}}));
  EXPECT_EQ(other.status == Status::not_modified, etags.begin()->ends_with("-br\""));
}

TEST_F(StaticFilesTest, AreNotFoundByTheirPackedNames) {
  EXPECT_EQ(load().find("/assets/app-1234.js.gz"), nullptr);
}

TEST_F(StaticFilesTest, AreNotSentAgainToThoseWhoHaveThem) {
  const StaticFiles files = load();
  const auto known = files.respond(ask("/", {{"If-None-Match", files.find("/")->etag}}));
  EXPECT_EQ(known.status, Status::not_modified);
  EXPECT_EQ(known.body, nullptr);
}

TEST_F(StaticFilesTest, AreA404WhereThereIsNone) {
  EXPECT_EQ(load().respond(ask("/missing.js")).status, Status::not_found);
}

TEST(StaticFilesStart, SaysWhatToDoWhenThePageIsNotBuilt) {
  const TemporaryFolder folder;
  const auto files = StaticFiles::load(folder / "nowhere");
  ASSERT_FALSE(files);
  EXPECT_THAT(files.error().message, HasSubstr("npm run build"));
}

}  // namespace
}  // namespace keisei::http

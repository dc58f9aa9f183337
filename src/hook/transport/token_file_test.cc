#include "hook/transport/token_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "base/testing/temporary_folder.h"

namespace keisei::hook {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;

class TokenFile : public testing::Test {
 protected:
  std::string problem_with(const std::string& path) const {
    const Result<std::string> token = read_trainers_token(path);
    return token ? "none: " + *token : token.error().message;
  }

  const TemporaryFolder folder_;
};

TEST_F(TokenFile, HoldsAToken) {
  EXPECT_EQ(*read_trainers_token(folder_.write("token", "secret\n")), "secret");
  EXPECT_EQ(*read_trainers_token(folder_.write("token", "secret \r\n")), "secret");
  EXPECT_EQ(*read_trainers_token(folder_.write("token", "secret")), "secret");
}

TEST_F(TokenFile, IsMissing) {
  EXPECT_THAT(problem_with(folder_ / "none"), EndsWith("none: No such file or directory"));
}

TEST_F(TokenFile, IsAFolder) {
  EXPECT_THAT(problem_with(folder_.path().string()), EndsWith(" is a folder"));
}

TEST_F(TokenFile, IsEmpty) {
  EXPECT_THAT(problem_with(folder_.write("token", "")), EndsWith(" is empty"));
}

TEST_F(TokenFile, HoldsNoToken) {
  EXPECT_THAT(problem_with(folder_.write("token", "a b\n")),
              HasSubstr("holds something else than one token"));
  EXPECT_THAT(problem_with(folder_.write("token", "a\rHost: b\n")),
              HasSubstr("holds something else than one token"));
  EXPECT_THAT(problem_with(folder_.write("token", std::string(100'000, 'x'))),
              HasSubstr("holds something else than one token"));
}

TEST_F(TokenFile, NeverMakesAnyoneWait) {
  const std::string fifo = folder_ / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_THAT(problem_with(fifo), EndsWith(" is no ordinary file"));
}

}  // namespace
}  // namespace keisei::hook

#include "base/secret_file.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "base/testing/as_nobody.h"
#include "base/testing/temporary_folder.h"

namespace keisei {
namespace {

using ::testing::HasSubstr;
using Kind = SecretFlaw::Kind;

class SecretFile : public testing::Test {
 protected:
  std::string word_in(const std::string& text) const {
    const auto secret = read_secret(folder_.write("secret", text));
    return secret ? secret->word : secret.error().what;
  }
  SecretFlaw flaw_of(const std::string& path) const {
    const auto secret = read_secret(path);
    return secret ? SecretFlaw{Kind::no_word, "none: " + secret->word} : secret.error();
  }

  const TemporaryFolder folder_;
};

TEST_F(SecretFile, HoldsOneWordAndTheEndOfItsLine) {
  for (const char* text : {"secret", "secret\n", "secret\r\n", "secret \r\n"}) {
    EXPECT_EQ(word_in(text), "secret");
  }
  const std::string longest(128, 'x');
  EXPECT_EQ(word_in(longest + "\r\n"), longest);
}

TEST_F(SecretFile, HoldsNothingElse) {
  for (const std::string& text :
       {std::string("two words\n"), std::string("two\nlines\n"), std::string("a\rHost: b\n"),
        std::string("\nsecret\n"), std::string("\xC3\xA9\n"), std::string("a\0b", 3),
        std::string(129, 'x'), std::string(100'000, 'x')}) {
    EXPECT_THAT(word_in(text), HasSubstr("something else than one token")) << text.substr(0, 20);
  }
}

TEST_F(SecretFile, ThatIsEmptySaysSo) {
  for (const char* text : {"", "\n", "\r\n", "  "}) EXPECT_EQ(word_in(text), " is empty");
}

TEST_F(SecretFile, TellsWhoseItIsAndWhoMayReadIt) {
  const std::string file = folder_.write("secret", "secret");
  ::chmod(file.c_str(), 0640);
  const auto secret = read_secret(file);
  ASSERT_TRUE(secret);
  EXPECT_EQ(secret->owner, ::geteuid());
  EXPECT_EQ(secret->mode & 0777, 0640u);
}

TEST_F(SecretFile, IsMissing) {
  EXPECT_EQ(flaw_of(folder_ / "none").kind, Kind::absent);
  EXPECT_EQ(flaw_of(folder_ / "none").what, ": No such file or directory");
}

TEST_F(SecretFile, IsAFolder) { EXPECT_EQ(flaw_of(folder_.path().string()).what, " is a folder"); }

TEST_F(SecretFile, IsNotForThisUser) {
  ::chmod(folder_.path().c_str(), 0755);
  const std::string file = folder_.write("secret", "secret");
  ::chmod(file.c_str(), 0000);
  const AsNobody nobody;
  EXPECT_EQ(flaw_of(file).kind, Kind::forbidden);
}

TEST_F(SecretFile, NeverMakesAnyoneWait) {
  const std::string fifo = folder_ / "fifo";
  ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
  EXPECT_EQ(flaw_of(fifo).kind, Kind::no_file);
  EXPECT_EQ(flaw_of(fifo).what, " is no ordinary file");
}

}  // namespace
}  // namespace keisei

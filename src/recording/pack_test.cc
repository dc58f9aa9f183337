#include "recording/pack.h"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/testing/temporary_folder.h"
#include "recording/recording_test_kit.h"
#include "recording/writer.h"

namespace keisei::recording {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using How = Ending::How;

/// A recording as a live show writes it: a small block for every second.
class Pack : public ::testing::Test {
 protected:
  Pack() {
    auto writer = Writer::create(from_, testing::header()).value();
    for (int i = 0; i < 300; ++i) {
      turns_.push_back(testing::turn(
          i * 1s, broker::Telemetry{7, "move " + std::to_string(i * i) + " of a long game"}));
      EXPECT_TRUE(writer.add(turns_.back()));
      EXPECT_TRUE(writer.flush());
    }
    EXPECT_TRUE(writer.finish());
  }

  std::vector<std::string> packed_texts() const {
    Reader reader = Reader::open(to_).value();
    return testing::texts(testing::all_of(reader));
  }

  TemporaryFolder folder_;
  const std::string from_ = folder_ / "show.rec";
  const std::string to_ = folder_ / "packed.rec";
  std::vector<Turn> turns_;
};

TEST_F(Pack, WritesTheSameTurnsIntoASmallerFile) {
  const std::string before = read_file(from_).value();
  const auto packed = pack(from_, to_);
  ASSERT_TRUE(packed) << packed.error().message;
  EXPECT_EQ(packed->ending.how, How::closed);
  EXPECT_EQ(packed->bytes, std::filesystem::file_size(to_));
  EXPECT_LT(2 * packed->bytes, before.size());
  EXPECT_EQ(packed_texts(), testing::texts(turns_));
  EXPECT_EQ(read_file(from_).value(), before);
}

TEST_F(Pack, LeavesAFileAloneThatIsThere) {
  std::ofstream(to_) << "precious";
  EXPECT_EQ(pack(from_, to_).error().code, ErrorCode::unavailable);
  EXPECT_EQ(read_file(to_).value(), "precious");
}

TEST_F(Pack, WritesWhatCanBeReadOfADamagedRecordingAndSaysSo) {
  std::filesystem::resize_file(from_, std::filesystem::file_size(from_) / 2);
  const auto packed = pack(from_, to_);
  ASSERT_TRUE(packed) << packed.error().message;
  EXPECT_NE(packed->ending.how, How::closed);
  const auto texts = packed_texts();
  EXPECT_GT(texts.size(), 50U);
  const auto all = testing::texts(turns_);
  EXPECT_EQ(texts, (std::vector<std::string>(all.begin(), all.begin() + std::ssize(texts))));
}

TEST_F(Pack, RefusesWhatIsNoRecording) {
  std::ofstream(from_) << "a text about recordings";
  EXPECT_THAT(pack(from_, to_).error().message, HasSubstr("show.rec"));
  EXPECT_FALSE(std::filesystem::exists(to_));
}

}  // namespace
}  // namespace keisei::recording

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/testing/full_disk.h"
#include "base/testing/temporary_folder.h"
#include "recording/reader.h"
#include "recording/recording_test_kit.h"
#include "recording/writer.h"

namespace keisei::recording {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using How = Ending::How;

std::vector<Turn> some_turns(int count, std::size_t bytes = 20) {
  std::vector<Turn> turns;
  for (int i = 0; i < count; ++i) {
    turns.push_back(testing::turn(
        i * 10ms, broker::Telemetry{7, std::to_string(i) + " of " + std::string(bytes, 'x')}));
  }
  return turns;
}

class RecordingFile : public ::testing::Test {
 protected:
  // A block for each inner list.
  void record(const std::vector<std::vector<Turn>>& blocks, bool closes = true) {
    auto writer = Writer::create(path_, testing::header());
    ASSERT_TRUE(writer) << writer.error().message;
    for (const auto& block : blocks) {
      for (const Turn& turn : block) ASSERT_TRUE(writer->add(turn));
      ASSERT_TRUE(writer->flush());
    }
    if (closes) {
      ASSERT_TRUE(writer->finish());
    }
  }
  void replace(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }
  std::string bytes() const { return read_file(path_).value(); }
  Reader open() const { return Reader::open(path_).value(); }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "show.rec";
};

TEST_F(RecordingFile, GivesBackWhatWasRecorded) {
  const auto turns = some_turns(100);
  record({turns});
  Reader reader = open();
  EXPECT_EQ(reader.header().texts, "c0ffee");
  EXPECT_EQ(reader.header().per_move_ms, 3000);
  EXPECT_EQ(testing::texts(testing::all_of(reader)), testing::texts(turns));
  EXPECT_EQ(reader.ending().how, How::closed);
}

TEST_F(RecordingFile, TouchesNoFileThatIsThere) {
  replace("a thesis");
  const auto writer = Writer::create(path_, testing::header());
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().code, ErrorCode::unavailable);
  EXPECT_EQ(bytes(), "a thesis");
}

TEST_F(RecordingFile, GivesWhatWasFlushedOfOneThatIsNotClosed) {
  const auto turns = some_turns(10);
  record({turns}, false);
  Reader reader = open();
  EXPECT_EQ(testing::all_of(reader).size(), 10U);
  EXPECT_EQ(reader.ending().how, How::open);
  EXPECT_THAT(reader.ending().why, HasSubstr("not closed"));
}

TEST_F(RecordingFile, MayBeEmpty) {
  record({});
  Reader reader = open();
  EXPECT_FALSE(reader.next());
  EXPECT_EQ(reader.ending().how, How::closed);
}

TEST_F(RecordingFile, HoldsMoreThanABlockTakes) {
  const auto turns = some_turns(200, 2000);
  record({turns});
  Reader reader = open();
  EXPECT_EQ(testing::texts(testing::all_of(reader)), testing::texts(turns));
}

TEST_F(RecordingFile, HoldsAMemoryThatIsLongerThanABlock) {
  auto memory = std::make_shared<store::RunMemory>(*testing::memory());
  while (memory->updates.size() < 5000) memory->updates.push_back(memory->updates[0]);
  std::vector<Turn> turns = some_turns(3);
  turns[1].recalls.push_back({"run", memory});
  record({turns});
  Reader reader = open();
  EXPECT_EQ(testing::texts(testing::all_of(reader)), testing::texts(turns));
}

TEST_F(RecordingFile, StoresOnceWhatRepeats) {
  std::minstd_rand random(1);
  std::string nothing_repeats(3000, ' ');
  for (char& c : nothing_repeats) c = static_cast<char>('!' + random() % 90);
  std::vector<std::vector<Turn>> blocks;
  for (int i = 0; i < 60; ++i) {
    blocks.push_back({testing::turn(i * 1s, broker::Telemetry{7, nothing_repeats})});
  }
  record(blocks);
  EXPECT_LT(bytes().size(), 60 * 150U + 3000);
}

TEST_F(RecordingFile, KnowsItsLengthFromItsIndex) {
  record({some_turns(10), {testing::turn(1h, Appointment{})}});
  EXPECT_EQ(open().last_moment(), testing::turn(1h, Appointment{}).at);
}

TEST_F(RecordingFile, KnowsItsLengthWithoutAnIndex) {
  record({some_turns(10), {testing::turn(1h, Appointment{})}, {testing::turn(2h, Appointment{})}},
         false);
  EXPECT_EQ(open().last_moment(), testing::turn(1h, Appointment{}).at);
}

TEST_F(RecordingFile, FindsWhereReadingCanBeginWithAndWithoutItsIndex) {
  std::vector<std::vector<Turn>> blocks;
  for (const Turn& turn : some_turns(200)) blocks.push_back({turn});
  record(blocks);
  const auto by_index = open().entry_points();
  EXPECT_EQ(by_index.size(), 4U);
  EXPECT_EQ(by_index[1].after_us, 630'000);
  replace(bytes().substr(0, bytes().size() - 1));
  EXPECT_EQ(open().entry_points(), by_index);
}

TEST_F(RecordingFile, StopsWhenTheDiskIsFull) {
  auto writer = Writer::create(path_, testing::header());
  ASSERT_TRUE(writer);
  const auto turns = some_turns(10);
  for (const Turn& turn : turns) ASSERT_TRUE(writer->add(turn));
  ASSERT_TRUE(writer->flush());
  {
    const FullDisk full(writer->bytes() + 50);
    ASSERT_TRUE(writer->add(testing::turn(1s, Appointment{})));
    EXPECT_FALSE(writer->flush());
  }
  Reader reader = open();
  EXPECT_EQ(testing::texts(testing::all_of(reader)), testing::texts(turns));
  EXPECT_EQ(reader.ending().how, How::open);
}

TEST_F(RecordingFile, SaysWhatItCannotRead) {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"", "cut off"}, {"{\"type\":\"heartbeat\"}", "no recording"}, {"\x89KS", "cut off"}};
  for (const auto& [content, why] : bad) {
    replace(content);
    const auto reader = Reader::open(path_);
    ASSERT_FALSE(reader);
    EXPECT_THAT(reader.error().message, HasSubstr(why));
    EXPECT_THAT(reader.error().message, HasSubstr(path_));
  }
  EXPECT_FALSE(Reader::open(folder_ / "nothing"));
}

TEST_F(RecordingFile, SaysThatItIsOfAnotherFormat) {
  record({});
  std::string content = bytes();
  content[8] = 2;
  replace(content);
  EXPECT_THAT(Reader::open(path_).error().message, HasSubstr("its format is 2"));
}

// What a recording with these bytes gives is how the whole one began, and it says that it is not
// whole.
void expect_prefix(const std::string& path, const std::vector<std::string>& whole,
                   const std::string& what) {
  auto reader = Reader::open(path);
  if (!reader) {
    EXPECT_FALSE(reader.error().message.empty()) << what;
    return;
  }
  const auto read = testing::texts(testing::all_of(*reader));
  ASSERT_LE(read.size(), whole.size()) << what;
  EXPECT_TRUE(std::equal(read.begin(), read.end(), whole.begin())) << what;
  EXPECT_NE(reader->ending().how, How::closed) << what;
  EXPECT_FALSE(reader->ending().why.empty()) << what;
}

TEST_F(RecordingFile, GivesAPrefixWhereverItIsCut) {
  const auto turns = some_turns(9);
  record({{turns[0], turns[1], turns[2]},
          {turns[3], turns[4], turns[5]},
          {turns[6], turns[7], turns[8]}});
  const std::string content = bytes();
  const auto whole = testing::texts(turns);
  for (std::size_t size = 0; size < content.size(); ++size) {
    replace(content.substr(0, size));
    expect_prefix(path_, whole, "cut at " + std::to_string(size));
  }
}

TEST_F(RecordingFile, GivesAPrefixWhateverByteIsChanged) {
  const auto turns = some_turns(9);
  record({{turns[0], turns[1], turns[2]},
          {turns[3], turns[4], turns[5]},
          {turns[6], turns[7], turns[8]}});
  const std::string content = bytes();
  const auto whole = testing::texts(turns);
  for (std::size_t at = 0; at < content.size(); ++at) {
    for (const int flip : {0x01, 0x80, 0xFF}) {
      std::string changed = content;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      replace(changed);
      expect_prefix(path_, whole, "byte " + std::to_string(at) + " ^ " + std::to_string(flip));
    }
  }
}

TEST_F(RecordingFile, GivesAPrefixWhateverHappensToIt) {
  std::vector<std::vector<Turn>> blocks(5);
  const auto turns = some_turns(50);
  for (std::size_t i = 0; i < turns.size(); ++i) blocks[i / 10].push_back(turns[i]);
  record(blocks);
  const std::string content = bytes();
  const auto whole = testing::texts(turns);
  rc::check("pieces moved, dropped, doubled or overwritten", [&] {
    std::string changed = content;
    const auto from = *rc::gen::inRange<std::size_t>(0, content.size());
    const auto count = *rc::gen::inRange<std::size_t>(1, content.size() - from + 1);
    const std::string piece = content.substr(from, count);
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        changed.erase(from, count);
        break;
      case 1:
        changed.insert(*rc::gen::inRange<std::size_t>(0, content.size()), piece);
        break;
      default:
        changed.replace(from, count,
                        *rc::gen::container<std::string>(count, rc::gen::arbitrary<char>()));
    }
    if (changed == content) return;
    replace(changed);
    expect_prefix(path_, whole, "something");
  });
}

}  // namespace
}  // namespace keisei::recording

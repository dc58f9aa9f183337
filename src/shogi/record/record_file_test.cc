#include "shogi/record/record_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/record_builders.h"
#include "shogi/record/usi_game.h"

namespace keisei::shogi {
namespace {

using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(RecordFile, KnowsEveryFormatByWhatItHolds) {
  const GameRecord record = testing::random_record(1);
  EXPECT_EQ(format_of(write_csa(record)), RecordFormat::csa);
  EXPECT_EQ(format_of(write_jkf(record)), RecordFormat::jkf);
  EXPECT_EQ(format_of(write_kif(record)), RecordFormat::kif);
  EXPECT_EQ(format_of(write_ki2(record)), RecordFormat::kif);
  EXPECT_EQ(format_of(write_usi_game(record)), RecordFormat::usi);
  EXPECT_EQ(format_of("\xEF\xBB\xBF\r\n'a comment\n"), RecordFormat::csa);
  EXPECT_EQ(format_of("V2.2\n"), RecordFormat::csa);
}

TEST(RecordFile, TakesAHeadingThatBeginsLikeAVersionForKif) {
  EXPECT_EQ(format_of("Venue：東京\n   1 ７六歩(77)\n"), RecordFormat::kif);
}

TEST(RecordFile, ReadsUsiLineByLine) {
  const auto file = read_record_file("startpos moves 7g7f\n\nstartpos moves 2g2f resign\n");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->format, RecordFormat::usi);
  ASSERT_THAT(file->games, SizeIs(2));
  ASSERT_THAT(file->games[1].warnings, SizeIs(1));
  EXPECT_EQ(file->games[1].warnings[0].line, 3);
}

TEST(RecordFile, NamesTheLineOfAGameThatIsNone) {
  EXPECT_THAT(read_record_file("startpos\nstartpos moves 7g7e\n").error().message,
              StartsWith("USI, line 2: move 1: "));
}

TEST(RecordFile, ReadsAllGamesOfCsa) {
  EXPECT_THAT(read_record_file("PI\n+\n/\nPI\n-\n")->games, SizeIs(2));
}

TEST(RecordFile, ReadsStrictlyWhenAsked) {
  EXPECT_TRUE(read_record_file("startpos moves resign\n"));
  EXPECT_FALSE(read_record_file("startpos moves resign\n", Reading::strict));
}

}  // namespace
}  // namespace keisei::shogi

#include "shogi/record/usi_game.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/record/record_builders.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string error_of(std::string_view text) {
  const auto record = read_usi_game(text, Reading::strict);
  return record ? "" : record.error().message;
}

TEST(UsiGame, ReadsTheStartAndTheMoves) {
  const auto game = read_usi_game("position startpos moves 7g7f 3c3d 8h2b+");
  ASSERT_TRUE(game) << game.error().message;
  ASSERT_THAT(game->moves, SizeIs(3));
  EXPECT_EQ(to_usi(game->moves[2].move), "8h2b+");
  EXPECT_EQ(read_usi_game("  startpos\tmoves 7g7f 3c3d  8h2b+\r"), *game);
  EXPECT_EQ(read_usi_game("startpos"), GameRecord());
}

TEST(UsiGame, ReadsAnSfen) {
  const auto game = read_usi_game("sfen 4k4/9/4P4/9/9/9/9/9/4K4 b G 1 moves G*5b");
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_TRUE(game->final_position().legal_moves().empty());
}

TEST(UsiGame, ReadsBackWhatItWrites) {
  for (std::uint64_t seed = 0; seed < 50 / testing::kSanitizerShare; ++seed) {
    GameRecord written;
    written.moves = testing::random_record(seed).moves;
    written.start = Position::startpos();
    for (auto& played : written.moves) played = {played.move, std::nullopt, {}};
    EXPECT_EQ(read_usi_game(write_usi_game(written)), written);
  }
}

TEST(UsiGame, SaysWhatIsWrong) {
  EXPECT_THAT(error_of("here"), HasSubstr("startpos or sfen must come first"));
  EXPECT_THAT(error_of(""), HasSubstr("startpos or sfen must come first"));
  EXPECT_THAT(error_of("startpos 7g7f"), HasSubstr("expected moves, not \"7g7f\""));
  EXPECT_THAT(error_of("sfen 9/9 b - 1 moves"), HasSubstr("rank"));
  EXPECT_THAT(error_of("startpos moves 7g7f 3c3e"), HasSubstr("move 2: move \"3c3e\": "));
}

}  // namespace
}  // namespace keisei::shogi

#include "binding/event_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace keisei::binding {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

hook::MoveEvent good_move() {
  hook::MoveEvent event;
  event.game_number = 1;
  EXPECT_TRUE(copy_text("sfen", hook::kStartSfen, event.sfen));
  EXPECT_TRUE(copy_text("usi", "7g7f", event.usi));
  return event;
}

template <class Event>
std::string error(const Event& event) {
  const Result<void> result = check(event);
  return result ? "" : result.error().message;
}

std::string sfen_error(std::string_view text) {
  hook::MoveEvent event = good_move();
  const Result<void> fits = copy_text("sfen", text, event.sfen);
  return fits ? error(event) : fits.error().message;
}

std::string usi_error(std::string_view text) {
  hook::MoveEvent event = good_move();
  const Result<void> fits = copy_text("usi", text, event.usi);
  return fits ? error(event) : fits.error().message;
}

TEST(EventChecks, PassAMoveOfWhichNothingElseIsKnown) { EXPECT_EQ(error(good_move()), ""); }

TEST(EventChecks, RefuseTextsThatAreNoPosition) {
  EXPECT_EQ(sfen_error("+P8/9/9/9/9/9/9/9/9 w 2P3l 17"), "");
  for (const char* text :
       {"", "startpos", "9/9/9/9/9/9/9/9 b - 1", "9/9/9/9/9/9/9/9/8 b - 1",
        "9/9/9/9/9/9/9/9/9 x - 1", "+9/9/9/9/9/9/9/9/9 b - 1", "9/9/9/9/9/9/9/9/9 b"}) {
    EXPECT_THAT(sfen_error(text), StartsWith("sfen: ")) << text;
  }
  EXPECT_THAT(sfen_error(std::string(200, 'p')), HasSubstr("200 bytes, expected at most 143"));
}

TEST(EventChecks, RefuseTextsThatAreNoMove) {
  for (const char* text : {"8h2b+", "P*5e", "1a9i"}) EXPECT_EQ(usi_error(text), "") << text;
  for (const char* text :
       {"", "7g", "0g7f", "7j7f", "K*5e", "P*5e+", "7g7f-", "resign", "7g7f++++"}) {
    EXPECT_THAT(usi_error(text), StartsWith("usi: ")) << text;
  }
}

TEST(EventChecks, NameTheFigureThatIsOutOfRange) {
  hook::MoveEvent event = good_move();
  event.probability = 1.5F;
  EXPECT_EQ(error(event), "probability: 1.5, expected 0 to 1");
  event = good_move();
  event.value = -3;
  EXPECT_EQ(error(event), "value: -3, expected -1 to 1");
  event = good_move();
  event.destinations[80] = hook::kUnknown;
  EXPECT_EQ(error(event), "destinations[80]: nan, expected 0 to 1");
  event = good_move();
  event.legal_moves = 594;
  EXPECT_EQ(error(event), "legal_moves: 594, expected 0 to 593");
  hook::MetricsEvent metrics;
  metrics.global_step = -1;
  EXPECT_EQ(error(metrics), "global_step: -1, expected at least 0");
}

TEST(EventChecks, RefuseAGameWithTooManyMovesOrAMoveThatIsNone) {
  hook::GameFinishedEvent game;
  game.game_number = 1;
  ASSERT_TRUE(copy_text("start_sfen", hook::kStartSfen, game.start_sfen));
  EXPECT_EQ(error(game), "");
  game.moves.count = 2;
  ASSERT_TRUE(copy_text("moves", "7g7f", game.moves[0]));
  EXPECT_THAT(error(game), StartsWith("moves[1]: \"\""));
  game.moves.count = 1025;
  EXPECT_EQ(error(game), "moves: 1025 items, expected 0 to 1024");
}

TEST(EventChecks, KnowTheReasonsThatEndAGame) {
  hook::EndReason reason{};
  ASSERT_TRUE(choose("reason", "stalemate", reason));
  EXPECT_EQ(reason, hook::EndReason::stalemate);
  EXPECT_THAT(choose("reason", "bored", reason).error().message,
              StartsWith("reason: \"bored\", expected one of checkmate, "));
}

TEST(EventChecks, RefuseGatesAboveOneAndActivityThatIsNotFinite) {
  hook::AttentionEvent event;
  event.game_number = 1;
  event.block = 1;
  EXPECT_EQ(error(event), "");
  event.gates.count = 1;
  event.gates[0] = 2;
  EXPECT_EQ(error(event), "gates[0]: 2, expected 0 to 1");
  event.gates.count = 0;
  event.activity[3] = -1;
  EXPECT_THAT(error(event), StartsWith("activity[3]: -1"));
  event.activity[3] = 0;
  event.block = 0;
  EXPECT_EQ(error(event), "block: 0, expected at least 1");
}

TEST(EventChecks, RefuseMoreSuccessesThanTrialsAndCheckpointsWithoutAName) {
  hook::EvaluationEvent evaluation;
  EXPECT_EQ(error(evaluation), "");
  evaluation.random_score = 2;
  EXPECT_EQ(error(evaluation), "random_score: 2, expected 0 to 1");
  evaluation = {};
  evaluation.skills.count = 1;
  ASSERT_TRUE(copy_text("skills", "mate_in_one", evaluation.skills[0].name));
  evaluation.skills[0].successes = 1;
  EXPECT_THAT(error(evaluation), StartsWith("skills: 1 of 0 in mate_in_one"));
  hook::CheckpointEvent checkpoint;
  EXPECT_THAT(error(checkpoint), StartsWith("name: empty"));
}

TEST(EventChecks, RefuseATextBehindWhoseZeroMoreWouldBeLost) {
  hook::Text<8> text;
  EXPECT_EQ(copy_text("name", std::string_view("a\0b", 3), text).error().message,
            "name: has a zero inside");
}

TEST(EventChecks, KnowWhoIsToMove) {
  hook::SfenText sfen{};
  ASSERT_TRUE(copy_text("sfen", hook::kStartSfen, sfen));
  EXPECT_FALSE(is_white_to_move(sfen));
  ASSERT_TRUE(copy_text("sfen", "9/9/9/9/9/9/9/9/9 w - 1", sfen));
  EXPECT_TRUE(is_white_to_move(sfen));
}

}  // namespace
}  // namespace keisei::binding

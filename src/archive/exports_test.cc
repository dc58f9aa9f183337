#include "archive/exports.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <cmath>

#include "archive/archive_test_kit.h"
#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/usi_game.h"
#include "shogi/usi.h"

namespace keisei::archive::testing {
namespace {

using protocol::EndReason;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

KeptGame kept_game(Moves moves, EndReason reason = EndReason::resignation,
                   std::optional<Side> winner = Side::black) {
  KeptGame kept{"run", "Name of run", 1, game("run-3", std::move(moves)).game, {}};
  kept.game.reason = reason;
  kept.game.winner = winner;
  for (std::size_t ply = 0; ply < kept.game.moves.size(); ++ply) {
    kept.thoughts.emplace_back(store::Thought{7, 0.25, ply % 2 == 0 ? 0.5 : -0.5, 3.5, 2, 30});
  }
  return kept;
}

std::string text_of(const KeptGame& kept, Format format) { return exported(kept, format).text; }

Result<shogi::GameRecord> read_back(const std::string& text, Format format) {
  switch (format) {
    case Format::kif:
      return shogi::read_kif(text);
    case Format::csa:
      return shogi::read_csa(text);
    case Format::usi:
      return shogi::read_usi_game(text);
    case Format::jkf:
      return shogi::read_jkf(text);
  }
  return fail("no such format");
}

Moves moves_of(const shogi::GameRecord& record) {
  Moves moves;
  for (const auto& played : record.moves) moves.push_back(shogi::to_usi(played.move));
  return moves;
}

class EveryFormat : public ::testing::TestWithParam<Format> {};

TEST_P(EveryFormat, IsReadBackAsTheGameThatWasKept) {
  const KeptGame kept = kept_game(ranging_rook_with_mino());
  const auto record = read_back(text_of(kept, GetParam()), GetParam());
  ASSERT_TRUE(record.has_value()) << record.error().message;
  EXPECT_EQ(moves_of(*record), kept.game.moves);
  if (GetParam() == Format::usi) return;  // which says nothing but the moves
  EXPECT_EQ(*record, record_of(kept, GetParam()));
  EXPECT_EQ(shogi::winner(*record), shogi::Color::black);
  EXPECT_THAT(record->comment, HasSubstr("reason=resignation"));
  EXPECT_THAT(record->moves[0].comment, HasSubstr("probability=0.2500 rank=2"));
}

TEST_P(EveryFormat, BeginsWhereTheGameBegan) {
  KeptGame kept = kept_game({"P*5e", "5a5b"});
  kept.game.start_sfen = "4k4/9/9/9/9/9/9/9/4K4 b P 1";
  const auto record = read_back(text_of(kept, GetParam()), GetParam());
  ASSERT_TRUE(record.has_value()) << record.error().message;
  EXPECT_TRUE(record->start.same_as(shogi::Position::from_sfen(kept.game.start_sfen).value()));
  EXPECT_EQ(moves_of(*record), kept.game.moves);
}

TEST_P(EveryFormat, EndsBeforeAMoveThatTheRulesDoNotAllow) {
  const auto record =
      read_back(text_of(kept_game({"7g7f", "7g7f", "3c3d"}), GetParam()), GetParam());
  ASSERT_TRUE(record.has_value()) << record.error().message;
  EXPECT_EQ(moves_of(*record), Moves{"7g7f"});
  EXPECT_EQ(record->end, std::nullopt);
  if (GetParam() == Format::usi) return;
  EXPECT_THAT(record->moves[0].comment, HasSubstr("unreadable from ply 2"));
}

TEST_P(EveryFormat, IsReadBackThoughNothingIsKeptOfWhatTheNetworkThought) {
  KeptGame kept = kept_game(ranging_rook_with_mino());
  kept.thoughts.clear();
  const auto record = read_back(text_of(kept, GetParam()), GetParam());
  ASSERT_TRUE(record.has_value()) << record.error().message;
  EXPECT_EQ(moves_of(*record), kept.game.moves);
  EXPECT_EQ(record->moves[0].comment, "");
}

INSTANTIATE_TEST_SUITE_P(Formats, EveryFormat,
                         ::testing::Values(Format::kif, Format::csa, Format::usi, Format::jkf),
                         [](const auto& tested) { return std::string(to_string(tested.param)); });

TEST(Export, SaysHowTheGameEnded) {
  const std::pair<EndReason, std::optional<Side>> kEnds[] = {
      {EndReason::checkmate, Side::black},   {EndReason::stalemate, Side::black},
      {EndReason::repetition, std::nullopt}, {EndReason::perpetual_check, Side::white},
      {EndReason::declaration, Side::white}, {EndReason::impasse, std::nullopt},
      {EndReason::resignation, Side::black}, {EndReason::max_plies, std::nullopt}};
  for (const auto& [reason, winner] : kEnds) {
    const KeptGame kept = kept_game({"7g7f"}, reason, winner);
    const auto record = shogi::read_csa(text_of(kept, Format::csa)).value();
    EXPECT_TRUE(record.end.has_value()) << to_string(reason);
    const auto won = shogi::winner(record);
    EXPECT_EQ(won.has_value(), winner.has_value()) << to_string(reason);
    EXPECT_EQ(won == shogi::Color::black, winner == Side::black) << to_string(reason);
  }
}

TEST(Export, StatesNoEndThatReadersWouldTakeForAnother) {
  const KeptGame kept = kept_game({"7g7f"}, EndReason::stalemate, std::nullopt);
  const auto record = shogi::read_kif(text_of(kept, Format::kif)).value();
  EXPECT_EQ(record.end, std::nullopt);
  EXPECT_THAT(record.comment, HasSubstr("winner=none reason=stalemate"));
}

TEST(CsaExport, HasEvaluationsInFloodgatesForm) {
  const std::string csa = text_of(kept_game({"7g7f", "3c3d"}), Format::csa);
  // Both of Black: White's own value was -0.5.
  EXPECT_THAT(csa, HasSubstr("+7776FU\n'** 659\n'*update=7 "));
  EXPECT_THAT(csa, HasSubstr("-3334FU\n'** 659\n'*update=7 "));
}

TEST(CsaExport, HasNoEvaluationWhereThereWasNoValue) {
  KeptGame kept = kept_game({"7g7f"});
  kept.thoughts[0]->value.reset();
  EXPECT_THAT(text_of(kept, Format::csa), Not(HasSubstr("'**")));
}

TEST(KifExport, HasWhatTheNetworkThoughtInComments) {
  EXPECT_THAT(text_of(kept_game({"7g7f"}), Format::kif),
              HasSubstr("\n*update=7 probability=0.2500 rank=2 legal_moves=30 value=+0.5000 "
                        "entropy=3.5000\n"));
}

TEST(Evaluation, HasTheChanceOfTheValue) {
  EXPECT_EQ(evaluation_of(0), 0);
  EXPECT_EQ(evaluation_of(0.5), 659);
  EXPECT_EQ(evaluation_of(-0.5), -659);
  for (const double value : {-0.9, -0.2, 0.1, 0.7}) {
    EXPECT_NEAR(1 / (1 + std::exp(-evaluation_of(value) / 600.0)), (value + 1) / 2, 0.001);
  }
}

TEST(Evaluation, StaysBelowAMate) {
  EXPECT_EQ(evaluation_of(1), 9999);
  EXPECT_EQ(evaluation_of(-1), -9999);
  EXPECT_EQ(evaluation_of(1.0000001), 9999);
}

TEST(Export, HasANameThatAFileMayHave) {
  KeptGame kept = kept_game({"7g7f"});
  EXPECT_EQ(exported(kept, Format::kif).name, "keisei-run-run-3.kif");
  kept.run_id = "../a \"run\"\r\n";
  EXPECT_EQ(exported(kept, Format::csa).name, "keisei-.._a__run___-run-3.csa");
}

TEST(Export, HasTheTypeOfItsFormat) {
  const KeptGame kept = kept_game({"7g7f"});
  EXPECT_EQ(exported(kept, Format::kif).media_type, "text/plain; charset=utf-8");
  EXPECT_EQ(exported(kept, Format::jkf).media_type, "application/json");
  EXPECT_THAT(text_of(kept, Format::usi), StartsWith("position startpos moves 7g7f"));
}

}  // namespace
}  // namespace keisei::archive::testing

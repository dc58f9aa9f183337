#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <variant>
#include <vector>

#include "protocol/codec.h"
#include "recording/reader.h"
#include "shogi/record/record_file.h"
#include "studio/game/commentary_judge.h"
#include "studio/studio_test_kit.h"

// Of the games of ten minutes of a real run nothing is said that slow code finds untrue; nor of
// those of a folder, which script/judge-commentary fills.
namespace keisei::recording {
namespace {

using studio::testing::CommentaryJudge;
using ::testing::IsEmpty;

constexpr const char* kRecording = KEISEI_SOURCE_DIR "/examples/demo-ten-minutes.rec";

std::vector<protocol::GameFinished> finished_games() {
  std::vector<protocol::GameFinished> games;
  auto turns = Reader::open(kRecording);
  while (const auto turn = turns->next()) {
    const auto* input = std::get_if<broker::Input>(&turn->cause);
    const auto* telemetry = input ? std::get_if<broker::Telemetry>(input) : nullptr;
    if (telemetry == nullptr) continue;
    const auto message = protocol::decode_telemetry(telemetry->json);
    if (!message) continue;
    if (const auto* game = std::get_if<protocol::GameFinished>(&*message)) games.push_back(*game);
  }
  return games;
}

std::vector<shogi::Move> moves_of(const protocol::GameFinished& game) {
  auto position = shogi::Position::from_sfen(game.start_sfen).value();
  std::vector<shogi::Move> moves;
  for (const std::string& usi : game.moves) {
    moves.push_back(shogi::parse_usi(usi, position).value());
    position.do_move(moves.back());
  }
  return moves;
}

std::string counts(const CommentaryJudge& judge) {
  std::string text = std::to_string(judge.games()) + " games, " + std::to_string(judge.moves()) +
                     " moves, " + std::to_string(judge.sentences()) + " sentences:";
  for (const auto& [rule, count] : judge.said()) {
    text += " " + std::string(keisei::to_string(rule)) + "=" + std::to_string(count);
  }
  return text;
}

TEST(Commentary, SaysNothingUntrueOfTheMovesOfARealRun) {
  CommentaryJudge judge(studio::testing::real_content());
  for (const protocol::GameFinished& game : finished_games()) {
    judge.judge(shogi::Position::from_sfen(game.start_sfen).value(), moves_of(game));
  }
  EXPECT_THAT(judge.faults(), IsEmpty());
  EXPECT_GT(judge.moves(), 2000);
  for (const auto rule : {shogi::MoveRule::mate_in_1_missed, shogi::MoveRule::undefended_taken,
                          shogi::MoveRule::fork}) {
    EXPECT_TRUE(judge.said().contains(rule)) << keisei::to_string(rule);
  }
  RecordProperty("said", counts(judge));
}

TEST(Commentary, SaysNothingUntrueOfTheGamesOfAFolder) {
  const char* folder = std::getenv("KEISEI_GAME_RECORDS");
  if (folder == nullptr) GTEST_SKIP() << "KEISEI_GAME_RECORDS names no folder of game records";
  CommentaryJudge judge(studio::testing::real_content());
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto file = shogi::read_record_file(bytes);
    if (!file) {
      std::cout << entry.path() << " is left out: " << file.error().message << "\n";
      continue;
    }
    for (const shogi::ReadGame& game : file->games) {
      std::vector<shogi::Move> moves;
      for (const shogi::RecordedMove& move : game.moves) moves.push_back(move.move);
      if (game.start.has_king(shogi::Color::black) && game.start.has_king(shogi::Color::white)) {
        judge.judge(game.start, moves);
      }
    }
  }
  EXPECT_THAT(judge.faults(), IsEmpty());
  EXPECT_GT(judge.moves(), 0);
  std::cout << counts(judge) << "\n";
}

}  // namespace
}  // namespace keisei::recording

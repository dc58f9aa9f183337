#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <regex>
#include <string>
#include <variant>
#include <vector>

#include "protocol/codec.h"
#include "recording/reader.h"
#include "shogi/insight/fact_judge.h"
#include "shogi/usi.h"
#include "shogi/western.h"
#include "studio/game/commentary.h"
#include "studio/game/move_facts.h"
#include "studio/studio_test_kit.h"

// Of the games of ten minutes of a real run nothing is said that slow code finds untrue.
namespace keisei::recording {
namespace {

using protocol::Language;
using protocol::Level;
using shogi::testing::FactJudge;
using shogi::testing::PlainBoard;

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

/// The moves of a game as its trainer would have told them.
studio::GameLibrary::Game told_game(const protocol::GameFinished& finished) {
  auto game = std::make_shared<studio::FeaturedGame>(finished.game_id);
  auto position = shogi::Position::from_sfen(finished.start_sfen).value();
  for (std::size_t ply = 0; ply < finished.moves.size(); ++ply) {
    protocol::MovePlayed played{};
    played.ply = static_cast<int>(ply);
    played.sfen = position.sfen();
    played.usi = finished.moves[ply];
    game->add(played);
    position.do_move(shogi::parse_usi(played.usi, position).value());
  }
  game->add(finished);
  return game;
}

studio::Scene scene_of(const studio::GameLibrary::Game& game, int ply) {
  studio::Scene scene;
  scene.game = game;
  scene.ply = ply;
  scene.position = game->start();
  for (int i = 0; i < ply; ++i) {
    scene.before = scene.position;
    if (scene.move) scene.last_to = scene.move->to();
    scene.move = game->decision(i)->move;
    scene.position.do_move(*scene.move);
  }
  return scene;
}

/// What the English words themselves claim of the board.
class WordJudge {
 public:
  explicit WordJudge(const studio::Scene& scene) : scene_(scene) {}

  bool holds(const std::string& text) const {
    return names_what_stands_there(text) && undefended_is(text) && check_is(text) &&
           missed_mate_is(text) && missed_move_is(text);
  }

 private:
  static shogi::PieceType piece(const std::string& word) {
    for (const int i : {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15}) {  // no promoted gold
      const auto type = static_cast<shogi::PieceType>(i);
      if (studio::GameWords(studio::testing::real_content()).piece(type, Language::en) == word) {
        return type;
      }
    }
    return shogi::PieceType::none;
  }
  // "the gold on 5b": now, or before it was taken.
  bool names_what_stands_there(const std::string& text) const {
    static const std::regex kPlace("((?:promoted )?[a-z]+) on ([1-9][a-i])");
    for (std::sregex_iterator place(text.begin(), text.end(), kPlace), end; place != end; ++place) {
      const shogi::PieceType type = piece((*place)[1]);
      if (type == shogi::PieceType::none) continue;  // "exchange on 5b"
      const auto square = shogi::parse_square((*place)[2].str()).value();
      if (type_of(scene_.position.piece_on(square)) != type &&
          type_of(scene_.before->piece_on(square)) != type) {
        return false;
      }
    }
    return true;
  }
  bool undefended_is(const std::string& text) const {
    if (text.find("undefended") == std::string::npos) return true;
    const PlainBoard board(scene_.position);
    return board.attackers(scene_.position.side_to_move(), scene_.move->to()).empty();
  }
  bool check_is(const std::string& text) const {
    const bool says = std::regex_search(text, std::regex("^Check\\b|: check\\.|(ed|ble) check\\b"));
    return !says || !PlainBoard(scene_.position).checkers(scene_.position.side_to_move()).empty();
  }
  bool mates(shogi::Move move) const {
    shogi::Position next = *scene_.before;
    next.do_move(move);
    return FactJudge::is_mate(next);
  }
  // "missed a mate in one: G*5b."
  bool missed_mate_is(const std::string& text) const {
    std::smatch match;
    static const std::regex kMissed("missed a mate in (?:one|1): (.*)\\.$");
    if (!std::regex_search(text, match, kMissed)) return true;
    const auto move = shogi::parse_western(match.str(1), *scene_.before);
    return move && mates(*move) && !FactJudge::is_mate(scene_.position);
  }
  // "missed checkmate: the gold to 5b would have ended"
  bool missed_move_is(const std::string& text) const {
    std::smatch match;
    static const std::regex kMissed("missed checkmate: the (.*) to (..) would have ended");
    if (!std::regex_search(text, match, kMissed)) return true;
    for (const shogi::Move move : scene_.before->legal_moves()) {
      const auto type =
          move.is_drop() ? move.drop_type() : type_of(scene_.before->piece_on(move.from()));
      if (type == piece(match.str(1)) && shogi::to_usi(move.to()) == match.str(2) && mates(move)) {
        return true;
      }
    }
    return false;
  }

  const studio::Scene& scene_;
};

TEST(Commentary, SaysNothingUntrueOfTheMovesOfARealRun) {
  const studio::Content& content = studio::testing::real_content();
  const shogi::MoveReader reader(content.castles(), content.openings());
  const studio::FactWords words(content);
  std::map<shogi::MoveRule, int> said;
  int moves = 0;
  for (const protocol::GameFinished& finished : finished_games()) {
    const auto game = told_game(finished);
    for (int ply = 1; ply <= game->last_ply(); ++ply) {
      ++moves;
      const studio::Scene scene = scene_of(game, ply);
      std::vector<shogi::Move> earlier;
      for (int i = 0; i < ply - 1; ++i) earlier.push_back(game->decision(i)->move);
      const FactJudge judge(*scene.before, *scene.move, earlier, content.castles(),
                            content.openings());
      const WordJudge word_judge(scene);
      const studio::SceneFacts facts = facts_of(scene, reader);
      for (const studio::ToldFact& told : facts.told) {
        ++said[told.fact.rule];
        const std::string where = std::string(keisei::to_string(told.fact.rule)) + " " +
                                  scene.before->sfen() + " " + shogi::to_usi(*scene.move);
        EXPECT_TRUE(judge.holds(told.fact)) << where;
        for (const Level level : protocol::enumerators<Level>()) {
          const auto text = words.sentence(told, *facts.played, level, Language::en);
          EXPECT_TRUE(word_judge.holds(text)) << text << " " << where;
        }
      }
    }
  }
  EXPECT_GT(moves, 2000);
  EXPECT_GT(said[shogi::MoveRule::mate_in_1_missed], 0);
  EXPECT_GT(said[shogi::MoveRule::undefended_taken], 0);
  EXPECT_GT(said[shogi::MoveRule::fork], 0);
  std::string counts;
  for (const auto& [rule, count] : said) {
    counts += std::string(keisei::to_string(rule)) + "=" + std::to_string(count) + " ";
  }
  RecordProperty("said", counts);
}

}  // namespace
}  // namespace keisei::recording

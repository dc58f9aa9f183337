#include "studio/game/game_view.h"

#include <gmock/gmock.h>

#include "protocol/codec.h"
#include "studio/game/director.h"
#include "studio/game/remark_chooser.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::Language;
using protocol::Level;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::short_moves;
using ::testing::SizeIs;
using testing::TrainerGame;

const GameView& view() {
  static const GameView view(testing::real_content());
  return view;
}

SceneFacts told_of(const Scene& scene) {
  const Content& content = testing::real_content();
  SceneFacts facts = facts_of(scene, shogi::MoveReader(content.castles(), content.openings()));
  facts.remarks = RemarkChooser(view().commentary()).choose(scene, facts);
  return facts;
}

// The scene after `ply` moves of the short game.
class GameViewTest : public ::testing::Test {
 protected:
  const Scene& scene_at(int ply, protocol::EndReason reason = protocol::EndReason::resignation) {
    const bool draw =
        reason == protocol::EndReason::repetition || reason == protocol::EndReason::max_plies;
    return scene_at(ply, reason, draw ? std::nullopt : std::optional(protocol::Side::black));
  }
  const Scene& scene_at(int ply, protocol::EndReason reason, std::optional<protocol::Side> winner) {
    TrainerGame(1, short_moves()).tell_all(director_.library(), reason, winner);
    for (int i = 0; i <= ply; ++i) {
      director_.advance(clock_.steady());
      clock_.pass(5s);
    }
    return *director_.scene();
  }
  static protocol::GameState state_of(const Scene& scene, Level level = Level::advanced,
                                      Language language = Language::en) {
    return view().game_state(scene, told_of(scene), {.per_move = 3s}, level, language);
  }
  static protocol::MovePredictions predictions_of(const Scene& scene,
                                                  Level level = Level::advanced) {
    return view().move_predictions(scene, told_of(scene), level, Language::en);
  }
  std::string sentence(int ply, Language language = Language::en) {
    return state_of(scene_at(ply), Level::intermediate, language).commentary;
  }

  ManualClock clock_;
  Counters counters_;
  Director director_{DirectorOptions{}, counters_, testing::kUntold};
};

TEST_F(GameViewTest, TellsTheMoveThatLedHere) {
  const auto state = state_of(scene_at(3));
  ASSERT_TRUE(state.last_move);
  EXPECT_EQ(state.ply, 3);
  EXPECT_EQ(state.last_move->move.usi, "8h2b+");
  EXPECT_EQ(state.last_move->move.from, 7 * 9 + 1);
  EXPECT_EQ(state.last_move->move.to, 1 * 9 + 7);
  EXPECT_EQ(state.last_move->side, protocol::Side::black);
  EXPECT_EQ(state.last_move->rank, 2);
  EXPECT_EQ(state.last_move->probability, 0.25);
}

TEST_F(GameViewTest, ForecastsFromBlacksSideWhateverSideTheNetworkFavoursToMove) {
  const auto state = state_of(scene_at(2));
  // The mover's value is 0.5 in each position: 75 % for Black to move, 25 % for White.
  EXPECT_THAT(state.evaluation_history, ::testing::ElementsAre(0.75, 0.5, 0.5));
  EXPECT_EQ(state.black_win_probability, 0.5);
}

TEST_F(GameViewTest, LeavesAGapInTheForecastWhereTheNetworkSaidNothing) {
  const TrainerGame game(1, short_moves());
  for (int ply = 0; ply < 4; ++ply) {
    auto move = game.move(ply);
    if (ply == 1) move.value.reset();
    director_.library().add(move);
  }
  for (int i = 0; i < 4; ++i) {
    director_.advance(clock_.steady());
    clock_.pass(5s);
  }
  EXPECT_THAT(state_of(*director_.scene()).evaluation_history,
              ::testing::ElementsAre(0.75, std::nullopt, std::nullopt, 0.5));
}

TEST_F(GameViewTest, SaysWhichNetworkEstimatesThePositionBeforeItsMove) {
  const TrainerGame game(1, short_moves());
  auto later = game.move(1);
  later.update = 2;  // learned between the two moves
  director_.library().add(game.move(0));
  director_.library().add(later);
  for (int i = 0; i < 2; ++i) {
    director_.advance(clock_.steady());
    clock_.pass(5s);
  }
  const Scene& scene = *director_.scene();
  ASSERT_EQ(scene.ply, 1);
  const auto state = state_of(scene);
  EXPECT_EQ(state.update, 1) << "played the last move";
  ASSERT_TRUE(state.estimate);
  EXPECT_EQ(state.estimate->source, protocol::EstimateSource::network);
  EXPECT_EQ(state.estimate->update, 2);
  EXPECT_EQ(state.estimate->error, std::nullopt);
  EXPECT_EQ(predictions_of(scene).update, 2);
}

TEST_F(GameViewTest, SaysThatTheResultIsNobodysEstimate) {
  const auto state = state_of(scene_at(7));
  ASSERT_TRUE(state.estimate);
  EXPECT_EQ(state.estimate->source, protocol::EstimateSource::result);
}

TEST_F(GameViewTest, LeavesGapsWhereTheNetworkSaidNothing) {
  const TrainerGame game(1, short_moves());
  for (int ply = 0; ply < 2; ++ply) {
    auto played = game.move(ply);
    played.value.reset();
    played.entropy.reset();
    played.top.clear();
    played.destinations.fill(0);
    played.legal_moves = 0;
    director_.library().add(played);
  }
  for (int i = 0; i < 2; ++i) {
    director_.advance(clock_.steady());
    clock_.pass(5s);
  }
  const auto state = state_of(*director_.scene());
  EXPECT_EQ(state.black_win_probability, std::nullopt);
  EXPECT_FALSE(state.estimate);
  EXPECT_THAT(state.evaluation_history, ::testing::Each(std::nullopt));
  EXPECT_EQ(state.note, "") << "which place its move had is not known";
  const auto predictions = predictions_of(*director_.scene());
  EXPECT_THAT(predictions.predictions, IsEmpty());
  EXPECT_FALSE(predictions.destinations);
  EXPECT_EQ(predictions.entropy, std::nullopt);
  EXPECT_EQ(predictions.legal_moves, 30) << "by the rules";
}

TEST_F(GameViewTest, SaysHowTheGameEndedOnlyWhenItHas) {
  EXPECT_FALSE(state_of(scene_at(6)).result);
}

TEST_F(GameViewTest, GivesNothingOfTheEndAway) {
  // Two finished games with the same beginning: one ends five moves later than the other.
  std::vector<std::string> shown;
  for (const int plies : {60, 65}) {
    GameLibrary library(counters_, testing::kUntold);
    const TrainerGame game(1, testing::long_moves(plies));
    const bool is_short = plies == 60;
    game.tell_all(library,
                  is_short ? protocol::EndReason::checkmate : protocol::EndReason::max_plies,
                  is_short ? std::optional(protocol::Side::white) : std::nullopt);
    Scene scene = first_scene(library.finished().front(), 0, {.what = protocol::PickReason::upset});
    for (int i = 0; i < 50; ++i) {
      for (const Level level : {Level::beginner, Level::intermediate, Level::advanced}) {
        shown.push_back(protocol::encode(state_of(scene, level), 0, 0) +
                        protocol::encode(predictions_of(scene, level), 0, 0));
      }
      scene.play();
    }
  }
  for (std::size_t i = 0; i < shown.size() / 2; ++i) {
    EXPECT_EQ(shown[i], shown[i + shown.size() / 2]);
  }
}

TEST_F(GameViewTest, TellsAnUpsetWhenItHasCome) {
  GameLibrary library(counters_, testing::kUntold);
  TrainerGame(1, short_moves()).tell_all(library);
  Scene scene = first_scene(library.finished().front(), 0, {.what = protocol::PickReason::upset});
  EXPECT_EQ(state_of(scene).pick->reason, protocol::PickReason::surprise);
  while (!scene.over) scene.play();
  EXPECT_EQ(state_of(scene).pick->reason, protocol::PickReason::upset);
  EXPECT_THAT(state_of(scene).pick->text, HasSubstr("Black won"));
  EXPECT_EQ(state_of(scene).total_plies, 7);
}

TEST_F(GameViewTest, SaysWhatHasHappenedInAGameThatIsJoined) {
  GameLibrary library(counters_, testing::kUntold);
  TrainerGame(1, short_moves()).tell_all(library);
  const auto state = state_of(first_scene(library.finished().front(), 3, {}), Level::intermediate);
  EXPECT_EQ(state.scene, protocol::SceneKind::joined);
  EXPECT_EQ(state.commentary, "We join the game at move 4.");
  EXPECT_EQ(state.note, "Black is ahead in material, by 18 pawns' worth.");
}

TEST_F(GameViewTest, SaysThatItLooksBack) {
  GameLibrary library(counters_, testing::kUntold);
  TrainerGame(1, short_moves()).tell_all(library);
  const auto state = state_of(look_back(library.finished().front(), 3, {}));
  EXPECT_EQ(state.scene, protocol::SceneKind::recap);
  EXPECT_EQ(state.commentary, "A look back at move 3: Black takes a bishop on 2b and promotes.");
  EXPECT_FALSE(state.result);
}

TEST_F(GameViewTest, SaysWhenTheMoveOnScreenWasPlayed) {
  EXPECT_EQ(state_of(scene_at(3)).played_at, 1);
}

TEST_F(GameViewTest, EndsWithTheResult) {
  const auto state = state_of(scene_at(7));
  ASSERT_TRUE(state.result);
  EXPECT_EQ(state.result->winner, protocol::Side::black);
  EXPECT_THAT(state.result->text, HasSubstr("White resigns after 7 moves"));
  EXPECT_EQ(state.black_win_probability, 1);
  EXPECT_THAT(predictions_of(*director_.scene()).predictions, IsEmpty());
}

TEST_F(GameViewTest, SaysOfAStalemateThatItsTrainerScoresItAsADraw) {
  const auto state = state_of(scene_at(7, protocol::EndReason::stalemate, std::nullopt));
  ASSERT_TRUE(state.result);
  EXPECT_EQ(state.result->winner, std::nullopt);
  EXPECT_THAT(state.result->text, HasSubstr("In shogi that loses"));
}

TEST_F(GameViewTest, AnnouncesANewGame) {
  EXPECT_EQ(sentence(0), "A new game begins: the AI plays both sides.");
}
TEST_F(GameViewTest, PutsAQuietMoveIntoWords) {
  EXPECT_EQ(sentence(1), "Black moves the pawn to 7f.");
}
TEST_F(GameViewTest, PutsACaptureWithPromotionIntoWords) {
  EXPECT_EQ(sentence(3), "Black takes a bishop on 2b and promotes.");
}
TEST_F(GameViewTest, PutsARecaptureIntoWords) {
  EXPECT_EQ(sentence(4), "White takes a horse on 2b.");
}
TEST_F(GameViewTest, PutsADropIntoWords) { EXPECT_EQ(sentence(7), "Black drops a bishop on 5e."); }
TEST_F(GameViewTest, SpeaksJapanese) { EXPECT_THAT(sentence(4, Language::ja), HasSubstr("同")); }

TEST_F(GameViewTest, TurnsOfTheForecastAreWorthANote) {
  const TrainerGame game(1, short_moves());
  const std::vector<double> values = {0.5, -0.5, -0.5, 0.5};  // White is better from ply 2 on
  for (int ply = 0; ply < 4; ++ply) {
    auto move = game.move(ply);
    move.value = values[static_cast<std::size_t>(ply)];
    director_.library().add(move);
  }
  std::vector<std::string> notes;
  for (int i = 0; i < 4; ++i) {
    director_.advance(clock_.steady());
    notes.push_back(state_of(*director_.scene(), Level::intermediate).note);
    clock_.pass(5s);
  }
  EXPECT_THAT(notes[2],
              ::testing::StartsWith("The forecast turns towards White: 75 → 50 of 100 for Black."));
}

TEST_F(GameViewTest, TakesItForNoTurnThatTheNetworkFavoursWhoeverIsToMove) {
  EXPECT_THAT(state_of(scene_at(1), Level::intermediate).note, HasSubstr("choice number 2"));
}

TEST_F(GameViewTest, SaysThatAnUntrainedNetworkIsUndecided) {
  auto first = TrainerGame(1, short_moves()).move(0);
  auto second = TrainerGame(1, short_moves()).move(1);
  for (auto* played : {&first, &second}) {
    played->value = 0;
    played->probability = 0.033;
    for (auto& choice : played->top) choice.probability = 0.034F;
  }
  director_.library().add(first);
  director_.library().add(second);
  director_.advance(clock_.steady());
  clock_.pass(5s);
  director_.advance(clock_.steady());
  EXPECT_THAT(state_of(*director_.scene()).note, HasSubstr("undecided"));
}

TEST_F(GameViewTest, SeesWhatAMoveDoes) {
  const auto reason = [&](const char* sfen, const char* usi) {
    const auto position = shogi::Position::from_sfen(sfen).value();
    const auto move = shogi::parse_usi(usi, position).value();
    return view().commentary().reason(shown_move(position, move, std::nullopt), Language::en);
  };
  EXPECT_EQ(reason("4k4/9/4P4/9/9/9/9/9/4K4 b G 1", "G*5b"), "drops a gold, checkmate");
  EXPECT_THAT(reason("4k4/9/9/3r1s3/9/9/9/9/4K4 b N 1", "N*5f"), HasSubstr("attacks two pieces"));
  EXPECT_EQ(reason("4k4/9/9/3p1p3/9/9/9/9/4K4 b N 1", "N*5f"), "drops a knight") << "two pawns";
  EXPECT_THAT(reason("4k4/9/9/9/9/9/4p4/4R4/4K4 b - 1", "5h5g"), HasSubstr("wins a pawn"));
  EXPECT_THAT(reason("2r1k4/9/9/9/9/9/4p4/4R4/4K4 b - 1", "5h7h"),
              HasSubstr("gives the rook away"));
}

TEST_F(GameViewTest, TellsBeginnersNothingOfAMoveThatMeansLittle) {
  EXPECT_EQ(state_of(scene_at(1), Level::beginner).note, "");
}

TEST_F(GameViewTest, TellsBeginnersWhatAMoveMeans) {
  EXPECT_EQ(state_of(scene_at(4), Level::beginner).note,
            "The silver takes the undefended horse: nothing can take back.");
}

TEST_F(GameViewTest, TellsTheAdvancedWhatTheNetworkLikedBest) {
  EXPECT_THAT(
      state_of(scene_at(4)).note,
      ::testing::MatchesRegex("The horse on 2b was undefended .material balance .18.*choice "
                              "number 2 of .*, at 25%; others: .* 50%.*"));
}

TEST_F(GameViewTest, TellsTheAdvancedHowFarTheForecastMoved) {
  const TrainerGame game(1, short_moves());
  const std::vector<double> values = {0.1, 0.1, 0.18, 0.18};
  for (int ply = 0; ply < 4; ++ply) {
    auto move = game.move(ply);
    move.value = values[static_cast<std::size_t>(ply)];
    director_.library().add(move);
  }
  std::vector<std::string> verdicts;
  std::vector<std::string> intermediate;
  for (int i = 0; i < 4; ++i) {
    director_.advance(clock_.steady());
    verdicts.push_back(state_of(*director_.scene()).forecast->verdict);
    intermediate.push_back(state_of(*director_.scene(), Level::intermediate).forecast->verdict);
    clock_.pass(5s);
  }
  // Means of two plies: 52 and 50 before and after the second move, 52 after the third.
  EXPECT_THAT(verdicts[1], ::testing::Not(HasSubstr("→"))) << "the first is no mean of two";
  EXPECT_THAT(verdicts[2], ::testing::EndsWith("For Black: 50 → 52 of 100 (+2)."));
  EXPECT_THAT(verdicts[3], ::testing::EndsWith("For Black: 52 → 50 of 100 (−2)."));
  EXPECT_THAT(intermediate, ::testing::Each(::testing::Not(HasSubstr("→"))));
}

TEST_F(GameViewTest, TellsTheAdvancedWhatTheNetworkPutBehindItsFavourite) {
  const TrainerGame game(1, short_moves());
  auto first = game.move(0);
  first.probability = 0.5;
  std::swap(first.top[0].usi, first.top[1].usi);  // the move played is the favourite
  director_.library().add(first);
  director_.library().add(game.move(1));
  director_.advance(clock_.steady());
  clock_.pass(5s);
  director_.advance(clock_.steady());
  EXPECT_THAT(state_of(*director_.scene()).note,
              ::testing::ContainsRegex("The network's favourite of 30, at 50%; then .* 25%"));
}

TEST_F(GameViewTest, PredictsFromThePolicyAtThePositionOnScreen) {
  const auto predictions = predictions_of(scene_at(2));
  EXPECT_EQ(predictions.ply, 2);
  ASSERT_THAT(predictions.predictions, SizeIs(2));
  EXPECT_EQ(predictions.predictions[1].move.usi, "8h2b+");
  EXPECT_EQ(predictions.predictions[1].reason, "takes a bishop, promotes the bishop");
  EXPECT_EQ(predictions.entropy, 2);
}

TEST_F(GameViewTest, SendsOfADestinationWhatCanBeSeen) {
  const auto map = predictions_of(scene_at(0)).destinations;
  ASSERT_TRUE(map);
  EXPECT_THAT(*map, ::testing::Each(0.0123F));  // of 1/81
}

TEST_F(GameViewTest, NeverTellsWhichMoveWillBePlayed) {
  // Two games that differ only in the move played next must look the same until it is played.
  const TrainerGame game(1, short_moves());
  auto one = game.move(0);
  auto other = one;
  other.usi = one.top[0].usi;
  std::vector<std::string> shown;
  for (const auto& played : {one, other}) {
    Director director{DirectorOptions{}, counters_, testing::kUntold};
    director.library().add(played);
    director.advance(clock_.steady());
    for (const Level level : {Level::beginner, Level::intermediate, Level::advanced}) {
      const Scene& scene = *director.scene();
      shown.push_back(protocol::encode(state_of(scene, level), 0, 0) +
                      protocol::encode(predictions_of(scene, level), 0, 0));
    }
  }
  EXPECT_NE(one.usi, other.usi);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(shown[i], shown[i + 3]);
}

TEST_F(GameViewTest, HasWordsForEveryEndInBothLanguages) {
  for (const auto reason : protocol::enumerators<protocol::EndReason>()) {
    director_ = Director(DirectorOptions{}, counters_, testing::kUntold);
    const Scene& scene = scene_at(7, reason);
    for (const Language language : {Language::en, Language::ja}) {
      const auto result = state_of(scene, Level::beginner, language).result;
      ASSERT_TRUE(result);
      EXPECT_EQ(result->text.find("game.result"), std::string::npos) << result->text;
    }
  }
}

}  // namespace
}  // namespace keisei::studio

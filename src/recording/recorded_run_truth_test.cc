#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <regex>
#include <string>
#include <variant>
#include <vector>

#include "protocol/codec.h"
#include "protocol/routing.h"
#include "recording/reader.h"
#include "recording/replay.h"
#include "studio/forecast/forecast_judge.h"
#include "studio/health/health_judge.h"
#include "studio/improvement/improvement_judge.h"
#include "studio/studio_test_kit.h"

// Of ten minutes of a real run no sentence contradicts a number in the same frame.
namespace keisei::recording {
namespace {

using protocol::Language;
using protocol::Level;
using studio::testing::ForecastJudge;
using studio::testing::HealthJudge;
using Findings = std::vector<std::string>;

constexpr const char* kRecording = KEISEI_SOURCE_DIR "/examples/demo-ten-minutes.rec";

/// What the trainer told, as the judge of its metrics wants it.
class Told {
 public:
  void hear(const Turn& turn) {
    const auto* input = std::get_if<broker::Input>(&turn.cause);
    const auto* telemetry = input ? std::get_if<broker::Telemetry>(input) : nullptr;
    if (telemetry == nullptr) return;
    const auto message = protocol::decode_telemetry(telemetry->json);
    if (!message) return;
    if (const auto* run = std::get_if<protocol::RunStarted>(&*message)) {
      if (run->run_id != run_id_) judge_ = HealthJudge(run->clip_epsilon);
      run_id_ = run->run_id;
    }
    for (const Recall& recall : turn.recalls) {
      if (recall.memory) remember(*recall.memory);
    }
    if (const auto* update = std::get_if<protocol::TrainerMetrics>(&*message)) {
      judge_.hear(*update);
    }
    if (const auto* evaluation = std::get_if<protocol::EvaluationFinished>(&*message)) {
      judge_.hear(*evaluation);
    }
  }
  const HealthJudge& judge() const { return judge_; }

 private:
  void remember(const store::RunMemory& memory) {
    for (const auto& kept : memory.updates) judge_.hear(kept.metrics);
    for (const auto& kept : memory.evaluations) judge_.hear(kept.evaluation);
  }

  std::string run_id_;
  HealthJudge judge_{0.2};
};

std::optional<std::smatch> found_in(const std::string& text, const char* pattern) {
  std::smatch match;
  if (!std::regex_search(text, match, std::regex(pattern))) return std::nullopt;
  return match;
}

// A line's points are a little coarser than the numbers that they stand for.
bool is_share(const std::string& in_hundred, protocol::Number share) {
  return share && std::abs(std::stod(in_hundred) - *share * 100) < 0.6;
}

// Of a game in English.
Findings contradictions(const protocol::GameState& game) {
  Findings found;
  const protocol::Series& history = game.evaluation_history;
  if (history.empty() || !game.last_move) return found;
  if (const auto swing = found_in(game.note, R"(: (\d+) → (\d+) of 100)")) {
    const bool is_so = history.size() >= 2 && is_share(swing->str(1), history.end()[-2]) &&
                       is_share(swing->str(2), history.back());
    if (!is_so) found.push_back(game.note);
  }
  const std::string& verdict = game.forecast ? game.forecast->verdict : game.note;
  if (const auto step = found_in(verdict, R"(: (\d+) → (\d+) of 100 \((\+|−|±)(\d+)\))")) {
    const int change = std::stoi(step->str(2)) - std::stoi(step->str(1));
    const std::string sign = change > 0 ? "+" : change < 0 ? "−" : "±";
    if (step->str(3) != sign || step->str(4) != std::to_string(std::abs(change))) {
      found.push_back(verdict);
    }
  }
  const std::optional<int> rank = game.last_move->rank;
  if (const auto choice = found_in(game.note, R"(choice number (\d+))")) {
    if (!rank || choice->str(1) != std::to_string(*rank)) found.push_back(game.note);
  }
  if (found_in(game.note, "The network's favourite") && rank != 1) found.push_back(game.note);
  const bool says_check = found_in(game.commentary, "check!|Checkmate!").has_value();
  if (says_check != game.in_check) found.push_back(game.commentary);
  const bool says_mate = found_in(game.commentary, "Checkmate!").has_value();
  if (says_mate && game.result && game.result->reason != protocol::EndReason::checkmate) {
    found.push_back(game.commentary + " " + game.result->text);
  }
  return found;
}

class RecordedRun : public ::testing::Test {
 protected:
  // Judges every frame of a type, in every variant.
  template <class Message, class Judge>
  int judge_all(Judge judge) {
    auto turns = Reader::open(kRecording);
    Replay replay(Reader::open(kRecording).value(), studio::testing::real_content());
    int frames = 0;
    while (const auto turn = turns->next()) {
      told_.hear(*turn);
      for (const broker::FramePtr& frame : replay.take()) {
        if (frame->message != protocol::message_index<Message>()) continue;
        ++frames;
        for (const Level level : protocol::enumerators<Level>()) {
          for (const Language language : protocol::enumerators<Language>()) {
            const auto& text = *frame->variants[protocol::variant_index(level, language)];
            const auto message = protocol::decode<Message>(text);
            EXPECT_TRUE(message) << message.error().message;
            if (!message) return frames;
            EXPECT_THAT(judge(*message, level, language), ::testing::IsEmpty()) << text;
          }
        }
      }
    }
    return frames;
  }

  Told told_;
};

TEST_F(RecordedRun, SaysNothingOfLearningThatItsNumbersContradict) {
  const int frames = judge_all<protocol::PpoMetrics>(
      [&](const protocol::PpoMetrics& frame, Level level, Language language) {
        return told_.judge().contradictions(frame, level, language);
      });
  EXPECT_GT(frames, 50);
}

// Ten minutes: too young for an hour ago, and its evaluations know of no fixed player but one.
TEST_F(RecordedRun, SaysNothingOfItsProgressThatItsNumbersContradict) {
  protocol::Verdict newest{};
  studio::testing::ImprovementJudge judge;
  const int frames =
      judge_all<protocol::Improvement>([&](const protocol::Improvement& view, Level, Language) {
        newest = view.verdict;
        return judge.contradictions(view);
      });
  EXPECT_GE(frames, 3);
  EXPECT_EQ(newest, protocol::Verdict::better);
}

TEST_F(RecordedRun, SaysNothingOfAMoveThatItsFrameContradicts) {
  const int frames =
      judge_all<protocol::GameState>([](const protocol::GameState& game, Level, Language language) {
        return language == Language::en ? contradictions(game) : Findings{};
      });
  EXPECT_GT(frames, 100);
}

TEST_F(RecordedRun, SaysNothingOfTheForecastThatItsFrameContradicts) {
  int verdicts = 0;
  judge_all<protocol::GameState>([&](const protocol::GameState& game, Level, Language language) {
    if (game.forecast) ++verdicts;
    return ForecastJudge::contradictions(game, language);
  });
  EXPECT_GT(verdicts, 100);
}

// Viewers would see the network forget what it had learned. A look back says that it is one.
TEST_F(RecordedRun, NeverGoesBackToAnOlderNetwork) {
  std::int64_t newest = 0;
  judge_all<protocol::GameState>([&](const protocol::GameState& game, Level, Language) {
    if (game.scene == protocol::SceneKind::recap) return Findings{};
    const bool is_older = game.update < newest;
    newest = std::max(newest, game.update);
    return is_older ? Findings{std::to_string(game.update) + " after " + std::to_string(newest)}
                    : Findings{};
  });
}

TEST_F(RecordedRun, GivesNoEndAwayBeforeItComes) {
  judge_all<protocol::GameState>([&](const protocol::GameState& game, Level, Language) {
    const bool gives_away =
        !game.result && (game.total_plies || game.pick->reason == protocol::PickReason::upset);
    return gives_away ? Findings{"the end of " + game.game_id} : Findings{};
  });
}

// Of a recording the studio's own appointments are those of then: a picture may last a little over.
TEST_F(RecordedRun, LetsNoPictureStandStillForLong) {
  Replay replay(Reader::open(kRecording).value(), studio::testing::real_content());
  std::optional<SteadyTime> since;
  while (replay.next()) {
    const auto frames = replay.take();
    const auto is_picture = [](const broker::FramePtr& frame) {
      return frame->message == protocol::message_index<protocol::GameState>();
    };
    if (std::none_of(frames.begin(), frames.end(), is_picture)) continue;
    const SteadyTime now = replay.now().steady;
    if (since) {
      EXPECT_LE(now - *since, std::chrono::seconds(20));
    }
    since = now;
  }
  EXPECT_TRUE(since);
}

}  // namespace
}  // namespace keisei::recording

#include <gmock/gmock.h>

#include <boost/mp11/list.hpp>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "protocol/encode.h"
#include "store/no_store.h"
#include "studio/game/director.h"
#include "studio/game/move_facts.h"
#include "studio/programme.h"
#include "studio/studio_test_kit.h"

// A made-up feature from end to end: viewers see how many pieces each side has taken in the game on
// screen. docs/adding-a-feature.md walks through it and says where each part would live.

// The message: in src/protocol/game_messages.h, and its name in ServerMessages (messages.h).
namespace keisei::protocol {

struct CaptureTally {
  std::string game_id;
  int black;
  int white;
  std::string text;
};
KEISEI_SERVER_MESSAGE(CaptureTally, "capture_tally", game, newest, viewers,
                      "Pieces taken so far in the game on screen.",
                      KEISEI_FIELD(game_id, "As in game_state.", .max_size = 64),
                      KEISEI_FIELD(black, "By Black.", .min = 0),
                      KEISEI_FIELD(white, "By White.", .min = 0),
                      KEISEI_FIELD(text, "Who has taken more, in a word."))

}  // namespace keisei::protocol

namespace keisei::studio {
namespace {

using protocol::CaptureTally;
using protocol::Language;
using ::testing::HasSubstr;

// The segment: src/studio/game/capture_counter.h, and a line in programme.cc. Its words are in
// content/{en,ja}/game.json; until they are, nothing starts.
BOOST_DEFINE_ENUM_CLASS(Ahead, black, white, nobody)
constexpr KeyFamily<Ahead> kAhead("game.capture_tally.*");

class CaptureCounter final : public Segment {
 public:
  // In the product it needs no `send`: advance() calls air.send(). That takes the messages that are
  // in ServerMessages only, because a frame names its message by the place in that list, and edges
  // are compiled with the list: no test can put one more on the air. What the list with one more
  // row makes of it is checked below.
  using Send = std::function<void(const CaptureTally&)>;
  CaptureCounter(const Content& content, Send send) : content_(content), send_(std::move(send)) {}

  void on(const Event& event) override {
    match(event, [&](const SceneShown& shown) {
      if (tally_.game_id != shown.scene->game->id()) tally_ = {shown.scene->game->id(), 0, 0, ""};
      changed_ = true;
      if (!shown.facts->played || shown.facts->played->captured == shogi::PieceType::none) return;
      const bool by_black = shown.scene->before->side_to_move() == shogi::Color::black;
      ++(by_black ? tally_.black : tally_.white);
    });
  }

  void advance(SteadyTime, Air&) override {
    if (!std::exchange(changed_, false)) return;
    tally_.text = content_.text(Language::en, kAhead(ahead()));
    send_(tally_);
  }

  Keys keys() const override { return kAhead.keys(); }

 private:
  Ahead ahead() const {
    if (tally_.black == tally_.white) return Ahead::nobody;
    return tally_.black > tally_.white ? Ahead::black : Ahead::white;
  }

  const Content& content_;
  Send send_;
  CaptureTally tally_{};
  bool changed_ = false;
};

// The rest of the show is the real one, played by a trainer that plays seven moves.
class ExampleSegment : public ::testing::Test {
 protected:
  ExampleSegment() {
    segments_ = programme(testing::real_content(), no_store_, clock_, ProgrammeOptions{}, counters_,
                          notices_);
    segments_.push_back(std::make_unique<CaptureCounter>(
        testing::real_content(), [this](const CaptureTally& tally) { shown_.push_back(tally); }));
  }
  void watch_a_game() {
    Studio studio(std::move(segments_), clock_,
                  {.publish = [](auto) {}, .tell = [](const auto&) {}});
    const auto give = [&](const broker::Input& input) {
      studio.handle(input);
      studio.advance();
    };
    const testing::TrainerGame game(1, testing::short_moves());
    give(broker::TrainerOpened{1});
    give(broker::Telemetry{1, protocol::encode(testing::run("run"), 1, 1)});
    for (int ply = 0; ply < game.plies(); ++ply) {
      give(broker::Telemetry{1, protocol::encode(game.move(ply), 1, 1)});
    }
    for (int move = 0; move < game.plies(); ++move) {
      clock_.pass(std::chrono::seconds(3));
      studio.advance();
    }
  }

  ManualClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const auto&) {}};
  store::NoStore no_store_;
  Segments segments_;
  std::vector<CaptureTally> shown_;
};

TEST_F(ExampleSegment, HearsWhatTheOthersShow) {
  watch_a_game();
  ASSERT_FALSE(shown_.empty());
  EXPECT_EQ(shown_.front().black, 0);
  EXPECT_EQ(shown_.back().black, 1);
  EXPECT_EQ(shown_.back().white, 1);
}

TEST_F(ExampleSegment, CannotStartWithoutItsWords) {
  const auto complete = testing::real_content().check(keys_of(segments_));
  ASSERT_FALSE(complete);
  EXPECT_THAT(complete.error().field, HasSubstr("game.capture_tally."));
}

TEST_F(ExampleSegment, HasAMessageThatSaysHowItTravels) {
  constexpr protocol::Route kRoute = protocol::Description<CaptureTally>::route;
  static_assert(kRoute.channel == protocol::Channel::game);
  static_assert(kRoute.delivery == protocol::Delivery::newest);
  // Its row once it is in the list: the places of the others stay, and there is a slot for it.
  using Longer = boost::mp11::mp_push_back<protocol::ServerMessages, CaptureTally>;
  constexpr auto kRows = protocol::detail::rows_of(Longer{});
  constexpr std::size_t kPlace = protocol::detail::index_in<CaptureTally>(Longer{});
  static_assert(kPlace == protocol::kMessageTable.size());
  static_assert(kRows[kPlace].type == "capture_tally");
  static_assert(kRows[kPlace].route.audience == protocol::Audience::viewers);
  static_assert(protocol::kSlots < 8 * sizeof(protocol::SlotMask));
  std::string json;
  protocol::write(json, CaptureTally{"run-1", 2, 1, "Black"});
  EXPECT_EQ(json, R"({"game_id":"run-1","black":2,"white":1,"text":"Black"})");
}

}  // namespace
}  // namespace keisei::studio

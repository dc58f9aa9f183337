#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "protocol/codec.h"
#include "protocol/testing/arbitrary.h"
#include "studio/improvement/improvement_judge.h"
#include "studio/studio_fixture.h"

// A trainer that says anything that its description allows, in any order, beside games that follow
// the rules. What viewers get follows the schema: the fixture looks at every frame. And what is
// said of progress follows from the numbers beside it.
namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::testing::fill;
using testing::TrainerGame;

class WhateverIsTold : public StudioTest {
 protected:
  template <class... Message>
  void tell_any(protocol::MessageList<Message...>) {
    const int chosen = *rc::gen::inRange<int>(0, sizeof...(Message));
    int place = 0;
    const auto tell_if_chosen = [&]<class M>(std::type_identity<M>) {
      if (place++ != chosen) return;
      M message{};
      fill(message);
      tell(message);
    };
    (tell_if_chosen(std::type_identity<Message>{}), ...);
  }
  // A legal move, with any numbers.
  void tell_move(const TrainerGame& game, int ply) {
    const protocol::MovePlayed legal = game.move(ply);
    protocol::MovePlayed move{};
    fill(move);
    move.game_id = legal.game_id;
    move.ply = legal.ply;
    move.sfen = legal.sfen;
    move.usi = legal.usi;
    move.top = legal.top;
    for (auto& choice : move.top) fill(choice.probability, protocol::Rule{.min = 0, .max = 1});
    tell(move);
  }
};

RC_GTEST_FIXTURE_PROP(WhateverIsTold, IsShownAsTheSchemaSays, ()) {
  connect();
  protocol::RunStarted started{};
  fill(started);
  tell(started);
  const TrainerGame game(1, testing::short_moves());
  for (int ply = 0; ply < game.plies(); ++ply) {
    tell_move(game, ply);
    tell_any(protocol::TelemetryMessages{});
    pass(500ms);
  }
  auto end = game.finish();
  fill(end.reason, {});
  fill(end.winner, {});
  tell(end);
  pass(10s);
  RC_ASSERT(count("system_status") > 0);
  if (count("improvement") == 0) return;  // a run without a name is none
  for (const protocol::Level level : protocol::enumerators<protocol::Level>()) {
    const auto view = protocol::decode<protocol::Improvement>(last("improvement", level)).value();
    for (const std::string& one : testing::ImprovementJudge().contradictions(view)) RC_FAIL(one);
  }
}

}  // namespace
}  // namespace keisei::studio

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "protocol/codec.h"
#include "studio/improvement/improvement_board.h"
#include "studio/studio_test_kit.h"

// The vocabulary of the tests of "Is it getting better?".
namespace keisei::studio::testing {

inline protocol::EvaluationFinished measured(std::int64_t update, double minute,
                                             std::vector<protocol::PastScore> past = {}) {
  protocol::EvaluationFinished finished{};
  finished.update = update;
  finished.emitted_at = 1e9 + 60 * minute;
  finished.past_scores = std::move(past);
  return finished;
}

/// A board and the newest frame that it has sent.
class ShownBoard {
 public:
  explicit ShownBoard(const RunBegan& began) { on(began); }

  void on(const Event& event) {
    board_.on(event);
    std::uint64_t sequence = 0;
    Air air(WallTime{}, sequence);
    board_.advance(SteadyTime{}, air);
    for (const auto& frame : air.take_frames()) newest_ = frame;
  }
  /// For one kind of viewer.
  protocol::Improvement shown(protocol::Level level = protocol::Level::intermediate,
                              protocol::Language language = protocol::Language::en) const {
    const auto& text = *newest_->variants[protocol::variant_index(level, language)];
    return protocol::decode<protocol::Improvement>(text).value();
  }

 private:
  ImprovementBoard board_{real_content(), std::chrono::milliseconds(0)};
  broker::FramePtr newest_;
};

}  // namespace keisei::studio::testing

#pragma once

#include <gmock/gmock.h>

#include "studio/programme.h"
#include "studio/run/telemetry_desk.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {

/// A whole studio on a clock that is moved by hand: inputs in, frames out.
class StudioTest : public ::testing::Test {
 protected:
  void connect(broker::Session session = 1) {
    session_ = session;
    give(broker::TrainerOpened{session});
  }
  template <class Event>
  void tell(const Event& event) {
    give(broker::Telemetry{session_, protocol::encode(event, 1, 1)});
  }
  void give(const broker::Input& input) {
    studio_.handle(input);
    studio_.advance();
  }
  // Keeps the studio's appointments while the time passes, as its loop does.
  void pass(std::chrono::milliseconds time) {
    const SteadyTime end = clock_.steady() + time;
    while (clock_.steady() < end) {
      const auto next =
          std::clamp(studio_.due(), clock_.steady() + std::chrono::milliseconds(1), end);
      clock_.pass(std::chrono::ceil<std::chrono::milliseconds>(next - clock_.steady()));
      studio_.advance();
    }
  }
  protocol::RunStarted run(std::string id = "run") const {
    protocol::RunStarted started{};
    started.run_id = std::move(id);
    started.reward = protocol::Reward::shaped;
    started.shaping_coefficient = 0.5;
    started.clip_epsilon = 0.2;
    started.environments = 1;
    return started;
  }
  protocol::TrainerMetrics metrics(std::int64_t update, double kl = 0.01) const {
    protocol::TrainerMetrics metrics{};
    metrics.update = update;
    metrics.emitted_at = unix_seconds(clock_.wall());
    metrics.metrics["ppo/kl_divergence_approx"] = kl;
    metrics.metrics["ppo/clip_fraction"] = 0.1;
    return metrics;
  }
  static std::string_view type_of(const broker::FramePtr& frame) {
    return protocol::kMessageTable[frame->message].type;
  }
  int count(std::string_view type) const {
    return static_cast<int>(std::count_if(
        frames_.begin(), frames_.end(), [&](const auto& frame) { return type_of(frame) == type; }));
  }
  const std::string& last(std::string_view type,
                          protocol::Level level = protocol::Level::intermediate) const {
    static const std::string kNone = "no such frame";
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
      if (type_of(*frame) == type) {
        return *(*frame)->variants[protocol::variant_index(level, protocol::Language::en)];
      }
    }
    return kNone;
  }

  std::uint64_t dropped(protocol::DropReason reason) {
    return counters_
        .family<protocol::DropReason>("keisei_studio_hook_events_dropped_total", "")[reason]
        .value();
  }
  CounterFamily<Unused> unused() {
    return counters_.family<Unused>("keisei_studio_telemetry_unused_total", "");
  }

  ManualClock clock_;
  Counters counters_;
  std::vector<broker::FramePtr> frames_;
  std::vector<std::pair<broker::Session, bool>> words_;  // to trainers: whether to stream
  broker::Session session_ = 0;
  Studio studio_{
      programme(testing::real_content(), clock_, ProgrammeOptions{}, counters_),
      clock_,
      {[this](const auto& batch) { frames_.insert(frames_.end(), batch.begin(), batch.end()); },
       [this](const Air::Word& word) { words_.emplace_back(word.session, word.word.streaming); }}};
};

}  // namespace keisei::studio

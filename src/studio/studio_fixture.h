#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/testing/published_schema.h"
#include "store/no_store.h"
#include "studio/programme.h"
#include "studio/run/telemetry_desk.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {

/// A whole studio on a clock that is moved by hand: inputs in, frames out. Whatever it sends is
/// held against the published schema.
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
  static protocol::RunStarted run(std::string id = "run") { return testing::run(std::move(id)); }
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
  std::uint64_t heard() {
    return counters_.counter("keisei_studio_telemetry_heard_total", "").value();
  }
  CounterFamily<Unused> unused() {
    return counters_.family<Unused>("keisei_studio_telemetry_unused_total", "");
  }

  void publish(const std::vector<broker::FramePtr>& batch) {
    for (const broker::FramePtr& frame : batch) {
      const std::set<broker::Bytes> different(frame->variants.begin(), frame->variants.end());
      for (const broker::Bytes& bytes : different) {
        EXPECT_TRUE(protocol::testing::follows_schema(*bytes));
      }
    }
    frames_.insert(frames_.end(), batch.begin(), batch.end());
  }
  void hear(const Air::Word& word) {
    const auto follows = [](const auto& message) {
      EXPECT_TRUE(protocol::testing::follows_schema(protocol::encode(message, 1, 1)));
    };
    std::visit(follows, word.word);
    if (const auto* control = std::get_if<protocol::StreamControl>(&word.word)) {
      words_.emplace_back(word.session, control->streaming);
    } else {
      complaints_.push_back(std::get<protocol::TelemetryUnusable>(word.word));
    }
  }

  ManualClock clock_;
  Counters counters_;
  std::vector<std::string> told_;  // to whoever runs the show
  Notices notices_{clock_, [this](const auto& notice) { told_.push_back(line_of(notice)); }};
  store::NoStore library_;
  std::vector<store::Entry> kept_;
  std::vector<broker::FramePtr> frames_;
  std::vector<std::pair<broker::Session, bool>> words_;  // to trainers: whether to stream
  std::vector<protocol::TelemetryUnusable> complaints_;  // to trainers
  broker::Session session_ = 0;
  Studio studio_{
      programme(testing::real_content(), library_, clock_, ProgrammeOptions{}, counters_, notices_),
      clock_,
      {[this](const auto& batch) { publish(batch); }, [this](const auto& word) { hear(word); },
       [this](const auto& entries) { kept_.insert(kept_.end(), entries.begin(), entries.end()); }}};
};

}  // namespace keisei::studio

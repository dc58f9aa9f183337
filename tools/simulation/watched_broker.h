#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "broker/in_process_broker.h"
#include "broker/newest_frames.h"
#include "simulation/judge.h"
#include "simulation/sabotage.h"

namespace keisei::simulation {

/// Everything that studios have put on the air, over all restarts of the showcase.
class OnAir {
 public:
  /// `judge` outlives it.
  explicit OnAir(Judge& judge) : judge_(judge) {}

  /// A showcase starts: what the one before it showed is not on the air any more.
  void begin() { newest_ = {}; }
  void take(const broker::FrameBatch& batch);
  /// The place of a message among all that were published; none if it never was, or if it is long
  /// ago and it is not the newest of its kind.
  std::optional<std::uint64_t> place_of(std::string_view text) const;
  /// The newest frame of every message that replaces its older selves.
  const broker::NewestFrames& newest() const { return newest_; }
  std::uint64_t frames() const { return frames_; }

 private:
  static constexpr std::size_t kMostKnown = 20'000;

  void take_milestone(const std::string& text);

  Judge& judge_;
  broker::NewestFrames newest_;
  std::array<std::uint64_t, protocol::kSlots> newest_places_{};
  std::uint64_t frames_ = 0;
  std::unordered_map<std::size_t, std::uint64_t> places_;  // by hash of the text
  std::deque<std::size_t> known_;                          // oldest first
  std::unordered_set<std::size_t> told_once_;              // milestones' data
};

/// The showcase's broker, and who watches what goes through it.
class WatchedBroker final : public broker::StudioSide, public broker::EdgeSide {
 public:
  struct Watch {
    std::function<void()> for_studio;  // something has come for it
    std::function<void()> for_edges;
  };

  /// All that is passed in outlives it.
  WatchedBroker(Counters& counters, OnAir& on_air, const Sabotage& sabotage, Watch watch)
      : broker_(counters), on_air_(on_air), sabotage_(sabotage), watch_(std::move(watch)) {}

  broker::Epoch take_over(InputHandler handler) override {
    return broker_.take_over(std::move(handler));
  }
  void resign(broker::Epoch epoch) override { broker_.resign(epoch); }
  void publish(const broker::FrameBatch& batch) override;
  void tell(const broker::TrainerWord& word) override;
  std::unique_ptr<Attachment> attach(broker::EdgeHandler handler) override {
    return broker_.attach(std::move(handler));
  }
  void submit(broker::Input input, broker::Answered answered) override;

 private:
  broker::InProcessBroker broker_;
  OnAir& on_air_;
  const Sabotage& sabotage_;
  const Watch watch_;
};

}  // namespace keisei::simulation

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "broker/in_process_broker.h"
#include "broker/newest_frames.h"
#include "simulation/keeping_record.h"
#include "simulation/sabotage.h"
#include "simulation/trainer_speech.h"

namespace keisei::simulation {

/// Everything that studios have put on the air, over all restarts of the showcase.
class OnAir {
 public:
  /// `record` outlives it.
  explicit OnAir(KeepingRecord& record) : record_(record) {}

  /// A showcase starts: what the one before it showed is not on the air any more.
  void begin() { newest_ = {}; }
  void take(const broker::FrameBatch& batch);
  /// The place of a message among all that were published, from 1; none if it never was, or if it
  /// is long ago and it is not the newest of its kind.
  std::optional<std::uint64_t> place_of(std::string_view text) const;
  /// Of the last milestone that was published before that place; 0 if there is none.
  std::uint64_t milestone_before(std::uint64_t place) const;
  /// The newest frame of every message that replaces its older selves.
  const broker::NewestFrames& newest() const { return newest_; }
  std::uint64_t frames() const { return frames_; }

 private:
  static constexpr std::size_t kMostKnown = 20'000;

  void take_milestone(const std::string& text);

  KeepingRecord& record_;
  broker::NewestFrames newest_;
  std::array<std::uint64_t, protocol::kSlots> newest_places_{};
  std::uint64_t frames_ = 0;
  std::unordered_map<std::size_t, std::uint64_t> places_;  // by hash of the text
  std::deque<std::size_t> known_;                          // oldest first
  std::vector<std::uint64_t> milestones_;                  // places
};

/// The showcase's broker, and who watches what goes through it: what studios publish, and whether
/// what they take of a trainer is kept.
class WatchedBroker final : public broker::StudioSide, public broker::EdgeSide {
 public:
  struct Watch {
    std::function<void()> for_studio;  // something has come for it
    std::function<void()> for_edges;
  };

  /// All that is passed in outlives it.
  WatchedBroker(Counters& counters, OnAir& on_air, KeepingRecord& record, const Sabotage& sabotage,
                Watch watch)
      : broker_(counters),
        on_air_(on_air),
        record_(record),
        sabotage_(sabotage),
        watch_(std::move(watch)) {}

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
  struct Trainer {
    TrainerSpeech speech;
    std::optional<broker::Epoch> opened_under;  // the studio that knows of its connection
  };
  /// Called when the studio of that epoch has taken the input.
  using WhenTaken = std::function<void(broker::Epoch)>;

  WhenTaken when_taken(const broker::Input& input);

  broker::InProcessBroker broker_;
  OnAir& on_air_;
  KeepingRecord& record_;
  const Sabotage& sabotage_;
  const Watch watch_;
  std::map<broker::Session, std::shared_ptr<Trainer>> trainers_;
};

}  // namespace keisei::simulation

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "base/testing/manual_clock.h"
#include "protocol/testing/published_schema.h"
#include "store/keeper.h"
#include "studio/history/archivist.h"
#include "studio/milestones/milestone_board.h"
#include "studio/run/telemetry_desk.h"
#include "studio/studio.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio::testing {

/// What was kept, as a store would recall it.
class KeptOnDisk final : public store::Library {
 public:
  /// Whether it can be read.
  bool is_readable = true;

  void write(const std::vector<store::Entry>& entries) {
    entries_.insert(entries_.end(), entries.begin(), entries.end());
  }
  store::RecalledRun recall(const std::string& run_id) override {
    if (!is_readable) return tl::unexpected(store::StoreError{});
    store::RunMemory memory{};
    bool is_known = false;
    for (const store::Entry& entry : entries_) {
      std::visit(
          [&]<class Kept>(const Kept& kept) {
            if constexpr (std::is_same_v<Kept, store::KeptRun>) {
              if (kept.run.run_id != run_id) return;
              memory.run = kept.run;
              is_known = true;
            } else {
              if (kept.run_id == run_id) add(kept, memory);
            }
          },
          entry);
    }
    return is_known ? std::make_shared<const store::RunMemory>(std::move(memory)) : nullptr;
  }
  store::RecalledRun recall_newest() override {
    if (!is_readable) return tl::unexpected(store::StoreError{});
    for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
      if (const auto* run = std::get_if<store::KeptRun>(&*entry)) return recall(run->run.run_id);
    }
    return nullptr;
  }
  std::vector<std::string> keys() const {
    std::vector<std::string> keys;
    for (const store::Entry& entry : entries_) {
      if (const auto* one = std::get_if<store::KeptMilestone>(&entry)) keys.push_back(one->key);
    }
    return keys;
  }
  std::size_t updates() const {
    return static_cast<std::size_t>(
        std::count_if(entries_.begin(), entries_.end(), [](const store::Entry& entry) {
          return std::holds_alternative<store::KeptUpdate>(entry);
        }));
  }

 private:
  static void add(const store::KeptUpdate& kept, store::RunMemory& memory) {
    memory.updates.push_back(kept);
    memory.segment = kept.segment;
  }
  static void add(const store::KeptGame& kept, store::RunMemory& memory) {
    memory.finished.push_back(kept);
    ++memory.games;
    memory.is_whole = memory.is_whole && kept.game.game_number <= memory.game_number + 1;
    memory.game_number = kept.game.game_number;
  }
  static void add(const store::KeptMove& kept, store::RunMemory& memory) {
    memory.moves.push_back(kept);
  }
  static void add(const store::KeptEvaluation& kept, store::RunMemory& memory) {
    memory.evaluations.push_back(kept);
  }
  static void add(const store::KeptMilestone& kept, store::RunMemory& memory) {
    memory.milestones.push_back(kept);
  }
  template <class Other>
  static void add(const Other&, store::RunMemory&) {}

  std::vector<store::Entry> entries_;
};

/// A studio that may crash, its disk, and a trainer that says again what was not confirmed.
class KeptShow {
 public:
  KeptShow() { start(); }

  template <class Message>
  void tell(const Message& message) {
    say({protocol::encode(message, 1, 1)});
  }
  /// The disk has caught up with so much of what waits.
  void keep(std::size_t batches, bool kept = true) {
    for (; batches > 0 && !pending_.empty(); --batches) {
      const auto entries = std::exchange(pending_.front(), {});
      pending_.pop_front();
      if (kept) disk_.write(entries);
      std::erase_if(unconfirmed_, [&](const Said& said) { return said.batch == settled_; });
      ++settled_;
      auto promised = std::make_shared<std::vector<store::Entry>>();
      std::copy_if(entries.begin(), entries.end(), std::back_inserter(*promised),
                   store::is_promised);
      studio_->handle(EntriesKept{promised, kept});
      studio_->advance();
    }
  }
  void keep_all(bool kept = true) {
    while (!pending_.empty()) keep(1, kept);
  }
  /// What was not on the disk is lost.
  void crash() {
    pending_.clear();
    settled_ = handed_over_ = 0;
    start();
    tell_run_again();
    for (const Said& said : std::exchange(unconfirmed_, {})) say(said);
  }
  void begin(const std::string& run_id) {
    run_ = testing::run(run_id);
    tell_run_again();
  }
  /// Time goes by, and nothing is done.
  void wait(std::chrono::milliseconds time) { clock_.pass(time); }
  void pass(std::chrono::milliseconds time) {
    wait(time);
    studio_->advance();
  }

  /// Keys of `milestone` messages, and whether they were said to be saved.
  std::vector<std::pair<std::string, bool>> told;
  std::string list;  // the newest `milestones`, for experts

  const KeptOnDisk& disk() const { return disk_; }
  void let_the_disk_be_read(bool is_readable) { disk_.is_readable = is_readable; }
  std::vector<std::string> listed() const { return values_of(list, "key"); }
  std::vector<std::string> told_keys() const {
    std::vector<std::string> keys;
    for (const auto& [key, saved] : told) keys.push_back(key);
    return keys;
  }

 private:
  struct Said {
    std::string json;
    std::size_t batch = 0;  // its place among all that was handed over
  };

  static std::vector<std::string> values_of(const std::string& json, const std::string& field) {
    std::vector<std::string> values;
    const std::string before = "\"" + field + "\":";
    for (std::size_t at = json.find(before); at != std::string::npos; at = json.find(before, at)) {
      at += before.size();
      std::string value = json.substr(at, json.find_first_of(",}", at) - at);
      if (value.front() == '"') value = value.substr(1, value.size() - 2);
      values.push_back(value);
    }
    return values;
  }

  void start() {
    Segments segments;
    segments.push_back(std::make_unique<TelemetryDesk>(disk_, counters_, notices_));
    segments.push_back(std::make_unique<Archivist>());
    segments.push_back(std::make_unique<MilestoneBoard>(real_content()));
    studio_.emplace(
        std::move(segments), clock_,
        Studio::Outputs{[this](const auto& frames) { publish(frames); }, [](const auto&) {},
                        [this](auto entries) {
                          pending_.push_back(std::move(entries));
                          ++handed_over_;
                        }});
    studio_->advance();
    studio_->handle(broker::TrainerOpened{++session_});
    studio_->advance();
  }
  void tell_run_again() {
    if (run_) tell(*run_);
  }
  void say(Said said) {
    said.batch = handed_over_;
    studio_->handle(broker::Telemetry{session_, said.json});
    studio_->advance();
    if (handed_over_ > said.batch) unconfirmed_.push_back(std::move(said));
  }
  void publish(const std::vector<broker::FramePtr>& frames) {
    for (const broker::FramePtr& frame : frames) {
      for (const broker::Bytes& bytes : frame->variants) {
        EXPECT_TRUE(::keisei::protocol::testing::follows_schema(*bytes));
        EXPECT_LE(bytes->size(), protocol::kMaxMessageBytes);
      }
      const std::string& text = *frame->variants[protocol::variant_index(protocol::Level::advanced,
                                                                         protocol::Language::en)];
      if (frame->message == protocol::message_index<protocol::MilestoneReached>()) {
        told.emplace_back(values_of(text, "key").at(0), values_of(text, "saved").at(0) == "true");
      }
      if (frame->message == protocol::message_index<protocol::Milestones>()) list = text;
    }
  }

  ManualClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const auto&) {}};
  KeptOnDisk disk_;
  std::optional<Studio> studio_;
  std::optional<protocol::RunStarted> run_;
  broker::Session session_ = 0;
  std::deque<std::vector<store::Entry>> pending_;
  std::deque<Said> unconfirmed_;
  std::size_t handed_over_ = 0;
  std::size_t settled_ = 0;
};

}  // namespace keisei::studio::testing

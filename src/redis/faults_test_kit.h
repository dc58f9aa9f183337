#pragma once

#include <gmock/gmock.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/testing/comes_true.h"
#include "base/testing/told.h"
#include "broker/broker_test_kit.h"
#include "redis/edge.h"
#include "redis/redis_server.h"
#include "redis/studio.h"

namespace keisei::redis::testing {

/// What came, from another thread.
class Heard {
 public:
  void add(std::string text) {
    const std::lock_guard lock(mutex_);
    texts_.push_back(std::move(text));
  }
  std::vector<std::string> texts() const {
    const std::lock_guard lock(mutex_);
    return texts_;
  }
  bool ends_with(const std::string& text) const {
    const std::lock_guard lock(mutex_);
    return !texts_.empty() && texts_.back() == text;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
};

/// An edge's process.
class EdgeProcess {
 public:
  EdgeProcess(const EdgeOptions& options, const Clock& clock, Counters& counters, Notices& notices)
      : edge(
            options, clock, [] { return 0.5; }, counters, notices),
        attachment(edge.attach({[this](const broker::FrameBatch& batch) {
                                  for (const auto& frame : batch.frames) {
                                    frames.add(*frame->variants[0]);
                                  }
                                },
                                [](const broker::TrainerWord&) {}})) {}

  bool comes_up() {
    return comes_true([&] { return edge.is_connected(); });
  }
  bool goes_down() {
    return comes_true([&] { return !edge.is_connected(); });
  }
  void submit(std::string text) {
    edge.submit(broker::Telemetry{1, text}, [this, text](const broker::Answer& answer) {
      answers.add(text + ": " +
                  (answer ? std::string("taken") : std::string(keisei::to_string(answer.error()))));
    });
  }

  Heard frames;
  Heard answers;
  Edge edge;
  std::unique_ptr<broker::EdgeSide::Attachment> attachment;
};

/// A studio's process, which takes every input at once unless it is told to hesitate.
class StudioProcess {
 public:
  StudioProcess(const StudioOptions& options, const Clock& clock, Counters& counters,
                Notices& notices)
      : studio(
            options, clock, [] { return 0.5; }, counters, notices, [this] { ++replaced; }) {}
  ~StudioProcess() {
    receipts.clear();
    studio.resign(epoch);
  }

  void take_over() {
    epoch = studio.take_over([this](broker::Input input, broker::Receipt receipt) {
      inputs.add(std::get<broker::Telemetry>(input).json);
      if (hesitates) {
        receipts.push_back(std::move(receipt));
      } else {
        receipt.take(epoch);
      }
    });
  }
  void publish(std::vector<broker::FramePtr> frames) { studio.publish({epoch, std::move(frames)}); }

  Heard inputs;
  std::vector<broker::Receipt> receipts;  // of the broker's thread, until an input was heard of
  std::atomic<bool> hesitates = false;
  std::atomic<int> replaced = 0;
  std::atomic<broker::Epoch> epoch = 0;
  Studio studio;
};

class Faults : public ::testing::Test {
 protected:
  static constexpr auto kNever = std::chrono::hours(1);

  explicit Faults(RedisServer::Keeps keeps = RedisServer::Keeps::nothing) : server_(keeps) {}

  StudioOptions studio_options() {
    return {.address = server_.address(), .name = "studio-" + std::to_string(++made_)};
  }
  EdgeOptions edge_options() {
    return {.address = server_.address(), .name = "edge-" + std::to_string(++made_)};
  }
  // One that says nothing more, as if it were stopped, once its lease has run out.
  StudioOptions silent() {
    StudioOptions options = studio_options();
    options.lease = std::chrono::milliseconds(100);
    options.renewal = kNever;
    return options;
  }
  std::unique_ptr<StudioProcess> make_studio(const StudioOptions& options) {
    return std::make_unique<StudioProcess>(options, clock_, counters_, notices_);
  }
  std::unique_ptr<StudioProcess> studio_on_air() {
    auto studio = make_studio(studio_options());
    studio->take_over();
    return studio;
  }
  std::unique_ptr<EdgeProcess> make_edge(const EdgeOptions& options) {
    auto edge = std::make_unique<EdgeProcess>(options, clock_, counters_, notices_);
    EXPECT_TRUE(edge->comes_up());
    return edge;
  }
  std::unique_ptr<EdgeProcess> make_edge() { return make_edge(edge_options()); }

  std::int64_t inputs_waiting() { return server_.ask({"XLEN", Keys("keisei").inputs}).integer; }

  RedisServer server_;
  SystemClock clock_;
  Counters counters_;
  Told told_;
  Notices notices_{clock_, told_.teller()};
  int made_ = 0;
};

}  // namespace keisei::redis::testing

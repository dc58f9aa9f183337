#pragma once

#include <gmock/gmock.h>

#include <atomic>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <future>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/testing/comes_true.h"
#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "base/testing/told.h"
#include "broker/in_process_broker.h"
#include "edge/server.h"
#include "edge/test_client.h"

namespace keisei::edge::testing {

/// Every variant says which it is: "TEXT for beginner en".
template <class Message>
broker::FrameBatch batch_of(broker::Epoch epoch, const std::string& text, std::string viewer = "") {
  broker::Frame frame{protocol::message_index<Message>(), {}, std::move(viewer)};
  for (const auto level : enumerators<protocol::Level>()) {
    for (const auto language : enumerators<protocol::Language>()) {
      frame.variants[protocol::variant_index(level, language)] =
          std::make_shared<const std::string>(text + " for " + std::string(to_string(level)) + " " +
                                              std::string(to_string(language)));
    }
  }
  return {epoch, {std::make_shared<const broker::Frame>(std::move(frame))}};
}

/// The edge's side of another broker, which also brings what it would have dropped: a broker of
/// many processes may hear of a new studio later than the edge.
class CarelessBroker final : public broker::EdgeSide {
 public:
  explicit CarelessBroker(broker::EdgeSide& side) : side_(side) {}

  std::unique_ptr<Attachment> attach(broker::EdgeHandler handler) override {
    handler_ = handler;
    return side_.attach(std::move(handler));
  }
  void submit(broker::Input input, broker::Answered answered) override {
    const broker::Epoch epoch = answers_as_;
    if (epoch == 0) return side_.submit(std::move(input), std::move(answered));
    side_.submit(std::move(input), nullptr);
    if (answered) answered(broker::Taken{epoch});
  }

  void bring(const broker::FrameBatch& batch) { handler_.on_frames(batch); }
  void bring(const broker::TrainerWord& word) { handler_.on_word(word); }
  /// From now on all inputs are answered as taken by the studio of this epoch.
  void answer_as(broker::Epoch epoch) { answers_as_ = epoch; }

 private:
  broker::EdgeSide& side_;
  broker::EdgeHandler handler_;
  std::atomic<broker::Epoch> answers_as_ = 0;
};

/// A studio that writes down what it is told, and takes it unless it is told to wait.
class TestStudio {
 public:
  explicit TestStudio(broker::StudioSide& side)
      : side_(side), epoch_(side.take_over([this](broker::Input input, broker::Receipt receipt) {
          take(std::move(input), std::move(receipt));
        })) {}
  ~TestStudio() { side_.resign(epoch_); }

  broker::Epoch epoch() const { return epoch_; }

  /// What is told from now on waits for the answer.
  void hesitate() {
    const std::lock_guard lock(mutex_);
    hesitates_ = true;
  }
  std::vector<broker::Receipt> waiting() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

  /// Whether such an input comes within 5 s.
  template <class Kind, class Predicate>
  bool hears(Predicate predicate) {
    std::unique_lock lock(mutex_);
    return heard_.wait_for(lock, std::chrono::seconds(5), [&] {
      for (const broker::Input& input : inputs_) {
        if (const auto* kind = std::get_if<Kind>(&input); kind != nullptr && predicate(*kind)) {
          return true;
        }
      }
      return false;
    });
  }
  template <class Kind>
  bool hears() {
    return hears<Kind>([](const Kind&) { return true; });
  }
  /// The newest trainer's.
  broker::Session session() {
    broker::Session session = 0;
    EXPECT_TRUE(hears<broker::TrainerOpened>([&](const auto& opened) {
      session = opened.session;
      return true;
    }));
    return session;
  }
  std::size_t bytes_told() {
    const std::lock_guard lock(mutex_);
    std::size_t bytes = 0;
    for (const broker::Input& input : inputs_) {
      if (const auto* told = std::get_if<broker::Telemetry>(&input)) bytes += told->json.size();
    }
    return bytes;
  }

  template <class Message>
  void publish(const std::string& text, std::string viewer = "") {
    side_.publish(batch_of<Message>(epoch_, text, std::move(viewer)));
  }
  void tell(broker::Session session, bool streaming) {
    tell(session, broker::Word(protocol::StreamControl{streaming}));
  }
  void tell(broker::Session session, broker::Word word) {
    side_.tell({epoch_, session, std::move(word)});
  }

 private:
  void take(broker::Input input, broker::Receipt receipt) {
    const std::lock_guard lock(mutex_);
    inputs_.push_back(std::move(input));
    heard_.notify_all();
    if (hesitates_) {
      waiting_.push_back(std::move(receipt));
    } else {
      receipt.take(epoch_);
    }
  }

  broker::StudioSide& side_;
  std::mutex mutex_;
  std::condition_variable heard_;
  std::vector<broker::Input> inputs_;
  std::vector<broker::Receipt> waiting_;
  bool hesitates_ = false;
  broker::Epoch epoch_;
};

/// A whole edge on a free port, with its thread. The test plays the studio.
class EdgeTest : public ::testing::Test {
 protected:
  explicit EdgeTest(ServerOptions options = {}) {
    folder_.write("index.html", "<html>");
    folder_.write("assets/app.js", "code");
    folder_.write("assets/app.js.gz", "packed");
    options.listen.port = 0;
    options.operator_token = "the token";
    options.allowed_hosts.emplace_back("here");  // as TestClient calls it
    studio_.emplace(broker_);
    server_.emplace(context_, std::move(options), http::StaticFiles::load(folder_.path()).value(),
                    careless_, clock_, counters_, notices_);
    EXPECT_TRUE(server_->listen());
    thread_ = std::thread([this] { context_.run(); });
  }
  ~EdgeTest() override {
    context_.stop();
    thread_.join();
    server_.reset();
  }

  std::uint16_t port() const { return server_->port(); }
  TestStudio& studio() { return *studio_; }
  EdgeCounters edge_counters() { return EdgeCounters(counters_); }

  // Runs on the server's thread, and waits.
  template <class Function>
  auto on_server(Function function) {
    std::packaged_task<decltype(function())()> task(function);
    auto result = task.get_future();
    boost::asio::post(context_, [&task] { task(); });
    return result.get();
  }

  TemporaryFolder folder_;
  ManualClock clock_;
  Counters counters_;
  Told told_;
  Notices notices_{clock_, told_.teller()};
  broker::InProcessBroker broker_{counters_};
  CarelessBroker careless_{broker_};
  // After the broker, and before what may still ask it.
  std::optional<TestStudio> studio_;
  boost::asio::io_context context_{1};
  std::optional<Server> server_;
  std::thread thread_;
};

}  // namespace keisei::edge::testing

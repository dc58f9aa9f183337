#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "broker/broker.h"
#include "broker/newest_frames.h"
#include "broker/outdated.h"
#include "redis/connection.h"
#include "redis/counts.h"
#include "redis/scripts.h"
#include "redis/stream.h"

namespace keisei::redis {

struct EdgeOptions {
  Address address;
  std::string prefix = "keisei";
  /// Of this process, and unlike that of any other, also of one before.
  std::string name;
  /// What may wait for the studio, of all edges together; the news that a trainer came or went, the
  /// operator's word and counts of viewers may take `reserve` more.
  std::size_t most_inputs = 20'000;
  std::size_t most_input_bytes = 64UL * 1024 * 1024;
  std::size_t reserve = 2'000;
  /// What of this edge may be unanswered.
  std::size_t most_unanswered_bytes = 32UL * 1024 * 1024;
};

/// The edges' side of a broker that is a Redis server, with a thread of its own.
///
/// While the server is gone, everybody who is attached keeps what there was, and new inputs are
/// refused as `unreachable`. Those that were on their way are kept, and sent again when it is back;
/// each counts once however often it is sent. Of what was said meanwhile comes all that the server
/// still has, else the newest frame of every slot.
class Edge final : public broker::EdgeSide {
 public:
  /// `random`: uniform in [0, 1), called on the broker's thread. All that is passed in outlives
  /// this, and this outlives all attachments.
  Edge(const EdgeOptions& options, const Clock& clock, std::function<double()> random,
       Counters& counters, Notices& notices);
  ~Edge() override { close(); }

  /// Answers what is unanswered, and all that is still submitted: `unreachable`. No handler is
  /// called after the return. For whoever goes before this does.
  void close();

  [[nodiscard]] std::unique_ptr<Attachment> attach(broker::EdgeHandler handler) override;
  void submit(broker::Input input, broker::Answered answered) override;

  /// Whether what the studio says comes here now, and inputs go there. Thread-safe.
  bool is_connected() const { return is_connected_.load(std::memory_order_relaxed); }

 private:
  class Attached;

  struct Unanswered {
    std::string_view type;
    std::string json;
    std::size_t most_inputs;
    broker::Answered answered;
  };

  // All but the constructor's and the overrides' callers: the broker's thread.
  void note_links(const std::string& why);
  void catch_up();
  void take_present(Reply reply);
  void listen();
  void hear(Reply reply);
  bool take_said(const Entry& entry);
  void take_answer(const Entry& entry);
  void pass_on(const broker::FrameBatch& batch);
  void send(std::uint64_t number, const Unanswered& input);
  void answer(const broker::Answered& answered, const broker::Answer& given);

  const EdgeOptions options_;
  const Keys keys_;
  const std::string answers_;
  const std::string sent_;
  CounterFamily<broker::Outdated> outdated_;
  CounterFamily<broker::Refusal> refused_;
  CounterFamily<Unreadable> unreadable_;
  Counter& missed_;
  Gauge& connected_;
  Topic& link_;
  Topic& unreadables_;

  boost::asio::io_context context_{1};
  Connection inputs_;
  Connection air_;
  std::atomic<bool> is_connected_ = false;

  bool is_caught_up_ = false;
  // Empty: from the beginning.
  std::string read_on_{};  // what the studio says
  std::string answers_read_{};
  StreamId heard_{};  // the last that the studio said

  std::map<std::uint64_t, Unanswered> unanswered_;
  std::uint64_t submitted_ = 0;
  std::atomic<std::size_t> unanswered_bytes_ = 0;

  std::mutex edges_;  // held while handlers are called
  std::list<broker::EdgeHandler> handlers_;
  broker::NewestFrames newest_;

  std::thread thread_;
};

}  // namespace keisei::redis

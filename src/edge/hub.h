#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "broker/broker.h"
#include "edge/stream_switch.h"
#include "edge/viewer.h"

namespace keisei::edge {

struct HubOptions {
  std::size_t max_viewers = 15'000;          // the usual limit of descriptors is 20 000
  std::size_t max_viewers_per_address = 64;  // loopback is exempt: that is where proxies stand
};

/// Counters that only grow, but for `viewers`.
struct HubCounters {
  std::size_t viewers = 0;
  std::uint64_t joined = 0;
  std::uint64_t frames = 0;     // from the studio
  std::uint64_t conflated = 0;  // frames that a newer one replaced before a slow viewer took them
  std::map<std::string, std::uint64_t, std::less<>> left;  // by why
};

/// The viewers of one thread: gives each of them every frame it subscribed to.
///
/// A frame is given its WebSocket header once per variant and its bytes are shared. The fan-out
/// runs in slices, so that joins and reads are served in between; what arrives during a fan-out
/// joins the next one. All members are for the thread of `context`, but for post_frames().
class Hub final : public ViewerHost {
 public:
  Hub(boost::asio::io_context& context, const HubOptions& options, const Clock& clock,
      StreamSwitch& stream_switch, std::function<void(int)> viewers_changed);

  /// Thread-safe: hands frames over to the hub's thread.
  void post_frames(broker::FrameBatch frames);
  /// Empty if there is room for one more viewer from the address, else why not.
  std::string_view refusal(const std::string& address, bool loopback) const;
  /// Takes over a connection whose upgrade has been accepted.
  void admit(boost::asio::ip::tcp::socket socket, const std::string& address,
             std::string_view handshake_response, std::string_view early);
  /// Says goodbye to every viewer.
  void stop();
  const HubCounters& counters() const { return counters_; }

  void on_hello(Viewer& viewer, bool first) override;
  void on_conflated() override { ++counters_.conflated; }
  std::optional<protocol::ErrorMessage> on_control(std::string_view json) override {
    return stream_switch_.obey(json);
  }
  void on_gone(Viewer& viewer, std::string_view why) override;
  SteadyTime now() const override { return clock_.steady(); }
  double timestamp() const override { return unix_seconds(clock_.wall()); }

 private:
  // A message with its WebSocket headers; null until the first frame.
  using Framed = std::array<broker::Bytes, protocol::kVariants>;
  struct Latest {
    std::size_t message = 0;
    Framed framed;
  };
  struct Member {
    std::shared_ptr<Viewer> viewer;
    std::string address;
  };

  void take(const broker::FrameBatch& frames);
  void take(const broker::Frame& frame);
  void offer(Viewer& viewer, std::size_t message, const Framed& framed);
  void fan_out();
  void tick();
  void count_viewers();

  boost::asio::io_context& context_;
  HubOptions options_;
  const Clock& clock_;
  StreamSwitch& stream_switch_;
  std::function<void(int)> viewers_changed_;
  boost::asio::steady_timer timer_;
  std::array<Latest, protocol::kSlots> latest_;
  std::vector<Member> members_;  // each viewer knows its place
  std::map<std::string, std::size_t> per_address_;
  bool fanning_out_ = false;
  std::size_t next_ = 0;  // of the fan-out under way
  bool again_ = false;    // frames came during it
  std::uint64_t ticks_ = 0;
  SteadyTime counted_at_{};
  int counted_ = -1;
  bool stopped_ = false;
  HubCounters counters_;
};

}  // namespace keisei::edge

#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/thread_check.h"
#include "broker/broker.h"
#include "edge/admission.h"
#include "edge/bundles.h"
#include "edge/edge_counters.h"
#include "edge/framed.h"
#include "edge/viewer.h"
#include "edge/viewer_count.h"

namespace keisei::edge {

/// The viewers of one thread: gives each of them every frame it subscribed to.
///
/// A frame is given its WebSocket header once per variant and its bytes are shared. The fan-out
/// goes round in slices, so that joins and reads are served in between. Whoever waits for nothing
/// is sent a bundle that is the same for all of one wish, and remembers nothing of it. What arrives
/// meanwhile goes along with what the rest of the round still waits for, and the round goes on
/// until it has come to everybody: it begins with whoever would be next, so that nobody is always
/// the last. What must not be lost is seldom and small, and goes round ahead of the rest.
/// Everything is for the thread of `context`, which runs no longer when the hub goes.
class Hub final : public ViewerHost {
 public:
  /// What a viewer says.
  using OnSaid = std::function<void(Viewer& viewer, std::string_view json)>;

  /// What can be looked back at.
  using Past = std::function<std::optional<protocol::PastRange>()>;

  Hub(boost::asio::io_context& context, const Clock& clock, EdgeCounters& counters,
      ViewerCount count, OnSaid on_said, Past past);

  void take(const broker::FrameBatch& batch);
  /// Takes over a connection whose request has been accepted. The viewer may be gone already.
  std::shared_ptr<Viewer> admit(Admission::Seat seat, http::Accepted connection,
                                const Speech& speech, std::string_view handshake,
                                std::string_view early);
  /// Answers a hello: who the viewer is now, then the present of every channel it asked for. What
  /// is given on joining is not among it if the viewer has it already.
  void greet(Viewer& viewer, const Subscription& wish);
  /// Says goodbye to every viewer, and when to come back.
  void stop();
  /// Whether nobody is connected, with or without a hello.
  bool is_empty() const { return members_.empty(); }

  void on_said(Viewer& viewer, std::string_view json) override { on_said_(viewer, json); }
  void on_gone(Viewer& viewer, Leaving why) override;

 private:
  struct Member {
    std::shared_ptr<Viewer> viewer;
    Admission::Seat seat;
  };

  /// Comes to every member once, and the next one goes on from there.
  struct Round {
    std::size_t next = 0;  // in `members_`
    std::size_t left = 0;  // who are still to be served; 0 if none is under way

    void begin(std::size_t members) { left = members; }
    void joined() { left += left > 0 ? 1 : 0; }
    /// The last member has moved into a gap, which the round may have passed: it begins anew.
    void gone(std::size_t members) { left = left > 0 ? members : 0; }
  };

  void take(const broker::Frame& frame);
  void begin_round();
  void go_on(Round& round, std::size_t slice, void (Hub::*act)(Viewer&));
  void serve_ahead(Viewer& viewer) { viewer.flush_queued(); }
  void serve(Viewer& viewer);
  void check(Viewer& viewer) { viewer.check(); }
  void offer_to_all(Framed& framed);
  void offer(Viewer& viewer, Framed& framed);
  void offer_fresh(Viewer& viewer);
  void fan_out();
  void tick();
  void schedule_tick();
  void count_viewers(int change = 0);

  boost::asio::io_context& context_;
  const Clock& clock_;
  EdgeCounters& counters_;
  ViewerCount count_;
  OnSaid on_said_;
  Past past_;
  boost::asio::steady_timer timer_;
  std::array<Framed, protocol::kSlots> newest_;
  Bundles bundles_{newest_};
  std::uint32_t rounds_ = 0;  // begun so far: each viewer knows the last that it need not wait for
  MessageDeflater deflater_;
  std::uint32_t editions_ = 0;   // of what is given on joining
  broker::Epoch epoch_ = 0;      // of the studio that made them
  std::vector<Member> members_;  // each viewer knows its place
  int greeted_ = 0;              // of them
  std::unordered_map<std::string_view, Viewer*> by_id_;
  std::unordered_set<Viewer*> paced_;  // who may have to wait for what there is
  Round ahead_;                        // of what must not be lost
  Round round_;
  Round checks_;
  bool fanning_out_ = false;
  bool stopped_ = false;
  ThreadChecker thread_;
};

}  // namespace keisei::edge

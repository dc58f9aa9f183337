#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "broker/broker.h"
#include "studio/studio.h"

namespace keisei::studio {

/// The studio's thread: takes inputs from the broker, keeps the studio's appointments.
///
/// `run` returns after `stop`. An input is taken when the studio has worked it in. When the studio
/// falls behind by `kMostWaiting` inputs, what can be said again is refused: never the news that a
/// trainer came or went, the operator's word or a count of viewers, of which there are few.
class StudioLoop {
 public:
  static constexpr int kMostWaiting = 20'000;

  /// Takes over at once; inputs wait for run().
  StudioLoop(broker::StudioSide& broker, Segments segments, const Clock& clock);
  ~StudioLoop();

  /// Runs the studio on the calling thread.
  void run();
  /// Thread-safe.
  void stop() { context_.stop(); }

 private:
  void post(broker::Input input, broker::Receipt receipt);
  void arm();

  broker::StudioSide& broker_;
  boost::asio::io_context context_{1};
  boost::asio::steady_timer timer_{context_};
  Studio studio_;
  SteadyTime armed_for_ = SteadyTime::max();
  std::atomic<int> waiting_ = 0;
  broker::Epoch epoch_;
};

}  // namespace keisei::studio

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "broker/broker.h"
#include "recording/replay.h"

namespace keisei::recording {

struct ReplayOptions {
  double speed = 1;
  std::chrono::microseconds from{0};      // after the beginning
  bool loops = false;                     // begins again at the end, instead of staying there
  std::chrono::milliseconds pause{5000};  // before that
};

/// In the studio's place: shows a recording at its own pace, or faster or slower, and says that it
/// is one (`replay`). Takes no inputs: those are in the recording.
class ReplayLoop {
 public:
  using OpenAgain = std::function<Result<std::unique_ptr<Replay>>()>;
  /// Called on the loop's thread: that it has ended, and why there.
  using OnEnd = std::function<void(const std::string& why)>;

  /// `open_again` is asked on the loop's thread, if the options say that it loops.
  ReplayLoop(broker::StudioSide& broker, std::unique_ptr<Replay> replay, OpenAgain open_again,
             const ReplayOptions& options, const Clock& clock, OnEnd on_end);
  ~ReplayLoop();

  /// Shows on the calling thread, until stop().
  void run();
  /// Thread-safe.
  void stop() { context_.stop(); }

 private:
  void begin();
  void go_on();
  void end();
  void begin_again();
  void tell_every_second();
  void tell();
  void publish(std::vector<broker::FramePtr> frames);
  std::vector<broker::FramePtr> skip_to(SteadyTime moment);
  Moment shown() const;

  broker::StudioSide& broker_;
  std::unique_ptr<Replay> replay_;
  const OpenAgain open_again_;
  const ReplayOptions options_;
  const Clock& clock_;
  const OnEnd on_end_;
  boost::asio::io_context context_{1};
  boost::asio::steady_timer next_{context_};
  boost::asio::steady_timer second_{context_};
  broker::Epoch epoch_ = 0;
  SteadyTime began_;       // this showing, now
  SteadyTime began_from_;  // and where in the recording
  bool has_ended_ = false;
  std::uint64_t told_ = 0;
};

}  // namespace keisei::recording

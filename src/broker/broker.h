#pragma once

#include <functional>

#include "broker/frame.h"
#include "broker/input.h"

namespace keisei::broker {

/// Carries frames from the one studio to every edge, and inputs from the edges to the studio.
///
/// Threads: `publish` and `submit` may be called from any thread and never block on a receiver.
/// Handlers are called on a thread of the broker's choice (in process: the caller's), one call at a
/// time per sender, in the order of the calls; a handler only hands over to its own thread.
/// Register all handlers before the first frame or input, and keep what they capture alive until
/// the last sender has stopped.
class Broker {
 public:
  using FramesHandler = std::function<void(const FrameBatch&)>;
  using InputHandler = std::function<void(Input)>;

  virtual ~Broker() = default;

  virtual void publish(const FrameBatch& frames) = 0;
  virtual void submit(Input input) = 0;

  /// Each handler gets every batch: one per edge.
  virtual void on_frames(FramesHandler handler) = 0;
  /// The studio's; there is one.
  virtual void on_input(InputHandler handler) = 0;
};

}  // namespace keisei::broker

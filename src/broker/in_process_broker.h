#pragma once

#include <vector>

#include "broker/broker.h"

namespace keisei::broker {

/// Studio and edges in one process: a call is the transport.
class InProcessBroker final : public Broker {
 public:
  void publish(const FrameBatch& frames) override;
  void submit(Input input) override;
  void on_frames(FramesHandler handler) override;
  void on_input(InputHandler handler) override;

 private:
  std::vector<FramesHandler> frames_handlers_;
  InputHandler input_handler_;
};

}  // namespace keisei::broker

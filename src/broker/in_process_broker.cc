#include "broker/in_process_broker.h"

#include <utility>

namespace keisei::broker {

void InProcessBroker::publish(const FrameBatch& frames) {
  for (const FramesHandler& handler : frames_handlers_) handler(frames);
}

void InProcessBroker::submit(Input input) {
  if (input_handler_) input_handler_(std::move(input));
}

void InProcessBroker::on_frames(FramesHandler handler) {
  frames_handlers_.push_back(std::move(handler));
}

void InProcessBroker::on_input(InputHandler handler) { input_handler_ = std::move(handler); }

}  // namespace keisei::broker

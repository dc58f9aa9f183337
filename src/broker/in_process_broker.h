#pragma once

#include <atomic>
#include <list>
#include <memory>
#include <mutex>

#include "base/counters.h"
#include "broker/broker.h"
#include "broker/newest_frames.h"
#include "broker/outdated.h"

namespace keisei::broker {

/// Studio and edges in one process: a call is the transport. Outlives all attachments, studios and
/// unanswered receipts.
class InProcessBroker final : public StudioSide, public EdgeSide {
 public:
  explicit InProcessBroker(Counters& counters);

  Epoch take_over(InputHandler handler) override;
  void resign(Epoch epoch) override;
  void publish(const FrameBatch& batch) override;
  void tell(const TrainerWord& word) override;

  [[nodiscard]] std::unique_ptr<Attachment> attach(EdgeHandler handler) override;
  void submit(Input input, Answered answered) override;

 private:
  class Attached;

  bool is_outdated(Epoch epoch, Outdated kind);
  Answer checked(const Answer& answer);

  std::atomic<Epoch> epoch_ = 0;  // of the studio that took over last
  CounterFamily<Outdated> outdated_;
  CounterFamily<Refusal> refused_;

  // Each mutex is held while its handlers are called, which only hand over: so their order is that
  // of the calls, and none is called after it has been taken away.
  std::mutex edges_;
  std::list<EdgeHandler> handlers_;
  NewestFrames newest_;
  std::mutex studio_;
  InputHandler input_handler_;
};

}  // namespace keisei::broker

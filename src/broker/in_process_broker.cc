#include "broker/in_process_broker.h"

#include <utility>

namespace keisei::broker {

class InProcessBroker::Attached final : public Attachment {
 public:
  Attached(InProcessBroker& broker, std::list<EdgeHandler>::iterator place)
      : broker_(broker), place_(place) {}
  ~Attached() override {
    const std::lock_guard lock(broker_.edges_);
    broker_.handlers_.erase(place_);
  }

 private:
  InProcessBroker& broker_;
  std::list<EdgeHandler>::iterator place_;
};

InProcessBroker::InProcessBroker(Counters& counters)
    : outdated_(counters.family<Outdated>("keisei_broker_outdated_total",
                                          "Dropped: from a studio that another has replaced.",
                                          "kind")),
      refused_(counters.family<Refusal>("keisei_broker_inputs_refused_total",
                                        "Inputs that the studio did not take.")) {}

Epoch InProcessBroker::take_over(InputHandler handler) {
  const std::lock_guard lock(studio_);
  input_handler_ = std::move(handler);
  return ++epoch_;
}

void InProcessBroker::resign(Epoch epoch) {
  const std::lock_guard lock(studio_);
  if (epoch == epoch_) input_handler_ = nullptr;
}

bool InProcessBroker::is_outdated(Epoch epoch, Outdated kind) {
  if (epoch == epoch_) return false;
  outdated_[kind].add();
  return true;
}

void InProcessBroker::publish(const FrameBatch& batch) {
  const std::lock_guard lock(edges_);
  if (is_outdated(batch.epoch, Outdated::frames)) return;
  newest_.take(batch);
  for (const EdgeHandler& handler : handlers_) handler.on_frames(batch);
}

void InProcessBroker::tell(const TrainerWord& word) {
  const std::lock_guard lock(edges_);
  if (is_outdated(word.epoch, Outdated::words)) return;
  for (const EdgeHandler& handler : handlers_) handler.on_word(word);
}

std::unique_ptr<EdgeSide::Attachment> InProcessBroker::attach(EdgeHandler handler) {
  const std::lock_guard lock(edges_);
  const auto place = handlers_.insert(handlers_.end(), std::move(handler));
  const FrameBatch present = newest_.all();
  if (!present.frames.empty()) place->on_frames(present);
  return std::make_unique<Attached>(*this, place);
}

void InProcessBroker::submit(Input input, Answered answered) {
  Receipt receipt([this, answered = std::move(answered)](const Answer& answer) {
    const Answer known = checked(answer);
    if (answered) answered(known);
  });
  const std::lock_guard lock(studio_);
  if (!input_handler_) return receipt.refuse(Refusal::no_studio);
  input_handler_(std::move(input), std::move(receipt));
}

Answer InProcessBroker::checked(const Answer& answer) {
  Answer known = answer;
  if (known && is_outdated(known->epoch, Outdated::receipts)) {
    known = tl::unexpected(Refusal::old_studio);
  }
  if (!known) refused_[known.error()].add();
  return known;
}

}  // namespace keisei::broker

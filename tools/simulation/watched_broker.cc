#include "simulation/watched_broker.h"

#include <functional>
#include <string>
#include <utility>

#include "protocol/codec.h"

namespace keisei::simulation {
namespace {

constexpr std::hash<std::string_view> kHash;

}  // namespace

void OnAir::take(const broker::FrameBatch& batch) {
  newest_.take(batch);
  for (const broker::FramePtr& frame : batch.frames) {
    ++frames_;
    if (protocol::is_newest_only(frame->message)) {
      newest_places_.at(protocol::slot_of(frame->message)) = frames_;
    }
    for (std::size_t i = 0; i < frame->variants.size(); ++i) {
      if (i > 0 && frame->variants[i] == frame->variants[i - 1]) continue;
      const std::size_t hash = kHash(*frame->variants[i]);
      places_[hash] = frames_;
      known_.push_back(hash);
    }
    if (frame->message == protocol::message_index<protocol::MilestoneReached>()) {
      take_milestone(*frame->variants[0]);
    }
  }
  for (; known_.size() > kMostKnown; known_.pop_front()) places_.erase(known_.front());
}

// One that could not be kept may come again: a showcase that was started again does not know it.
void OnAir::take_milestone(const std::string& text) {
  const auto told = protocol::decode<protocol::MilestoneReached>(text);
  if (!told || !told->milestone.saved) return;
  if (told_once_.insert(kHash(protocol::data_of(text))).second) return;
  judge_.find("no milestone comes twice", "told again: " + told->milestone.key);
}

std::optional<std::uint64_t> OnAir::place_of(std::string_view text) const {
  if (const auto found = places_.find(kHash(text)); found != places_.end()) return found->second;
  for (std::size_t slot = 0; slot < protocol::kSlots; ++slot) {
    const broker::FramePtr& frame = newest_.in_slot(slot);
    if (!frame) continue;
    for (const broker::Bytes& variant : frame->variants) {
      if (*variant == text) return newest_places_.at(slot);
    }
  }
  return std::nullopt;
}

void WatchedBroker::publish(const broker::FrameBatch& batch) {
  on_air_.take(batch);
  watch_.for_edges();
  if (!sabotage_.frames) return broker_.publish(batch);
  for (const broker::FrameBatch& other : sabotage_.frames(batch)) broker_.publish(other);
}

void WatchedBroker::tell(const broker::TrainerWord& word) {
  watch_.for_edges();
  broker_.tell(word);
}

void WatchedBroker::submit(broker::Input input, broker::Answered answered) {
  watch_.for_studio();
  broker_.submit(std::move(input), [this, answered = std::move(answered)](const auto& answer) {
    watch_.for_edges();
    if (answered) answered(answer);
  });
}

}  // namespace keisei::simulation

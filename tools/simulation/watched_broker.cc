#include "simulation/watched_broker.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <string>
#include <utility>
#include <variant>

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
      milestones_.push_back(frames_);
      take_milestone(*frame->variants[0]);
    }
  }
  for (; known_.size() > kMostKnown; known_.pop_front()) places_.erase(known_.front());
}

// One that could not be kept may come again: a showcase that was started again does not know it.
void OnAir::take_milestone(const std::string& text) {
  const auto told = protocol::decode<protocol::MilestoneReached>(text);
  if (told && told->milestone.saved) record_.shown(told->milestone);
}

std::uint64_t OnAir::milestone_before(std::uint64_t place) const {
  const auto next = std::lower_bound(milestones_.begin(), milestones_.end(), place);
  return next == milestones_.begin() ? 0 : *std::prev(next);
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
  WhenTaken taken = when_taken(input);
  broker_.submit(std::move(input), [this, taken = std::move(taken),
                                    answered = std::move(answered)](const broker::Answer& answer) {
    watch_.for_edges();
    if (answer && taken) taken(answer->epoch);
    if (answered) answered(answer);
  });
}

// A studio that has taken over knows nothing of the connections that there are: it takes what is
// said over them, makes nothing of it, and the edge has it said again.
WatchedBroker::WhenTaken WatchedBroker::when_taken(const broker::Input& input) {
  if (const auto* opened = std::get_if<broker::TrainerOpened>(&input)) {
    const auto trainer = std::make_shared<Trainer>();
    trainers_[opened->session] = trainer;
    return [trainer](broker::Epoch epoch) { trainer->opened_under = epoch; };
  }
  if (const auto* closed = std::get_if<broker::TrainerClosed>(&input)) {
    trainers_.erase(closed->session);
    return nullptr;
  }
  const auto* const telemetry = std::get_if<broker::Telemetry>(&input);
  if (telemetry == nullptr) return nullptr;
  const auto found = trainers_.find(telemetry->session);
  if (found == trainers_.end()) return nullptr;
  auto said = found->second->speech.read(telemetry->json);
  if (!said) return nullptr;
  return [this, trainer = found->second, said = *std::move(said)](broker::Epoch epoch) {
    if (trainer->opened_under == epoch) record_.acknowledged(said.run_id, said.what);
  };
}

}  // namespace keisei::simulation

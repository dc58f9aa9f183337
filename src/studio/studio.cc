#include "studio/studio.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace keisei::studio {

Studio::Studio(Segments segments, const Clock& clock, Outputs outputs)
    : segments_(std::move(segments)), clock_(clock), outputs_(std::move(outputs)) {}

void Studio::handle(const broker::Input& input) {
  thread_.check();
  hear(std::visit([](const auto& one) { return Event(one); }, input));
}

void Studio::handle(const EntriesKept& kept) {
  thread_.check();
  hear(kept);
}

void Studio::hear(const Event& event) {
  for (const auto& segment : segments_) segment->on(event);
}

void Studio::advance() {
  thread_.check();
  const SteadyTime now = clock_.steady();
  Air air(clock_.wall(), sequence_);
  for (bool quiet = false; !std::exchange(quiet, true);) {
    for (const auto& segment : segments_) {
      segment->advance(now, air);
      for (const Event& event : air.take_events()) {
        hear(event);
        quiet = false;
      }
    }
  }
  if (auto entries = air.take_entries(); !entries.empty()) outputs_.keep(std::move(entries));
  for (const Air::Word& word : air.take_words()) outputs_.tell(word);
  if (auto frames = air.take_frames(); !frames.empty()) outputs_.publish(std::move(frames));
}

SteadyTime Studio::due() const {
  SteadyTime due = SteadyTime::max();
  for (const auto& segment : segments_) due = std::min(due, segment->due());
  return due;
}

}  // namespace keisei::studio

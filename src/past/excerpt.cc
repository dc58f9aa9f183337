#include "past/excerpt.h"

#include <utility>

#include "past/frame_block.h"

namespace keisei::past {

void Excerpt::add(std::int64_t begin, std::string_view text) {
  const bool is_first = !std::exchange(has_blocks_, true);
  const auto variant =
      static_cast<std::uint8_t>(1U << protocol::variant_index(question_.level, question_.language));
  while (const auto entry = take(text)) {
    const std::int64_t at = begin + entry->after_ms;
    if (at > to_) return;
    if ((entry->variants & variant) == 0 || !is_wanted(entry->message)) continue;
    const bool is_before = entry->is_present || at <= from_;
    if (is_before) {
      if (!is_first || !protocol::is_newest_only(entry->message)) continue;
      present_[protocol::slot_of(entry->message)] = entry->json;
    } else {
      show_present();
      put(entry->json);
    }
  }
}

bool Excerpt::is_wanted(std::size_t message) const {
  return question_.channels.has(protocol::kMessageTable[message].route.channel);
}

void Excerpt::show_present() {
  if (std::exchange(has_shown_present_, true) || !question_.with_present) return;
  for (const std::string& json : present_) {
    if (!json.empty()) put(json);
  }
}

void Excerpt::put(std::string_view json) { lines_.append(json) += '\n'; }

std::string Excerpt::lines() && {
  show_present();
  return std::move(lines_);
}

}  // namespace keisei::past

#include "edge/bundles.h"

#include <algorithm>
#include <bit>

namespace keisei::edge {
namespace {

// Wishes are looked for one after the other. Most viewers have one of a handful.
constexpr std::size_t kMostMade = 64;

}  // namespace

void Bundles::clear() {
  fresh_ = 0;
  made_.clear();
}

const Bundle& Bundles::of(const Subscription& wish, Framing framing, MessageDeflater& deflater) {
  const std::size_t variant = protocol::variant_index(wish.level, wish.language);
  const auto found = std::find_if(made_.begin(), made_.end(), [&](const Made& made) {
    return made.variant == variant && made.channels == wish.channels && made.framing == framing;
  });
  if (found != made_.end()) return found->bundle;
  Bundle bundle;
  for (protocol::SlotMask left = fresh_; left != 0; left &= left - 1) {
    Framed& framed = newest_[static_cast<std::size_t>(std::countr_zero(left))];
    if (const auto& bytes = framed.bytes_for(wish, framing, deflater)) bundle.add(*bytes);
  }
  if (made_.size() == kMostMade) return last_ = bundle;
  return made_.emplace_back(Made{variant, wish.channels, framing, bundle}).bundle;
}

}  // namespace keisei::edge

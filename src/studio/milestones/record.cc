#include "studio/milestones/record.h"

#include <utility>

namespace keisei::studio {
namespace {

constexpr double kSwingMargin = 0.05;

bool is_more(double figure, double other) { return figure > other; }
bool is_less(double figure, double other) { return figure < other; }

}  // namespace

std::optional<Milestone> Record::hear(Milestone candidate) {
  const double figure = *candidate.value;
  if (told_) {
    if (!beats_(figure, *told_)) return std::nullopt;
    told_ = figure;
    return candidate;
  }
  const double now = candidate.reached_at;
  if (!best_ || is_better_(figure, *best_->value)) best_ = std::move(candidate);
  if (++games_ < kFirst) return std::nullopt;
  told_ = best_->value;
  best_->reached_at = now;
  return std::exchange(best_, std::nullopt);
}

void Record::know(double told) {
  if (!told_ || is_better_(told, *told_)) told_ = told;
  best_.reset();
}

Record longest_record() {
  return {is_more, [](double plies, double told) { return 10 * plies >= 11 * told; }};
}

Record shortest_record() {
  return {is_less, [](double plies, double told) { return 10 * plies <= 9 * told; }};
}

Record swing_record() {
  return {is_more, [](double swing, double told) { return swing >= told + kSwingMargin; }};
}

}  // namespace keisei::studio

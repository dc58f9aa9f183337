#include "studio/health/strength_watch.h"

namespace keisei::studio {

void StrengthWatch::hear(const protocol::EvaluationFinished& evaluation) {
  if (!evaluation.random_score || !evaluation.random_low || !evaluation.random_high) return;
  if (!scores_.empty() && scores_.back().update >= evaluation.update) return;
  scores_.push_back({evaluation.update, *evaluation.random_score, *evaluation.random_low,
                     *evaluation.random_high});
  if (scores_.size() > kMost) scores_.pop_front();
}

void StrengthWatch::forget_from(std::int64_t update) {
  while (!scores_.empty() && scores_.back().update >= update) scores_.pop_back();
}

Progress StrengthWatch::progress() const {
  if (scores_.empty()) return Progress::unmeasured;
  if (scores_.size() == 1) return Progress::first;
  if (newest().low > before().high) return Progress::stronger;
  if (newest().high < before().low) return Progress::weaker;
  return newest().low >= ceiling_ ? Progress::ceiling : Progress::unclear;
}

}  // namespace keisei::studio

#include "studio/health/strength_watch.h"

#include <algorithm>

namespace keisei::studio {
namespace {

constexpr double kCeiling = 0.9;  // of the interval's lower end

}  // namespace

void StrengthWatch::hear(const protocol::EvaluationFinished& evaluation) {
  if (!evaluation.random_score || !evaluation.random_low || !evaluation.random_high) return;
  const Score score{evaluation.update, *evaluation.random_score, *evaluation.random_low,
                    *evaluation.random_high, evaluation.emitted_at};
  const bool is_known = std::any_of(scores_.begin(), scores_.end(), [&](const Score& one) {
    return one.update == score.update && one.emitted_at == score.emitted_at;
  });
  if (is_known) return;
  while (!scores_.empty() && scores_.back().update >= score.update) scores_.pop_back();
  scores_.push_back(score);
  if (scores_.size() > kBefore + 1) scores_.pop_front();
}

Progress StrengthWatch::progress() const {
  if (scores_.empty()) return Progress::unmeasured;
  if (scores_.size() == 1) return Progress::first;
  if (newest().low > before().high) return Progress::stronger;
  if (newest().high < before().low) return Progress::weaker;
  return newest().low >= kCeiling ? Progress::ceiling : Progress::unclear;
}

}  // namespace keisei::studio

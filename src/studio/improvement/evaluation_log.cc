#include "studio/improvement/evaluation_log.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {

bool EvaluationLog::hear(const Evaluation& evaluation) {
  if (!empty() && newest().update >= evaluation.update) return false;
  evaluations_.push_back(evaluation);
  if (evaluations_.size() > kMost) evaluations_.pop_front();
  return true;
}

void EvaluationLog::forget_from(std::int64_t update) {
  while (!empty() && newest().update >= update) evaluations_.pop_back();
}

const EvaluationLog::Evaluation* EvaluationLog::before() const {
  if (empty()) return nullptr;
  const double now = newest().emitted_at;
  const Evaluation* nearest = nullptr;
  for (const Evaluation& one : evaluations_) {
    const double age = now - one.emitted_at;
    if (!is_about_an_hour(age)) continue;
    if (nearest == nullptr || std::abs(age - kHour) < std::abs(now - nearest->emitted_at - kHour)) {
      nearest = &one;
    }
  }
  if (nearest != nullptr) return nearest;
  const double age = now - evaluations_.front().emitted_at;
  return age >= kLeastAge && age < kYoungestHour ? &evaluations_.front() : nullptr;
}

std::optional<double> EvaluationLog::age_of(std::int64_t opponent,
                                            const Evaluation& measured) const {
  for (const protocol::PastAge& told : measured.past_ages) {
    if (told.update == opponent) return told.seconds;
  }
  const auto found =
      std::lower_bound(evaluations_.begin(), evaluations_.end(), opponent,
                       [](const Evaluation& one, std::int64_t of) { return one.update < of; });
  if (found == evaluations_.end() || found->update != opponent) return std::nullopt;
  const double age = measured.emitted_at - found->emitted_at;
  return age > 0 ? std::optional(age) : std::nullopt;
}

}  // namespace keisei::studio

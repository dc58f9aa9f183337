#include "studio/improvement/verdict.h"

#include <cmath>

namespace keisei::studio {
namespace {

using protocol::EvaluationFinished;
using protocol::PastScore;
using protocol::Verdict;

double expected_score(double elo) { return 1 / (1 + std::pow(10, -elo / 400)); }

bool is_sound(const PastScore& score, const EvaluationFinished& measured) {
  return score.update < measured.update && score.wins + 0.0 + score.draws + score.losses > 0;
}

class Pool {
 public:
  void add(const PastScore& score, double age) {
    Games games;
    games.add(score.wins, score.draws, score.losses);
    ages_ += age * games.count();
    games_.add(games.wins, games.draws, games.losses);
  }
  const Games& games() const { return games_; }
  EarlierGames pooled(bool is_hour) const { return {games_, ages_ / games_.count(), is_hour}; }

 private:
  Games games_;
  double ages_ = 0;
};

std::optional<EarlierGames> of_an_hour(const EvaluationLog& log) {
  Pool pool;
  for (auto measured = log.all().rbegin(); measured != log.all().rend(); ++measured) {
    if (log.newest().emitted_at - measured->emitted_at > VerdictRule::kWindow) break;
    for (const PastScore& score : measured->past_scores) {
      const auto age = is_sound(score, *measured) ? log.age_of(score.update, *measured)
                                                  : std::optional<double>();
      if (age && is_about_an_hour(*age)) pool.add(score, *age);
    }
  }
  if (pool.games().count() < VerdictRule::kLeastGames) return std::nullopt;
  return pool.pooled(true);
}

std::optional<EarlierGames> of_less_than_an_hour(const EvaluationLog& log) {
  Pool pool;
  for (auto measured = log.all().rbegin(); measured != log.all().rend(); ++measured) {
    const PastScore* oldest = nullptr;
    double most = EvaluationLog::kLeastAge;
    for (const PastScore& score : measured->past_scores) {
      const auto age = is_sound(score, *measured) ? log.age_of(score.update, *measured)
                                                  : std::optional<double>();
      if (!age || *age < most || *age > kOldestHour) continue;
      most = *age;
      oldest = &score;
    }
    if (oldest != nullptr) pool.add(*oldest, most);
    if (pool.games().count() >= VerdictRule::kLeastGames) return pool.pooled(false);
  }
  return std::nullopt;
}

Verdict judge(const EarlierGames& earlier) {
  const ShareEstimate likely = earlier.games.share();
  const ShareEstimate sure = earlier.games.share(kOf995Percent);
  if (sure.low > 0.5) return Verdict::better;
  if (sure.high < 0.5) return Verdict::weaker;
  const double margin = expected_score(VerdictRule::kSteadyElo) - 0.5;
  if (earlier.is_hour && likely.low > 0.5 - margin && likely.high < 0.5 + margin) {
    return Verdict::steady;
  }
  if (likely.low > 0.5) return Verdict::maybe_better;
  return likely.high < 0.5 ? Verdict::maybe_weaker : Verdict::unclear;
}

}  // namespace

void VerdictRule::look(const EvaluationLog& log) {
  earlier_ = of_an_hour(log);
  if (!earlier_) earlier_ = of_less_than_an_hour(log);
  verdict_ = earlier_ ? judge(*earlier_) : Verdict::unknown;
  const EvaluationFinished& newest = log.newest();
  // Of what a resume has left behind nothing is remembered.
  if (last_better_ && last_better_->update >= newest.update) last_better_.reset();
  if (verdict_ == Verdict::steady && last_better_) verdict_ = Verdict::no_longer;
  if (verdict_ == Verdict::better) last_better_ = Progress{newest.update, newest.emitted_at};
}

}  // namespace keisei::studio

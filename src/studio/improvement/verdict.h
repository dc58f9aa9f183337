#pragma once

#include <cstdint>
#include <optional>

#include "protocol/improvement_messages.h"
#include "studio/history/share_estimate.h"
#include "studio/improvement/evaluation_log.h"

namespace keisei::studio {

/// Games of one network or of several, as numbers that no trainer can make too large.
struct Games {
  double wins = 0, draws = 0, losses = 0;

  double count() const { return wins + draws + losses; }
  double points() const { return wins + draws / 2; }
  /// Precondition: there are some.
  ShareEstimate share(double quantile = kOf95Percent) const {
    return share_of(points(), count(), quantile);
  }
  void add(double won, double drawn, double lost) {
    wins += won;
    draws += drawn;
    losses += lost;
  }
};

/// Games against earlier selves that are told of together.
struct EarlierGames {
  Games games;
  double age = 0;  // of the opponents, on average over the games
  bool is_hour = false;
};

/// Whether a run gets better, by the games of its evaluations against frozen networks of its own.
///
/// The games are those of the last hour of evaluations against networks that were 45 to 90 minutes
/// old. Where there are too few of them, as in a young run, they are those of the newest
/// evaluations, as many as kLeastGames need, against the oldest network that each of them met.
/// docs/improvement.md gives the error rates, verdict_test.cc simulates them.
class VerdictRule {
 public:
  static constexpr double kLeastGames = 40;
  static constexpr double kWindow = kHour;
  /// What is called steady has gained or lost less than so much in an hour.
  static constexpr double kSteadyElo = 60;

  struct Progress {
    std::int64_t update;
    double at;
  };

  /// The newest evaluation of the log has come.
  void look(const EvaluationLog& log);

  protocol::Verdict verdict() const { return verdict_; }
  /// What it is made of; none if nobody older was met.
  const std::optional<EarlierGames>& earlier() const { return earlier_; }
  /// When it was `better` last, of those before the newest evaluation.
  const std::optional<Progress>& last_better() const { return last_better_; }

 private:
  protocol::Verdict verdict_ = protocol::Verdict::unknown;
  std::optional<EarlierGames> earlier_;
  std::optional<Progress> last_better_;
};

}  // namespace keisei::studio

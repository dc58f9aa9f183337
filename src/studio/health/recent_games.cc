#include "studio/health/recent_games.h"

#include <cmath>

namespace keisei::studio {
namespace {

using protocol::Metric;
using protocol::Number;
using protocol::TrainerMetrics;

// How many games had ended before the update; none if nobody knows.
std::optional<std::int64_t> games_before(const UpdateHistory& history, std::size_t place) {
  const std::int64_t number = history.updates()[place].update;
  if (place == 0) return number == 1 ? std::optional<std::int64_t>(0) : std::nullopt;
  const TrainerMetrics& before = history.updates()[place - 1];
  return before.update + 1 == number ? std::optional(before.games) : std::nullopt;
}

// Adds the games that ended since the update before. Returns whether it tells how they went.
bool add(const TrainerMetrics& update, std::int64_t games, RecentGames& sum) {
  if (games < 0) return false;
  const Number black = metric(update, Metric::black_win_share);
  const Number white = metric(update, Metric::white_win_share);
  const Number length = metric(update, Metric::mean_length);
  if (games > 0 && !(black && white && length)) return false;
  ++sum.updates;
  if (games == 0) return true;
  const auto count = static_cast<double>(games);
  const std::int64_t black_wins = std::lround(*black * count);
  const std::int64_t white_wins = std::lround(*white * count);
  sum.games += games;
  sum.black += black_wins;
  sum.white += white_wins;
  sum.plies += *length * count;
  return black_wins + white_wins <= games && std::isfinite(sum.plies);
}

}  // namespace

std::optional<RecentGames> recent_games(const UpdateHistory& history) {
  RecentGames sum;
  const std::size_t known = history.updates().size();
  for (std::size_t place = known; place-- > 0 && sum.updates < history.recent();) {
    const auto before = games_before(history, place);
    RecentGames more = sum;
    if (!before || !add(history.updates()[place], history.updates()[place].games - *before, more)) {
      break;
    }
    sum = more;
  }
  if (sum.updates < history.thresholds().least() || sum.games == 0) return std::nullopt;
  return sum;
}

}  // namespace keisei::studio

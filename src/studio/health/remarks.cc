#include "studio/health/remarks.h"

#include <fmt/format.h>

#include <boost/describe/enum.hpp>
#include <cmath>
#include <utility>

#include "studio/history/share_estimate.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using protocol::Metric;
using protocol::Number;

BOOST_DEFINE_ENUM_CLASS(Remark, learning_rate_fell, learning_rate_rose, value_loss, draws,
                        many_draws, black_ahead, white_ahead, colours_even)

constexpr KeyFamily<Remark> kRemark("metrics.remark.*");
constexpr KeyFamily<protocol::Trend> kGameLength("metrics.remark.game_length.*");

template <Metric kMetric>
Number reported(const protocol::TrainerMetrics& update) {
  return metric(update, kMetric);
}

std::string whole(double value) {
  return value < 1e6 ? fmt::format("{:.0f}", value) : figure(value);
}

// Whose share of the decided games is not by chance another than half.
Remark whoever_is_ahead(const ShareEstimate& black) {
  if (black.low > 0.5) return Remark::black_ahead;
  return black.high < 0.5 ? Remark::white_ahead : Remark::colours_even;
}

}  // namespace

std::string Remarks::learning_rate(const UpdateHistory& history, Language language) const {
  const std::vector<double> rates = history.recent_values(reported<Metric::learning_rate>);
  if (rates.size() < 2) return "";
  const double least =
      history.thresholds().cut(Cut::learning_rate_change) * std::abs(rates.front());
  if (std::abs(rates.back() - rates.front()) <= least) return "";
  return content_.text(language,
                       kRemark(rates.back() < rates.front() ? Remark::learning_rate_fell
                                                            : Remark::learning_rate_rose),
                       {{"from", figure(rates.front())},
                        {"to", figure(rates.back())},
                        {"n", std::to_string(history.recent())}});
}

std::string Remarks::value_loss(const UpdateHistory& history, Language language) const {
  const Number median = history.median(reported<Metric::value_loss>);
  if (!median) return "";
  const std::size_t values = history.recent_values(reported<Metric::value_loss>).size();
  return content_.text(language, kRemark(Remark::value_loss),
                       {{"median", figure(*median)}, {"n", std::to_string(values)}});
}

// Where they go is seen in all updates that are remembered.
std::string Remarks::game_length(const UpdateHistory& history, const RecentGames& games,
                                 Language language) const {
  return content_.text(language, kGameLength(history.trend(reported<Metric::mean_length>)),
                       {{"moves", whole(games.mean_length())},
                        {"n", std::to_string(games.updates)},
                        {"all", std::to_string(history.updates().size())}});
}

std::string Remarks::draws(const UpdateHistory& history, const RecentGames& games,
                           Language language) const {
  const double share = static_cast<double>(games.drawn()) / static_cast<double>(games.games);
  const bool are_many = share > history.thresholds().cut(Cut::many_draws);
  return content_.text(language, kRemark(are_many ? Remark::many_draws : Remark::draws),
                       {{"share", percent(share)}, {"games", std::to_string(games.games)}});
}

std::string Remarks::colours(const RecentGames& games, Language language) const {
  if (games.decided() == 0) return "";
  const ShareEstimate black =
      share_of(static_cast<double>(games.black), static_cast<double>(games.decided()));
  return content_.text(language, kRemark(whoever_is_ahead(black)),
                       {{"share", percent(black.share)},
                        {"low", percent(black.low)},
                        {"high", percent(black.high)},
                        {"games", std::to_string(games.decided())}});
}

std::vector<std::string> Remarks::write(const UpdateHistory& history, Level level,
                                        Language language) const {
  std::vector<std::string> all;
  const auto say = [&](std::string sentence) {
    if (!sentence.empty()) all.push_back(std::move(sentence));
  };
  if (level == Level::beginner) return all;
  say(learning_rate(history, language));
  if (level == Level::advanced) say(value_loss(history, language));
  if (const auto games = recent_games(history)) {
    say(game_length(history, *games, language));
    say(draws(history, *games, language));
    say(colours(*games, language));
  }
  return all;
}

Keys Remarks::keys() { return kRemark.keys() + kGameLength.keys(); }

}  // namespace keisei::studio

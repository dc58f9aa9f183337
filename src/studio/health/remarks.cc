#include "studio/health/remarks.h"

#include <boost/describe/enum.hpp>
#include <cmath>
#include <utility>

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using protocol::Metric;
using protocol::Number;

BOOST_DEFINE_ENUM_CLASS(Remark, learning_rate_fell, learning_rate_rose, value_loss)

constexpr KeyFamily<Remark> kRemark("metrics.remark.*");

template <Metric kMetric>
Number reported(const protocol::TrainerMetrics& update) {
  return metric(update, kMetric);
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

std::vector<std::string> Remarks::write(const UpdateHistory& history, Level level,
                                        Language language) const {
  std::vector<std::string> all;
  const auto say = [&](std::string sentence) {
    if (!sentence.empty()) all.push_back(std::move(sentence));
  };
  if (level != Level::beginner) say(learning_rate(history, language));
  if (level == Level::advanced) say(value_loss(history, language));
  return all;
}

Keys Remarks::keys() { return kRemark.keys(); }

}  // namespace keisei::studio

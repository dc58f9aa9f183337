#pragma once

#include <array>
#include <boost/describe/enum.hpp>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/enum_names.h"
#include "base/result.h"
#include "studio/health/bands.h"

namespace keisei::studio {

/// From where on something is said that is no band of a metric.
///
/// `self_test_kl`: a KL divergence before an update's first step that is greater is one.
/// `few_clipped`: of the clip fraction to expect; less are few. `many_clipped`: of the same; more
/// are many. `learning_rate_change`: less of the rate is none. `many_draws`: of the games.
BOOST_DEFINE_ENUM_CLASS(Cut, self_test_kl, few_clipped, many_clipped, learning_rate_change,
                        many_draws)

/// content/thresholds.json: from where on a metric is called what. Whoever teaches with the show
/// changes it without touching code. What values there can be and where the cuts come from is for
/// the page, but nothing is taken without it.
class ThresholdTable {
 public:
  /// Fails, naming the file and what is wrong in it.
  static Result<ThresholdTable> load(const std::filesystem::path& file);

  const BandScale& scale(protocol::HealthMetric metric) const {
    return scales_[static_cast<std::size_t>(metric)];
  }
  /// How many of the newest updates a sentence speaks of, and how few are too few for one.
  int window() const { return window_; }
  int least() const { return least_; }
  double cut(Cut which) const { return cuts_[static_cast<std::size_t>(which)]; }
  /// As CSS: "#10b981".
  const std::string& color(std::optional<protocol::Health> health) const;

 private:
  friend struct ThresholdReader;
  ThresholdTable() = default;

  std::vector<BandScale> scales_;
  std::array<std::string, kEnumerators<protocol::Health>> colors_;
  std::string color_of_unknown_;
  int window_ = 0;
  int least_ = 0;
  std::array<double, kEnumerators<Cut>> cuts_{};
};

}  // namespace keisei::studio

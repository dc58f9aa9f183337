#include "studio/history/trend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <vector>

namespace keisei::studio {
namespace {

using protocol::Trend;

constexpr std::size_t kBlocks = 16;
constexpr std::size_t kWaves = 6;
constexpr double kQuantile = 3.7074;  // of Student's t with kWaves degrees of freedom, 99.5 %
// A change over the whole window that is less than this share of the values is rounding.
constexpr double kRounding = 1e-6;

static_assert(kLeastMeasurements >= kBlocks);

using Blocks = std::array<double, kBlocks>;

double dot(const Blocks& a, const Blocks& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double mean(const Blocks& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / kBlocks;
}

Blocks centred(Blocks values) {
  const double middle = mean(values);
  for (double& value : values) value -= middle;
  return values;
}

double median(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

// Takes out what `direction` explains of `values`.
void remove(const Blocks& direction, Blocks& values) {
  const double share = dot(values, direction) / dot(direction, direction);
  for (std::size_t i = 0; i < kBlocks; ++i) values[i] -= share * direction[i];
}

// The variance of the residuals as the slowest waves show it. `x` is centred.
double slow_variance(const Blocks& x, const Blocks& residuals) {
  std::vector<Blocks> known{Blocks{}, x};
  known[0].fill(1);
  double sum = 0;
  for (std::size_t wave = 1; known.size() < kWaves + 2; ++wave) {
    Blocks cosine;
    for (std::size_t i = 0; i < kBlocks; ++i) {
      cosine[i] = std::cos(std::numbers::pi * static_cast<double>(wave) *
                           (static_cast<double>(i) + 0.5) / kBlocks);
    }
    for (const Blocks& direction : known) remove(direction, cosine);
    const double weight = dot(cosine, residuals);
    sum += weight * weight / dot(cosine, cosine);
    known.push_back(cosine);
  }
  return sum / kWaves;
}

}  // namespace

void TrendWindow::add(std::int64_t update, double value) {
  while (!points_.empty() && points_.back().update >= update) points_.pop_back();
  points_.push_back({update, value});
  if (points_.size() > kMost) points_.pop_front();
}

TrendEstimate trend_of(const std::deque<TrendPoint>& points, std::size_t least) {
  if (points.size() < std::max(least, kBlocks)) return {};
  Blocks x{};
  Blocks y{};
  for (std::size_t i = 0; i < kBlocks; ++i) {
    const std::size_t begin = i * points.size() / kBlocks;
    const std::size_t end = (i + 1) * points.size() / kBlocks;
    std::vector<double> values;
    for (std::size_t k = begin; k < end; ++k) {
      values.push_back(points[k].value);
      x[i] += static_cast<double>(points[k].update) / static_cast<double>(end - begin);
    }
    y[i] = median(values);
  }
  const double level = std::abs(mean(y));
  x = centred(x);
  const Blocks change = centred(y);
  const double slope = dot(x, change) / dot(x, x);
  Blocks residuals = change;
  remove(x, residuals);
  const double error = kQuantile * std::sqrt(slow_variance(x, residuals) / dot(x, x));

  TrendEstimate estimate{Trend::steady, slope, slope - error, slope + error};
  const bool is_rounding = std::abs(slope) * (x.back() - x.front()) <= kRounding * level;
  if (std::abs(slope) > error && !is_rounding) {
    estimate.trend = slope > 0 ? Trend::rising : Trend::falling;
  }
  return estimate;
}

}  // namespace keisei::studio

#include "rl/evaluation/rating.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace keisei::rl {
namespace {

constexpr double kEloPerNat = 400 / std::numbers::ln10;
constexpr int kMostSteps = 100;
constexpr double kAccuracy = 1e-9;  // nats
constexpr double kLongestStep = 2;  // nats: far from the maximum the parabola is no guide

using Vector = std::vector<double>;

// Symmetric and positive definite; row by row.
class Matrix {
 public:
  explicit Matrix(std::size_t size) : size_(size), values_(size * size) {}
  double& at(std::size_t row, std::size_t column) { return values_[row * size_ + column]; }
  std::size_t size() const { return size_; }

  // Cholesky's decomposition, in place: the lower triangle.
  void decompose() {
    for (std::size_t j = 0; j < size_; ++j) {
      for (std::size_t k = 0; k < j; ++k) at(j, j) -= at(j, k) * at(j, k);
      at(j, j) = std::sqrt(at(j, j));
      for (std::size_t i = j + 1; i < size_; ++i) {
        for (std::size_t k = 0; k < j; ++k) at(i, j) -= at(i, k) * at(j, k);
        at(i, j) /= at(j, j);
      }
    }
  }
  // After decompose(): x with A x = b.
  Vector solve(Vector b) {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t k = 0; k < i; ++k) b[i] -= at(i, k) * b[k];
      b[i] /= at(i, i);
    }
    for (std::size_t i = size_; i-- > 0;) {
      for (std::size_t k = i + 1; k < size_; ++k) b[i] -= at(k, i) * b[k];
      b[i] /= at(i, i);
    }
    return b;
  }

 private:
  std::size_t size_;
  Vector values_;
};

// Gradient of the log likelihood and its negated Hessian. The parameters are ln(g) of every player;
// the anchor's, which is not free, is held by a unit row.
struct Curvature {
  Vector gradient;
  Matrix information;
};

Curvature curvature(const Vector& at, std::span<const Pairing> pairings,
                    const RatingOptions& options) {
  Curvature result{Vector(at.size()), Matrix(at.size())};
  for (const Pairing& pairing : pairings) {
    const auto i = static_cast<std::size_t>(pairing.first);
    const auto j = static_cast<std::size_t>(pairing.second);
    const double games = pairing.wins + pairing.draws + pairing.losses;
    const double expected = 1 / (1 + std::exp(at[j] - at[i]));
    const double missing = pairing.wins + 0.5 * pairing.draws - games * expected;
    result.gradient[i] += missing;
    result.gradient[j] -= missing;
    const double variance = games * expected * (1 - expected);
    result.information.at(i, i) += variance;
    result.information.at(j, j) += variance;
    result.information.at(i, j) -= variance;
    result.information.at(j, i) -= variance;
  }
  if (options.prior_sd > 0) {
    const double weight = std::pow(kEloPerNat / options.prior_sd, 2);
    for (std::size_t i = 0; i < at.size(); ++i) {
      result.gradient[i] -= weight * at[i];
      result.information.at(i, i) += weight;
    }
  }
  const auto anchor = static_cast<std::size_t>(options.anchor);
  result.gradient[anchor] = 0;
  for (std::size_t k = 0; k < at.size(); ++k) {
    result.information.at(anchor, k) = result.information.at(k, anchor) = 0;
  }
  result.information.at(anchor, anchor) = 1;
  return result;
}

}  // namespace

std::vector<Rating> rate(int players, std::span<const Pairing> pairings,
                         const RatingOptions& options) {
  Vector at(static_cast<std::size_t>(players));
  for (int i = 0; i < kMostSteps; ++i) {
    Curvature here = curvature(at, pairings, options);
    here.information.decompose();
    const Vector step = here.information.solve(here.gradient);
    double longest = 0;
    for (const double part : step) longest = std::max(longest, std::abs(part));
    const double scale = std::min(1.0, kLongestStep / std::max(longest, kAccuracy));
    for (std::size_t k = 0; k < at.size(); ++k) at[k] += scale * step[k];
    if (longest < kAccuracy) break;
  }
  Curvature here = curvature(at, pairings, options);
  here.information.decompose();
  std::vector<Rating> ratings;
  for (std::size_t i = 0; i < at.size(); ++i) {
    Vector unit(at.size());
    unit[i] = 1;
    const double variance =
        i == static_cast<std::size_t>(options.anchor) ? 0 : here.information.solve(unit)[i];
    const double elo = kEloPerNat * at[i], half = 1.959964 * kEloPerNat * std::sqrt(variance);
    ratings.push_back({elo, elo - half, elo + half});
  }
  return ratings;
}

}  // namespace keisei::rl

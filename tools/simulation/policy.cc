#include "simulation/policy.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace keisei::simulation {
namespace {

constexpr std::array<float, 5> kShares = {0.3F, 0.15F, 0.1F, 0.075F, 0.06F};

}  // namespace

std::vector<Choice> choices_at(const shogi::Position& position) {
  std::vector<Choice> choices;
  const shogi::MoveList legal = position.legal_moves();
  const std::size_t count = std::min(kShares.size(), legal.size());
  for (std::size_t i = 0; i < count; ++i) {
    choices.push_back({legal[(position.key() + i) % legal.size()], kShares.at(i)});
  }
  return choices;
}

double value_at(const shogi::Position& position) {
  return static_cast<double>((position.key() >> 20U) % 2001) / 1000 - 1;
}

double metric_at(std::int64_t update, protocol::Metric metric) {
  using protocol::Metric;
  const auto phase = static_cast<double>(update % 97) / 97;
  switch (metric) {
    case Metric::policy_loss:
      return 0.02 * phase - 0.01;
    case Metric::entropy:
      return 3 - phase;
    case Metric::entropy_max:
      return 4;
    case Metric::kl_divergence:
      return 0.03 * phase;
    case Metric::clip_fraction:
      return 0.4 * phase;
    case Metric::explained_variance:
      return phase - 0.25;
    case Metric::samples_per_s:
      return 100 + static_cast<double>(update % 900);
    default:
      return 0.5 + phase;
  }
}

double score_at(std::int64_t update) { return static_cast<double>(update % 101) / 101; }

}  // namespace keisei::simulation

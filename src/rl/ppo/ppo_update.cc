#include "rl/ppo/ppo_update.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace keisei::rl {
namespace {

// An epoch is stopped when a quarter of it has been seen, or more: the divergence of one minibatch
// strays so much that with many of them some pass any limit.
constexpr int kJudgedPart = 4;

}  // namespace

PpoUpdate::PpoUpdate(const Options& options, WorkerPool& pool, ProcessGroup* group,
                     Learners& learners, Optimizer& optimizer, Network* reference)
    : options_(options),
      pool_(pool),
      group_(group),
      learners_(learners),
      optimizer_(optimizer),
      reference_(reference) {}

LearnSums PpoUpdate::differentiate(const RolloutBuffer& rollout, std::span<const int> samples) {
  const int count = static_cast<int>(samples.size());
  const int everywhere = count * (group_ != nullptr ? group_->size() : 1);
  std::vector<LearnSums> parts(learners_.size());
  pool_.run([&](int worker) {
    const auto at = static_cast<std::size_t>(worker);
    if (at >= learners_.size()) return;
    const Share share = share_of(count, worker, static_cast<int>(learners_.size()));
    learners_[at]->gather(rollout,
                          samples.subspan(static_cast<std::size_t>(share.begin),
                                          static_cast<std::size_t>(share.end - share.begin)),
                          options_.environment.max_plies);
    parts[at] = learners_[at]->differentiate(options_.ppo, everywhere, reference_);
  });
  LearnSums sums;
  for (const LearnSums& part : parts) sums += part;
  if (group_ != nullptr) {
    double values[] = {sums.policy, sums.value,   sums.entropy,
                       sums.kl,     sums.clipped, sums.divergence};
    group_->sum(std::span<double>(values));
    sums = {values[0], values[1], values[2], values[3], values[4], values[5]};
  }
  return sums;
}

std::string PpoUpdate::blame(const std::string& what) {
  for (const auto& learner : learners_) {
    if (const auto tensor = learner->first_not_finite()) {
      return what + "; the first tensor that is not: " + *tensor;
    }
  }
  return what;
}

int PpoUpdate::available_everywhere(int here) const {
  if (group_ == nullptr) return here;
  double least[] = {-static_cast<double>(here)};
  group_->largest(std::span<double>(least));
  return static_cast<int>(-least[0]);
}

Result<LearnMetrics> PpoUpdate::run(const RolloutBuffer& rollout, LearnMetrics metrics,
                                    Random& shuffle, LearningRate& learning_rate,
                                    const std::stop_token& stop) {
  const PpoOptions& ppo = options_.ppo;
  std::vector<int> order = rollout.learnable();
  const int available = available_everywhere(static_cast<int>(order.size()));
  const int minibatch = std::min(ppo.minibatch, available);
  const int planned = minibatch > 0 ? available / minibatch : 0;  // minibatches an epoch
  const int everywhere = minibatch * (group_ != nullptr ? group_->size() : 1);
  LearnSums all, last_epoch;
  int seen = 0, seen_last_epoch = 0;
  double grad_norms = 0, first_kl = 0;
  bool stopped = false;
  for (int epoch = 0; epoch < ppo.epochs && !stopped && minibatch > 0; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[shuffle.below(static_cast<std::uint32_t>(i))]);
    }
    last_epoch = {};
    seen_last_epoch = 0;
    for (int begin = 0; begin + minibatch <= available; begin += minibatch) {
      if (stop.stop_requested()) {
        metrics.given_up = true;
        return metrics;
      }
      const LearnSums sums =
          differentiate(rollout, std::span(order).subspan(static_cast<std::size_t>(begin),
                                                          static_cast<std::size_t>(minibatch)));
      if (!std::isfinite(sums.policy)) return fail(blame("the policy loss is not finite"));
      if (!std::isfinite(sums.value)) return fail(blame("the value loss is not finite"));
      if (seen == 0) first_kl = std::max(0.0, sums.kl / everywhere);
      all += sums;
      last_epoch += sums;
      seen += everywhere;
      seen_last_epoch += everywhere;
      // Too far already: stop before this minibatch takes the policy further still.
      const bool judged = epoch > 0 && kJudgedPart * (begin / minibatch + 1) >= planned;
      if (ppo.target_kl > 0 && judged && last_epoch.kl / seen_last_epoch > 1.5 * ppo.target_kl) {
        stopped = true;
        break;
      }
      const Result<double> norm = optimizer_.step(learners_);
      if (!norm) return fail(blame(norm.error().message));
      grad_norms += *norm;
      ++metrics.minibatches;
    }
  }
  if (seen == 0) return metrics;
  learning_rate.adapt(last_epoch.kl / seen_last_epoch);
  using hook::Metric;
  hook::Figures& figures = metrics.figures;
  figures[Metric::policy_loss] = all.policy / seen;
  figures[Metric::value_loss] = all.value / seen;
  figures[Metric::entropy] = all.entropy / seen;
  // The k3 estimate, mean(ratio - 1 - log ratio), is never negative but for rounding.
  figures[Metric::kl_divergence] = std::max(0.0, last_epoch.kl / seen_last_epoch);
  figures[Metric::clip_fraction] = last_epoch.clipped / seen_last_epoch;
  figures[Metric::grad_norm] = grad_norms / std::max(1, metrics.minibatches);
  if (ppo.target_kl > 0) figures[Metric::target_kl] = ppo.target_kl;
  figures[Metric::first_kl] = first_kl;
  figures[Metric::planned_share] =
      metrics.minibatches / (static_cast<double>(ppo.epochs) * (available / minibatch));
  metrics.kl_from_older = reference_ == nullptr ? std::numeric_limits<double>::quiet_NaN()
                                                : last_epoch.divergence / seen_last_epoch;
  return metrics;
}

}  // namespace keisei::rl

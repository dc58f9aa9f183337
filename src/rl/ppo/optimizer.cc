#include "rl/ppo/optimizer.h"

#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "rl/ppo/adam.h"

namespace keisei::rl {
namespace {

using torch::Tensor;

constexpr double kEpsilon = 1e-5;  // as in the original implementation of PPO

float* data_of(const Tensor& tensor) { return tensor.data_ptr<float>(); }

// The same values in the memory order of `model`.
void align(Tensor& tensor, const Tensor& model) {
  if (!tensor.defined()) {
    tensor = torch::zeros_like(model);
  } else if (tensor.strides() != model.strides()) {
    tensor = torch::empty_like(model).copy_(tensor);
  }
}

// Calls visit(i, begin, count) for the worker's part of every tensor.
template <class Visit>
void for_each_part(const std::vector<Tensor>& tensors, int worker, int workers, Visit visit) {
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const Share share = share_of(static_cast<int>(tensors[i].numel()), worker, workers);
    visit(i, static_cast<std::size_t>(share.begin),
          static_cast<std::size_t>(share.end - share.begin));
  }
}

}  // namespace

Optimizer::Optimizer(std::shared_ptr<Network> network, const PpoOptions& options, WorkerPool& pool,
                     ProcessGroup* group)
    : network_(std::move(network)),
      options_(options),
      pool_(pool),
      group_(group),
      adam_(network_->parameters(),
            torch::optim::AdamOptions(options.learning_rate).eps(kEpsilon)) {}

void Optimizer::set_learning_rate(double rate) {
  for (auto& group : adam_.param_groups()) {
    static_cast<torch::optim::AdamOptions&>(group.options()).lr(rate);
  }
}

void Optimizer::add_up_workers(Learners& learners) {
  for (const auto& learner : learners) {
    for (Tensor& parameter : learner->parameters()) align(parameter.mutable_grad(), parameter);
  }
  if (learners.size() == 1) return;
  const auto& own = learners.front()->parameters();
  pool_.run([&](int worker) {
    for_each_part(own, worker, pool_.size(), [&](std::size_t i, std::size_t begin, std::size_t n) {
      for (std::size_t other = 1; other < learners.size(); ++other) {
        add(data_of(own[i].grad()) + begin,
            data_of(learners[other]->parameters()[i].grad()) + begin, n);
      }
    });
  });
}

void Optimizer::add_up_processes(const std::vector<Tensor>& parameters) {
  if (group_ == nullptr) return;
  exchanged_.clear();
  for (const Tensor& parameter : parameters) {
    const Tensor gradient = parameter.grad().cpu();
    const float* const from = data_of(gradient);
    exchanged_.insert(exchanged_.end(), from, from + gradient.numel());
  }
  group_->sum(std::span<float>(exchanged_));
  const float* from = exchanged_.data();
  for (const Tensor& parameter : parameters) {
    const Tensor sum = torch::empty_like(parameter.grad(), torch::kCPU);
    std::copy_n(from, sum.numel(), data_of(sum));
    parameter.grad().copy_(sum);
    from += sum.numel();
  }
}

double Optimizer::norm_of_gradient(const Learners& learners) {
  const auto& own = learners.front()->parameters();
  if (!own.front().is_cpu()) {
    std::vector<Tensor> norms;
    for (const Tensor& parameter : own) norms.push_back(parameter.grad().norm());
    return torch::stack(norms).norm().item<double>();
  }
  std::vector<double> squares(static_cast<std::size_t>(pool_.size()));
  pool_.run([&](int worker) {
    for_each_part(own, worker, pool_.size(), [&](std::size_t i, std::size_t begin, std::size_t n) {
      squares[static_cast<std::size_t>(worker)] +=
          sum_of_squares(data_of(own[i].grad()) + begin, n);
    });
  });
  return std::sqrt(std::accumulate(squares.begin(), squares.end(), 0.0));
}

std::string Optimizer::first_not_finite(const Learners& learners) const {
  const auto& parameters = learners.front()->parameters();
  const auto named = network_->named_parameters();
  // Gradients arise from the last layer to the first.
  for (std::size_t i = parameters.size(); i-- > 0;) {
    if (!torch::isfinite(parameters[i].grad()).all().item<bool>()) return named[i].key();
  }
  return "all weights together";
}

torch::optim::AdamParamState& Optimizer::state_of(const Tensor& parameter) {
  auto& slot = adam_.state()[c10::guts::to_string(parameter.unsafeGetTensorImpl())];
  if (slot == nullptr) {
    auto fresh = std::make_unique<torch::optim::AdamParamState>();
    fresh->step(0);
    fresh->exp_avg(torch::zeros_like(parameter));
    fresh->exp_avg_sq(torch::zeros_like(parameter));
    slot = std::move(fresh);
  }
  auto& state = static_cast<torch::optim::AdamParamState&>(*slot);
  align(state.exp_avg(), parameter);
  align(state.exp_avg_sq(), parameter);
  return state;
}

Result<double> Optimizer::step(Learners& learners) {
  const torch::NoGradGuard without_gradient;
  const auto& parameters = learners.front()->parameters();
  add_up_workers(learners);
  add_up_processes(parameters);
  const double norm = norm_of_gradient(learners), limit = options_.max_grad_norm;
  if (!std::isfinite(norm)) {
    return fail("the gradient of " + first_not_finite(learners) + " is not finite");
  }
  const double scale = limit > 0 && norm > limit ? limit / norm : 1;
  if (parameters.front().is_cpu()) {
    step_on_cpu(parameters, scale);
  } else {
    for (const Tensor& parameter : parameters) parameter.grad().mul_(scale);
    adam_.step();
  }
  return norm;
}

void Optimizer::step_on_cpu(const std::vector<Tensor>& parameters, double grad_scale) {
  const auto& settings =
      static_cast<const torch::optim::AdamOptions&>(adam_.param_groups()[0].options());
  AdamStep step{.learning_rate = settings.lr(), .epsilon = kEpsilon, .grad_scale = grad_scale};
  std::vector<std::pair<float*, float*>> moments;
  for (const Tensor& parameter : parameters) {
    torch::optim::AdamParamState& state = state_of(parameter);
    state.step(state.step() + 1);
    step.step = state.step();
    moments.emplace_back(data_of(state.exp_avg()), data_of(state.exp_avg_sq()));
  }
  pool_.run([&](int worker) {
    for_each_part(
        parameters, worker, pool_.size(), [&](std::size_t i, std::size_t begin, std::size_t n) {
          adam_update(step, data_of(parameters[i]) + begin, data_of(parameters[i].grad()) + begin,
                      moments[i].first + begin, moments[i].second + begin, n);
        });
  });
}

}  // namespace keisei::rl

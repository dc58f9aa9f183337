#include "rl/evaluation/evaluation_thread.h"

#include <cassert>
#include <exception>
#include <string>
#include <utility>

#include "base/thread_priority.h"

namespace keisei::rl {

EvaluationThread::EvaluationThread(Evaluate evaluate)
    : evaluate_(std::move(evaluate)),
      thread_([this](const std::stop_token& stop) { serve(stop); }) {}

EvaluationThread::~EvaluationThread() {
  thread_.request_stop();
  thread_.join();
}

bool EvaluationThread::is_idle() const {
  const std::lock_guard lock(mutex_);
  return !busy_;
}

void EvaluationThread::start(Snapshot snapshot) {
  {
    const std::lock_guard lock(mutex_);
    assert(!busy_);
    busy_ = true;
    next_ = std::move(snapshot);
  }
  wake_.notify_one();
}

std::vector<Evaluation> EvaluationThread::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(done_, {});
}

void EvaluationThread::serve(const std::stop_token& stop) {
  // Not idle: beside two busy cores that would make an evaluation take longer than the interval to
  // the next.
  lower_priority(ThreadPriority::lowest);
  for (;;) {
    Snapshot snapshot;
    {
      std::unique_lock lock(mutex_);
      if (!wake_.wait(lock, stop, [this] { return next_.has_value(); })) return;
      snapshot = std::move(*next_);
      next_.reset();
    }
    std::optional<Evaluation> evaluation;
    try {
      evaluation = evaluate_(snapshot, stop);
    } catch (const std::exception& error) {
      evaluation = Evaluation{.complete = false};
      evaluation->problems.push_back(std::string("evaluation: ") + error.what());
    }
    const std::lock_guard lock(mutex_);
    if (evaluation) done_.push_back(std::move(*evaluation));
    busy_ = false;
  }
}

}  // namespace keisei::rl

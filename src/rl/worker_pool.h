#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace keisei::rl {

/// Runs one job on `size` threads at a time; the caller is worker 0. For small networks this beats
/// letting each tensor operation use several threads: see docs/configuration.md, run.threads.
class WorkerPool {
 public:
  explicit WorkerPool(int size);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  int size() const { return static_cast<int>(threads_.size()) + 1; }

  /// Calls job(worker) for every worker in [0, size) and waits for all of them. The first
  /// exception of any of them is thrown again here.
  void run(const std::function<void(int)>& job);

 private:
  void serve(int worker);

  std::mutex mutex_;
  std::condition_variable started_, finished_;
  const std::function<void(int)>* job_ = nullptr;
  std::uint64_t generation_ = 0;
  int running_ = 0;
  bool stopping_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

/// The part of `count` items that belongs to one of `workers`.
struct Share {
  int begin, end;
};
inline Share share_of(int count, int worker, int workers) {
  return {static_cast<int>(static_cast<long long>(count) * worker / workers),
          static_cast<int>(static_cast<long long>(count) * (worker + 1) / workers)};
}

}  // namespace keisei::rl

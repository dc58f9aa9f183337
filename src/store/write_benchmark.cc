// How fast the store confirms what is promised: each vote, or whatever else somebody is told is
// kept, is on the disk first. Where the temporary folder is (TMPDIR) is the disk that is measured.
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/temporary_folder.h"
#include "harness/measure.h"
#include "store/sqlite_store.h"

namespace {

using namespace keisei;
using namespace keisei::store;
using std::chrono::steady_clock;

constexpr int kVotes = 20'000;
constexpr int kVotesPerSecond = 5'000;
constexpr int kWaiting = 2'048;  // at most so many at a time

/// A store that is asked to keep one promised thing after another, and how long each took.
class Ballot {
 public:
  void vote() {
    const auto begin = steady_clock::now();
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return waiting_ < kWaiting; });
      ++waiting_;
    }
    store_.keep({KeptMilestone{"run", std::to_string(++votes_), 7, 1.0, {}, {}, 1763848000}},
                [this, begin](bool kept) {
                  const std::chrono::duration<double, std::milli> took =
                      steady_clock::now() - begin;
                  const std::lock_guard lock(mutex_);
                  if (!kept) std::abort();
                  milliseconds_.push_back(took.count());
                  --waiting_;
                  changed_.notify_one();
                });
  }
  /// Of each vote.
  std::vector<double> milliseconds() {
    store_.settle();
    return milliseconds_;
  }

 private:
  const TemporaryFolder folder_;
  const SystemClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  std::mutex mutex_;
  std::condition_variable changed_;
  int waiting_ = 0;
  int votes_ = 0;
  std::vector<double> milliseconds_;
  SqliteStore store_{{folder_ / "show.db"}, clock_, counters_, notices_};
};

double votes_per_second() {
  Ballot ballot;
  ballot.milliseconds();  // it is open
  const auto begin = steady_clock::now();
  for (int i = 0; i < kVotes; ++i) ballot.vote();
  ballot.milliseconds();
  return kVotes / std::chrono::duration<double>(steady_clock::now() - begin).count();
}

double confirm_p99_ms() {
  Ballot ballot;
  ballot.milliseconds();
  const auto begin = steady_clock::now();
  for (int i = 0; i < kVotes; ++i) {
    std::this_thread::sleep_until(begin +
                                  std::chrono::microseconds(1'000'000) * i / kVotesPerSecond);
    ballot.vote();
  }
  return harness::quantile(ballot.milliseconds(), 0.99);
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(argc, argv, "store.write",
                                "Votes that the store confirms, each on the disk", [] {
                                  return std::vector<harness::Measurement>{
                                      {"votes_per_s", harness::at_least(5'000), votes_per_second},
                                      {"confirm_p99_ms", harness::at_most(50), confirm_p99_ms}};
                                });
}

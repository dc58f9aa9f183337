#include "hook/transport/round_trips.h"

#include <algorithm>
#include <chrono>
#include <vector>

namespace keisei::hook {
namespace {

using namespace std::chrono_literals;

constexpr auto kWindow = 10s;
// An older one was kept over an outage, or the wall clock was set in between.
constexpr double kMostAge = 60;
constexpr std::size_t kMostWaiting = 4096;
constexpr std::size_t kMostSamples = 256;

}  // namespace

void RoundTrips::sent(std::uint64_t seq, SteadyTime now, double age_s) {
  if (!(age_s >= 0 && age_s < kMostAge)) return;
  const auto age =
      std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double>(age_s));
  waiting_.push_back({seq, now - age});
  if (waiting_.size() > kMostWaiting) waiting_.pop_front();
}

void RoundTrips::acknowledged(std::uint64_t seq, SteadyTime now) {
  for (; !waiting_.empty() && waiting_.front().seq <= seq; waiting_.pop_front()) {
    if (waiting_.front().seq < seq) continue;
    const auto took = now - waiting_.front().emitted;
    samples_.push_back({now, std::chrono::duration<double, std::milli>(took).count()});
    if (samples_.size() > kMostSamples) samples_.pop_front();
  }
}

protocol::Number RoundTrips::median_ms(SteadyTime now) const {
  std::vector<double> recent;
  for (const Sample& sample : samples_) {
    if (now - sample.at <= kWindow) recent.push_back(sample.ms);
  }
  if (recent.empty()) return std::nullopt;
  const auto middle = recent.begin() + static_cast<std::ptrdiff_t>(recent.size() / 2);
  std::nth_element(recent.begin(), middle, recent.end());
  return *middle;
}

}  // namespace keisei::hook

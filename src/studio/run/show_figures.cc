#include "studio/run/show_figures.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

constexpr auto kLatencyWindow = 10s;
constexpr std::size_t kMostLatencies = 2000;
constexpr auto kEdgeForgotten = 15s;

}  // namespace

void ShowFigures::count_viewers(const std::string& edge, int viewers, SteadyTime now) {
  std::erase_if(viewers_, [now](const auto& one) { return now - one.second.at > kEdgeForgotten; });
  viewers_[edge] = {viewers, now};
}

int ShowFigures::viewers(SteadyTime now) const {
  int sum = 0;
  for (const auto& [edge, count] : viewers_) {
    if (now - count.at <= kEdgeForgotten) sum += count.viewers;
  }
  return sum;
}

void ShowFigures::record_latency(double emitted_at, double shown_at, SteadyTime now) {
  const double ms = (shown_at - emitted_at) * 1000;
  // A negative one means that the trainer's clock is another machine's.
  if (ms < 0) return;
  latencies_.push_back({now, ms});
  while (latencies_.size() > kMostLatencies) latencies_.pop_front();
}

protocol::Number ShowFigures::latency_ms(SteadyTime now) const {
  std::vector<double> recent;
  for (const Sample& sample : latencies_) {
    if (now - sample.at <= kLatencyWindow) recent.push_back(sample.ms);
  }
  if (recent.empty()) return std::nullopt;
  const auto middle = recent.begin() + static_cast<std::ptrdiff_t>(recent.size() / 2);
  std::nth_element(recent.begin(), middle, recent.end());
  return *middle;
}

double ShowFigures::uptime_s(SteadyTime now) const {
  return std::chrono::duration<double>(now - started_).count();
}

}  // namespace keisei::studio

#include "studio/run/show_figures.h"

#include <chrono>

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

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

double ShowFigures::uptime_s(SteadyTime now) const {
  return std::chrono::duration<double>(now - started_).count();
}

}  // namespace keisei::studio

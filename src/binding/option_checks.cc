#include "binding/option_checks.h"

#include <fmt/format.h>
#include <unistd.h>

#include "binding/event_checks.h"

namespace keisei::binding {
namespace {

Result<void> expect_between(std::string_view argument, double given, double least, double most) {
  if (given >= least && given <= most) return {};
  return refuse(argument, fmt::format("{}, expected {} to {}", given, least, most));
}

}  // namespace

Result<void> check_flush_deadline(std::string_view argument, double given, double a_second) {
  constexpr double kDay = 24 * 60 * 60;
  return expect_between(argument, given, 0, kDay * a_second);
}

Result<void> check_publisher_cpu(int cpu) {
  return expect_between("publisher_cpu", cpu, -1,
                        static_cast<double>(sysconf(_SC_NPROCESSORS_CONF) - 1));
}

Result<void> check_impact_limit(double pct) {
  if (pct >= 0) return {};
  return refuse("impact_limit_pct", fmt::format("{}, expected at least 0", pct));
}

}  // namespace keisei::binding

#include "doctor/descriptor_check.h"

#include <fmt/format.h>

namespace keisei::doctor {
namespace {

constexpr rlim_t kBesidesViewers = 200;
// A page, its trainer and its operator.
constexpr rlim_t kLeast = 64;

}  // namespace

Finding check_descriptors(rlim_t most, std::size_t max_viewers) {
  const rlim_t needed = static_cast<rlim_t>(max_viewers) + kBesidesViewers;
  if (most == RLIM_INFINITY) return {"descriptors", Verdict::ok, "no limit"};
  if (most >= needed) {
    return {"descriptors", Verdict::ok,
            fmt::format("{}, enough for {} viewers", most, max_viewers)};
  }
  const rlim_t viewers = most > kBesidesViewers ? most - kBesidesViewers : 0;
  return {"descriptors", most < kLeast ? Verdict::failed : Verdict::warning,
          fmt::format("{} may be open, {} viewers need {}", most, max_viewers, needed),
          fmt::format("raise the hard limit (systemd: LimitNOFILE={}, shell: ulimit -Hn {}), or "
                      "expect no more than {} viewers (--max-viewers)",
                      needed, needed, viewers)};
}

}  // namespace keisei::doctor

#include "doctor/clock_check.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/timex.h>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace keisei::doctor {
namespace {

// No program of ours was built before.
constexpr double kFirstOfJanuary2025 = 1735689600;
// Nobody at a page sees less.
constexpr double kMostApart = 2;
constexpr const char* kKeep =
    "let systemd-timesyncd, chrony or the host keep it: `timedatectl set-ntp true`";

}  // namespace

ClockState state_of_own_clock() {
  timex request{};  // modes 0: only asks
  const int state = ::adjtimex(&request);
  if (state < 0) return ClockState::unknown;
  return state == TIME_ERROR || (request.status & STA_UNSYNC) != 0 ? ClockState::not_kept
                                                                   : ClockState::kept;
}

Finding check_own_clock(ClockState state, WallTime now) {
  const std::string shown = fmt::format("{:%Y-%m-%d %H:%M:%S} UTC",
                                        fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
  if (unix_seconds(now) < kFirstOfJanuary2025) {
    return {"clock", Verdict::failed, "this machine believes that it is " + shown, kKeep};
  }
  switch (state) {
    case ClockState::kept:
      return {"clock", Verdict::ok, shown + ", kept right"};
    case ClockState::not_kept:
      return {"clock", Verdict::warning, shown + ", and nobody keeps it right", kKeep};
    case ClockState::unknown:
      break;
  }
  return {"clock", Verdict::ok, shown};
}

Finding compare_clocks(double theirs, WallTime asked, WallTime answered) {
  const double before = unix_seconds(asked);
  const double after = unix_seconds(answered);
  // Where between the two it was read is not known.
  const double least = theirs - after;
  const double most = theirs - before;
  const double apart = (least + most) / 2;
  const double error = std::abs(most - least) / 2;
  const std::string found =
      fmt::format("the showcase's clock is {:.3f} s (±{:.3f}) {} this machine's", std::abs(apart),
                  error, apart < 0 ? "behind" : "ahead of");
  if (std::max(0.0, std::abs(apart) - error) <= kMostApart) {
    return {"trainer_clock", Verdict::ok, found};
  }
  return {"trainer_clock", Verdict::warning, found,
          std::string("on the machine that is wrong, ") + kKeep};
}

}  // namespace keisei::doctor

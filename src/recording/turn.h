#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "broker/input.h"
#include "store/run_memory.h"

/// What a studio worked in, kept in a file, so that another studio can work in the same.
namespace keisei::recording {

/// By both clocks, in whole microseconds.
struct Moment {
  SteadyTime steady{};
  WallTime wall{};

  friend bool operator==(const Moment&, const Moment&) = default;
};

/// No clock shows more, either way: it is 285 years, and the clocks' nanoseconds still hold it.
inline constexpr std::int64_t kMostMicroseconds = 9'000'000'000'000'000;

/// None where no clock can be.
inline std::optional<Moment> moment_at(std::int64_t steady_us, std::int64_t wall_us) {
  using std::chrono::microseconds;
  for (const std::int64_t time : {steady_us, wall_us}) {
    if (time < -kMostMicroseconds || time > kMostMicroseconds) return std::nullopt;
  }
  return Moment{SteadyTime(microseconds(steady_us)), WallTime(microseconds(wall_us))};
}

/// The studio kept an appointment of its own.
struct Appointment {};

/// The keeper answered for the oldest promise that it had not answered for.
struct PromiseAnswered {
  bool kept;
};

/// Why the studio took a turn.
using Cause = std::variant<Appointment, PromiseAnswered, broker::Input>;

/// What the studio asked its library during a turn, and what it was told.
struct Recall {
  std::optional<std::string> run_id;               // none: it asked for the newest run
  std::shared_ptr<const store::RunMemory> memory;  // null: nothing was known
  bool is_unreadable = false;                      // nobody knew whether anything was
};

/// One turn of a studio: with its content and options, all that what it made of it depends on.
struct Turn {
  Moment at;
  Cause cause;
  std::vector<Recall> recalls{};
};

}  // namespace keisei::recording

#pragma once

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
};

/// One turn of a studio: with its content and options, all that what it made of it depends on.
struct Turn {
  Moment at;
  Cause cause;
  std::vector<Recall> recalls{};
};

}  // namespace keisei::recording

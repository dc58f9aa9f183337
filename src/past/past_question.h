#pragma once

#include <cmath>
#include <cstdint>

#include "base/result.h"
#include "http/query.h"
#include "protocol/routing.h"

namespace keisei::past {

/// A moment of the past is a whole millisecond.
inline std::int64_t milliseconds(double seconds) { return std::llround(seconds * 1000); }
inline double seconds(std::int64_t milliseconds) {
  return static_cast<double>(milliseconds) / 1000;
}

/// What of the past is asked for, in seconds since the epoch: what came after `from`, up to `to`.
struct PastQuestion {
  /// Between the two.
  static constexpr std::int64_t kMostSeconds = 60;

  double from = -1;
  double to = -1;
  protocol::Level level = protocol::Level::intermediate;
  protocol::Language language = protocol::Language::en;
  protocol::ChannelMask channels = protocol::ChannelMask::all();
  bool with_present = true;  // first what was on air at `from`
};

/// The question that a query asks (docs/looking-back.md). The error names the parameter.
Result<PastQuestion> past_question_of(const http::Query& query);

}  // namespace keisei::past

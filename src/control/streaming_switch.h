#pragma once

#include "base/clock.h"
#include "base/counters.h"
#include "broker/broker.h"
#include "http/rate_limit.h"
#include "http/router.h"

namespace keisei::control {

/// What became of the operator's word.
BOOST_DEFINE_ENUM_CLASS(Word, taken, malformed, rate_limited, unavailable)

/// `POST /api/v1/streaming` with `{"streaming": false}`: training sends nothing but heartbeats
/// until it is true again. 204 when the studio has taken it; else a problem that says why not.
class StreamingSwitch {
 public:
  static constexpr std::size_t kMaxBody = 256;

  /// All that is passed in outlives the last answer.
  StreamingSwitch(broker::EdgeSide& broker, const Clock& clock, Counters& counters);

  void handle(const http::Request& request, const http::Reply& reply);

 private:
  broker::EdgeSide& broker_;
  const Clock& clock_;
  CounterFamily<Word> words_;
  http::RateLimit rate_;
};

}  // namespace keisei::control

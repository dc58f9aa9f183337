#pragma once

#include <string>

#include "base/clock.h"
#include "base/counters.h"
#include "base/result.h"
#include "broker/broker.h"
#include "http/rate_limit.h"
#include "http/router.h"

namespace keisei::control {

/// What became of the operator's word.
BOOST_DEFINE_ENUM_CLASS(Word, taken, malformed, rate_limited, unavailable)

/// The operator's words to the studio. Answered with 204 when it has taken them; else with a
/// problem that says why not.
///
/// `POST /api/v1/streaming` with `{"streaming": false}`: training sends nothing but heartbeats
/// until it is true again. `POST /api/v1/game` with `{"command": "pause_game"}`, or another command
/// of the game on screen; `set_pace` goes with `seconds_per_move`.
class OperatorWords {
 public:
  static constexpr std::size_t kMaxBody = 256;

  /// All that is passed in outlives the last answer.
  OperatorWords(broker::EdgeSide& broker, const Clock& clock, Counters& counters);

  void on_streaming(const http::Request& request, const http::Reply& reply);
  void on_game(const http::Request& request, const http::Reply& reply);

 private:
  using Said = Result<broker::OperatorSaid>;
  void pass_on(const http::Request& request, Said (*read)(const std::string& body),
               const http::Reply& reply);

  broker::EdgeSide& broker_;
  const Clock& clock_;
  CounterFamily<Word> words_;
  http::RateLimit rate_;
};

}  // namespace keisei::control

#pragma once

#include <boost/describe/enum.hpp>

#include "base/counters.h"
#include "broker/receipt.h"
#include "protocol/types.h"

namespace keisei::edge {

/// Why a WebSocket connection ended.
using Leaving = protocol::CloseReason;

/// Why a viewer is not admitted.
BOOST_DEFINE_ENUM_CLASS(NoRoom, shutting_down, full, full_for_address, foreign_origin)

/// What became of a viewer's message.
BOOST_DEFINE_ENUM_CLASS(Heard, hello, passed_on, malformed, unauthorized, unavailable, rate_limited)

/// What a studio that another has replaced may still send.
BOOST_DEFINE_ENUM_CLASS(OldStudio, frames, words, answers)

/// Everything that an edge counts.
struct EdgeCounters {
  explicit EdgeCounters(Counters& counters);

  // Who has said hello.
  Gauge& viewers;
  Counter& joined;
  CounterFamily<Leaving> left;
  CounterFamily<Leaving> strangers_left;  // who never has
  CounterFamily<NoRoom> turned_away;
  CounterFamily<Heard> heard;

  Counter& frames;     // from the studio
  Counter& conflated;  // frames that a newer one replaced before a slow viewer took them
  CounterFamily<OldStudio> old_studio;

  Gauge& trainers;
  CounterFamily<Leaving> trainers_left;
  Counter& trainers_unauthorized;
  Counter& telemetry_taken;
  CounterFamily<broker::Refusal> telemetry_refused;
  Counter& trainer_pauses;  // times that a trainer was not read because the studio is behind
};

}  // namespace keisei::edge

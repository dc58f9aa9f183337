#pragma once

#include <boost/describe/enum.hpp>

#include "base/counters.h"

namespace keisei::redis {

/// What came from another process and could not be read: it is of another build, or damaged.
BOOST_DEFINE_ENUM_CLASS(Unreadable, frames, words, inputs, answers)

inline CounterFamily<Unreadable> count_unreadable(Counters& counters) {
  return counters.family<Unreadable>("keisei_broker_unreadable_total",
                                     "From another process, and left out: it cannot be read here.",
                                     "kind");
}

}  // namespace keisei::redis

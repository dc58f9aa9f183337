#pragma once

#include "protocol/describe.h"
#include "protocol/types.h"

namespace keisei::protocol {

struct Replay {
  ReplayState state;
  double recorded_at;
  double shown_at;
  double position_s;
  double length_s;
  double speed;
};
KEISEI_SERVER_MESSAGE(
    Replay, "replay", system, newest, viewers,
    "The show is a recording: everything else that is sent was sent then, with the times of then. "
    "Comes once a second; a live show never sends it.",
    KEISEI_FIELD(state, "Whether there is more to come."),
    KEISEI_FIELD(recorded_at, "When the recording begins.", kTime),
    KEISEI_FIELD(shown_at, "The moment that is on screen.", kTime),
    KEISEI_FIELD(position_s, "The same from the beginning of the recording.", .unit = "s", .min = 0,
                 .digits = 6),
    KEISEI_FIELD(length_s, "Of the whole recording.", .unit = "s", .min = 0, .digits = 6),
    KEISEI_FIELD(speed, "1 is the pace of then.", .min = 0, .digits = 4))

}  // namespace keisei::protocol

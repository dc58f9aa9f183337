#pragma once

#include <cstdint>
#include <string>

#include "protocol/messages.h"

/// What a showcase answers on `/ingest`. Trainers may ignore all of it.
namespace keisei::protocol {

struct TelemetryAcknowledged {
  std::int64_t received;
};
KEISEI_MESSAGE(TelemetryAcknowledged, "telemetry_acknowledged", showcase,
               "The showcase has the first messages of this connection; what it did not "
               "acknowledge is sent again over the next one. At most ten a second.",
               KEISEI_FIELD(received, "How many: the `seq` of the last of them.", .min = 0))

struct StreamControl {
  bool streaming;
};
KEISEI_MESSAGE(StreamControl, "stream_control", showcase,
               "The operator's word, obeyed at once: the only thing that flows back.",
               KEISEI_FIELD(streaming, "False: send nothing but heartbeats until told otherwise."))

KEISEI_ENUM(Unusable,
            "What of telemetry comes to nothing. `message`: it is not as described here, came "
            "before `run_started`, or is of a network of another shape than was told there; "
            "`metric`: it is out of its range, or an evaluation that came after that of a newer "
            "network; `game`: it cannot be shown; `choice`: a move that the policy considered is "
            "none, and is left out.",
            message, metric, game, choice)

struct TelemetryUnusable {
  Unusable what;
  std::string reason;
  std::int64_t times;
};
KEISEI_MESSAGE(TelemetryUnusable, "telemetry_unusable", showcase,
               "Something that was acknowledged and comes to nothing, for whoever looks after the "
               "trainer: sending it again would not help. At most one a second of each kind.",
               KEISEI_FIELD(what, "Which part."),
               KEISEI_FIELD(reason, "What is wrong with the latest.", .max_size = 512),
               KEISEI_FIELD(times, "How many since it was told last.", .min = 1))

using IngestReplies = MessageList<TelemetryAcknowledged, StreamControl, TelemetryUnusable>;

}  // namespace keisei::protocol

#pragma once

#include <cstdint>

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

using IngestReplies = MessageList<TelemetryAcknowledged, StreamControl>;

}  // namespace keisei::protocol

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "protocol/describe.h"
#include "protocol/types.h"

/// What the edges tell the studio, described like every message that crosses a process.
namespace keisei::broker {

/// A trainer's connection: a random number, unique over all edges.
using Session = std::int64_t;
inline constexpr Session kMaxSession = (Session{1} << 53) - 1;  // exact in JSON

struct TrainerOpened {
  Session session;
};

struct Telemetry {
  Session session;
  std::string json;
};

struct TrainerClosed {
  Session session;
};

struct ViewerSaid {
  std::string viewer;
  std::string json;
};

struct OperatorSaid {
  protocol::Command command;
  protocol::Number seconds_per_move{};

  static constexpr std::string_view kPaceRule =
      "seconds_per_move: goes with set_pace, and with nothing else";
  bool keeps_pace_rule() const {
    return (command == protocol::Command::set_pace) == seconds_per_move.has_value();
  }
};

struct ChatSaid {
  std::string platform;
  std::string author;
  std::string text;
};

struct ViewersCounted {
  std::string edge;
  int viewers;
};

using Input = std::variant<TrainerOpened, Telemetry, TrainerClosed, ViewerSaid, OperatorSaid,
                           ChatSaid, ViewersCounted>;

}  // namespace keisei::broker

namespace keisei::protocol {

KEISEI_MESSAGE(broker::TrainerOpened, "trainer_opened", none,
               "A trainer was admitted to `/ingest`. The newest one is the one that counts.",
               KEISEI_FIELD(session, "Its connection.", .min = 0, .max = broker::kMaxSession))

KEISEI_MESSAGE(broker::Telemetry, "telemetry", none,
               "One message of a trainer as it came: the studio decodes it, so that edges need "
               "not know its form.",
               KEISEI_FIELD(session, "Whose.", .min = 0, .max = broker::kMaxSession),
               KEISEI_FIELD(json, "The message.", .max_size = protocol::kMaxMessageBytes))

KEISEI_MESSAGE(broker::TrainerClosed, "trainer_closed", none, "A trainer's connection has ended.",
               KEISEI_FIELD(session, "Which.", .min = 0, .max = broker::kMaxSession))

KEISEI_MESSAGE(broker::ViewerSaid, "viewer_said", none,
               "A viewer's message that is not for the edge itself, whole and within the "
               "limits of its rate and size.",
               KEISEI_FIELD(viewer, "The client id.", .max_size = 32),
               KEISEI_FIELD(json, "The message; it decodes as a client's.",
                            .max_size = protocol::kMaxClientBytes))

KEISEI_MESSAGE(broker::OperatorSaid, "operator_said", none,
               "The operator's word; the token has been checked.",
               KEISEI_FIELD(command, "What to do."),
               KEISEI_FIELD(seconds_per_move, "With `set_pace`.", .unit = "s",
                            .min = protocol::kFastestPace, .max = protocol::kSlowestPace,
                            .may_be_absent = true))

KEISEI_MESSAGE(broker::ChatSaid, "chat_said", none, "A line of a chat beside the stream.",
               KEISEI_FIELD(platform, "`twitch`, `web`.", .max_size = 32),
               KEISEI_FIELD(author, "Unique on the platform.", .max_size = 64),
               KEISEI_FIELD(text, "What was said.", .max_size = 1024))

KEISEI_MESSAGE(broker::ViewersCounted, "viewers_counted", none,
               "How many viewers an edge serves now; sent on change and at least once in ten "
               "seconds.",
               KEISEI_FIELD(edge, "Unique among edges.", .max_size = 64),
               KEISEI_FIELD(viewers, "Connected to it.", .min = 0))

}  // namespace keisei::protocol

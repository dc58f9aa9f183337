#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/notices.h"
#include "protocol/describe.h"

namespace keisei::control {

/// How it stands with one thing that can stop working, or can go wrong now and then.
struct TopicStatus {
  std::string topic;
  std::string what;
  bool failing;
  std::string reason;
  double since;
  std::int64_t failures;
  std::int64_t happenings;
};

/// What `GET /api/v1/status` answers.
struct Status {
  std::string version;
  int protocol;
  double time;
  double uptime_s;
  bool failing;
  std::vector<TopicStatus> topics;
};

Status status_of(const Notices& notices, const Clock& clock, SteadyTime began);
std::string json_of(const Status& status);

}  // namespace keisei::control

namespace keisei::protocol {

KEISEI_PART(control::TopicStatus, "How it stands with one thing.",
            KEISEI_FIELD(topic, "Its stable name, the one in the log and in `/metrics`."),
            KEISEI_FIELD(what, "The same for people."),
            KEISEI_FIELD(failing, "Whether it does not work now."),
            KEISEI_FIELD(reason,
                         "The latest reason, also when it works again; empty if there never was "
                         "one.",
                         .max_size = 512),
            KEISEI_FIELD(since,
                         "When it last stopped or began to work, or last happened; 0 if never.",
                         .unit = "s since the epoch", .min = 0, .digits = kTimeDigits),
            KEISEI_FIELD(failures, "How often it has stopped working.", .min = 0),
            KEISEI_FIELD(happenings, "How often something without an end went wrong.", .min = 0))

KEISEI_PART(control::Status, "How the show is.",
            KEISEI_FIELD(version, "Of keisei-showcase.", .max_size = 32),
            KEISEI_FIELD(protocol, "Of the messages to viewers.", .min = 1),
            KEISEI_FIELD(time, "This machine's clock.", .unit = "s since the epoch", .min = 0,
                         .digits = kTimeDigits),
            KEISEI_FIELD(uptime_s, "How long the show has been on.", .unit = "s", .min = 0),
            KEISEI_FIELD(failing, "Whether anything does not work now."),
            KEISEI_FIELD(topics, "Everything that is watched."))

}  // namespace keisei::protocol

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/types.h"

/// What goes over the API of the two ports and no viewer's page reads: health, refusals, and the
/// operator's side (docs/operator.md). docs/openapi.json is written from it.
namespace keisei::protocol {

KEISEI_ENUM(HealthWord, "Nothing else is ever said: who is not well does not answer.", ok)

struct EdgeHealth {
  HealthWord status;
  int viewers;
  std::int64_t joined;
  std::int64_t frames;
  std::int64_t conflated;
  std::map<std::string, std::int64_t> left;
  double time;
};
KEISEI_PART(EdgeHealth, "That the public port lives.", KEISEI_FIELD(status, "That it does."),
            KEISEI_FIELD(viewers, "Who have said hello and are here.", .min = 0),
            KEISEI_FIELD(joined, "Who have said hello.", .min = 0),
            KEISEI_FIELD(frames, "Of the studio.", .min = 0),
            KEISEI_FIELD(conflated,
                         "States that newer ones replaced before slow viewers took them.",
                         .min = 0),
            KEISEI_FIELD(left, "Who are gone, by the reason; without those of nobody.", .min = 0,
                         .max_size = 64),
            KEISEI_FIELD(time, "This machine's clock.", kTime))

struct Readiness {
  HealthWord status;
};
KEISEI_PART(Readiness, "That viewers may come.", KEISEI_FIELD(status, "That they may."))

struct OperatorHealth {
  HealthWord status;
  std::int64_t uptime_s;
};
KEISEI_PART(OperatorHealth, "That the operator's port lives.",
            KEISEI_FIELD(status, "That it does."),
            KEISEI_FIELD(uptime_s, "How long the show has been on.", .unit = "s", .min = 0))

struct ProblemDetails {
  std::string type;
  std::string title;
  int status;
  std::string detail;
  ErrorCode code;
  std::optional<std::string> field;
};
KEISEI_PART(ProblemDetails, "Why something was refused (RFC 9457).",
            KEISEI_FIELD(type, "Always `about:blank`: the status and `code` say it."),
            KEISEI_FIELD(title, "The status in words."),
            KEISEI_FIELD(status, "The status.", .min = 400, .max = 599),
            KEISEI_FIELD(detail, "Why, for people.", .max_size = 8192),
            KEISEI_FIELD(code, "Why, for programs; `failed` where the status says it all."),
            KEISEI_FIELD(field, "The parameter, header or field that is wrong, where one is.",
                         .max_size = 8192, .may_be_absent = true))

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
KEISEI_PART(TopicStatus, "How it stands with one thing.",
            KEISEI_FIELD(topic, "Its stable name, the one in the log and in `/metrics`."),
            KEISEI_FIELD(what, "The same for people."),
            KEISEI_FIELD(failing, "Whether it does not work now."),
            KEISEI_FIELD(reason,
                         "The latest reason, also when it works again; empty if there never was "
                         "one.",
                         .max_size = 512),
            KEISEI_FIELD(since,
                         "When it last stopped or began to work, or last happened; 0 if never.",
                         .unit = kTime.unit, .min = 0, .digits = kTimeDigits),
            KEISEI_FIELD(failures, "How often it has stopped working.", .min = 0),
            KEISEI_FIELD(happenings, "How often something without an end went wrong.", .min = 0))

struct ShowStatus {
  std::string version;
  int protocol;
  double time;
  double uptime_s;
  bool failing;
  std::vector<TopicStatus> topics;
};
KEISEI_PART(ShowStatus, "How the show is.",
            KEISEI_FIELD(version, "Of keisei-showcase.", .max_size = 32),
            KEISEI_FIELD(protocol, "Of the messages to viewers.", .min = 1),
            KEISEI_FIELD(time, "This machine's clock.", .unit = kTime.unit, .min = 0,
                         .digits = kTimeDigits),
            KEISEI_FIELD(uptime_s, "How long the show has been on.", .unit = "s", .min = 0),
            KEISEI_FIELD(failing, "Whether anything does not work now."),
            KEISEI_FIELD(topics, "Everything that is watched."))

struct StreamingWish {
  bool streaming;
};
KEISEI_PART(StreamingWish, "The operator's wish.",
            KEISEI_FIELD(streaming, "False: send nothing but heartbeats until told otherwise."))

struct GameWish {
  Command command;
  Number seconds_per_move;
};
KEISEI_PART(GameWish, "What the operator wants of the game on screen.",
            KEISEI_FIELD(command, "What to do; not `stop_streaming` or `resume_streaming`."),
            KEISEI_FIELD(seconds_per_move, "With `set_pace`, and only with it.", .unit = "s",
                         .min = kFastestPace, .max = kSlowestPace, .may_be_absent = true))

}  // namespace keisei::protocol

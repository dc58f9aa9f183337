#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/printable.h"
#include "protocol/describe.h"
#include "protocol/types.h"

namespace keisei::protocol {

struct Hello {
  std::optional<Level> level;
  std::optional<Language> language;
  std::optional<std::vector<ChannelWish>> channels;
  std::optional<int> max_fps;
  std::optional<Quality> quality;
};
KEISEI_MESSAGE(
    Hello, "hello", client,
    "A client's first message, and any later one that changes its wishes. The bare fields without "
    "`type` and `data` are accepted too. Unknown fields are ignored.",
    KEISEI_FIELD(level, "How much the viewer wants explained. `educational_level` is an alias."),
    KEISEI_FIELD(language, "Language of every text."),
    KEISEI_FIELD(channels, "What to receive.", .max_size = 16),
    KEISEI_FIELD(max_fps, "At most this many frames of each channel per second.", .unit = "1/s",
                 .min = 1, .max = 60),
    KEISEI_FIELD(quality, "Whether to send fewer frames."))

struct Control {
  std::string token;
  Command command;
  Number seconds_per_move{};
};
KEISEI_MESSAGE(
    Control, "control", client,
    "The operator's word. Answered only by what it changes, in `system_status` or `game_state`, or "
    "by an `error` with code `unauthorized`, `bad_field` or `unavailable`.",
    KEISEI_FIELD(token, "The operator token.", .max_size = 128),
    KEISEI_FIELD(command, "What to do."),
    KEISEI_FIELD(seconds_per_move, "With `set_pace`, and only with it.", .unit = "s",
                 .min = kFastestPace, .max = kSlowestPace, .may_be_absent = true))

struct PastRange {
  double from;
  double to;
};
KEISEI_PART(PastRange,
            "The moments that a viewer can look back at; also answers `GET /api/v1/range`.",
            KEISEI_FIELD(from, "The oldest.", kTime),
            KEISEI_FIELD(to, "The newest: it moves on with the show.", kTime))

struct ConnectionEstablished {
  std::string client_id;
  int protocol_version;
  double server_time;
  std::vector<Channel> available_channels;
  Level level;
  Language language;
  std::vector<Channel> channels;
  std::optional<PastRange> range;
};
KEISEI_SERVER_MESSAGE(
    ConnectionEstablished, "connection_established", system, reply, viewer,
    "The answer to a hello. The latest frame of every subscribed channel follows.",
    KEISEI_FIELD(client_id, "128 random bits in hexadecimal."),
    KEISEI_FIELD(protocol_version, "Rises with incompatible changes.", .min = 1),
    KEISEI_FIELD(server_time, "The server's clock.", kTime),
    KEISEI_FIELD(available_channels, "Channels that this server sends."),
    KEISEI_FIELD(level, "The level in force for this client."),
    KEISEI_FIELD(language, "The language in force for this client."),
    KEISEI_FIELD(channels, "The channels this client now receives."),
    KEISEI_FIELD(range, "What can be looked back at over HTTP; null: nothing."))

struct ErrorMessage {
  ErrorCode code;
  std::string field;
  std::string message;
};
KEISEI_SERVER_MESSAGE(ErrorMessage, "error", system, reply, viewer,
                      "The client's last message was refused; the connection lives on.",
                      KEISEI_FIELD(code, "Why, for programs."),
                      KEISEI_FIELD(field, "The offending field, empty if there is none."),
                      KEISEI_FIELD(message, "Why, in English.", .max_size = 512))

/// The answer to what was refused with `error`, within its bounds whatever was refused.
inline ErrorMessage error_message(const Error& error) {
  return {error.code, printable(error.field, 256), printable(error.message, 512)};
}

struct RunView {
  std::string name;
  std::string preset;
  std::string device;
  std::int64_t parameters;
  int tower_depth;
  int tower_width;
  Reward reward;
  std::string reward_text;
  double started_at;
};
KEISEI_PART(RunView, "The training run that is being shown.",
            KEISEI_FIELD(name, "What the streamer calls it."),
            KEISEI_FIELD(preset, "The configuration preset of the trainer."),
            KEISEI_FIELD(device, "Where it trains: `cpu`, `cuda:0`."),
            KEISEI_FIELD(parameters, "Weights of the network.", .min = 0),
            KEISEI_FIELD(tower_depth, "Residual blocks.", .min = 0),
            KEISEI_FIELD(tower_width, "Channels of each block.", .min = 0),
            KEISEI_FIELD(reward, "What is rewarded."),
            KEISEI_FIELD(reward_text, "The reward explained, in the viewer's language.",
                         .max_size = 512),
            KEISEI_FIELD(started_at, "When the run began.", kTime))

struct HookView {
  bool connected;
  std::int64_t emitted;
  std::int64_t dropped;
  std::int64_t withheld;
  Number impact_pct;
  Number impact_low_pct;
  Number impact_high_pct;
  std::string impact_text;
  StreamingStage stage;
  bool stopped;
};
KEISEI_PART(HookView, "What the streaming hook costs the trainer and what it lost.",
            KEISEI_FIELD(connected, "Whether a trainer is connected."),
            KEISEI_FIELD(emitted, "Events the trainer handed to the hook.", .min = 0),
            KEISEI_FIELD(dropped, "Events the hook dropped instead of waiting.", .min = 0),
            KEISEI_FIELD(withheld,
                         "Events left out on purpose: to measure the impact, because it was too "
                         "high, or on the operator's word.",
                         .min = 0),
            KEISEI_FIELD(impact_pct, "Measured slowdown of training; null until measured.",
                         .unit = "%", .digits = 3),
            KEISEI_FIELD(impact_low_pct, "Lower end of its 95 % interval.", .unit = "%",
                         .digits = 3),
            KEISEI_FIELD(impact_high_pct, "Upper end of its 95 % interval.", .unit = "%",
                         .digits = 3),
            KEISEI_FIELD(impact_text, "What that interval says, in the viewer's language.",
                         .max_size = 512),
            KEISEI_FIELD(stage, "How much the hook streams: less when that costs too much."),
            KEISEI_FIELD(stopped, "Whether the operator stopped the stream."))

struct SystemStatus {
  TrainingState training;
  std::string text;
  double since;
  std::optional<RunView> run;
  std::int64_t update;
  std::int64_t games;
  Number samples_per_s;
  int viewers;
  HookView hook;
  Number latency_ms;
  double uptime_s;
  Number next_update_at;
  Number next_evaluation_at;
};
KEISEI_SERVER_MESSAGE(
    SystemStatus, "system_status", system, newest, viewers,
    "Whether training runs, and how the show does.",
    KEISEI_FIELD(training, "Whether a trainer is there and speaks."),
    KEISEI_FIELD(text, "The state in the viewer's language.", .max_size = 512),
    KEISEI_FIELD(since, "When this state began.", kTime),
    KEISEI_FIELD(run, "Null before the first trainer."),
    KEISEI_FIELD(update, "PPO updates so far.", .min = 0),
    KEISEI_FIELD(games, "Finished games of all environments.", .min = 0),
    KEISEI_FIELD(samples_per_s, "Positions learned from.", .unit = "1/s", .min = 0, .digits = 4),
    KEISEI_FIELD(viewers, "Connected viewers.", .min = 0),
    KEISEI_FIELD(hook, "The trainer's side of the show."),
    KEISEI_FIELD(latency_ms,
                 "Median of the last 10 s from the trainer's emit, over the finished frame, to the "
                 "confirmation that is back at the trainer: by one clock. Null until measured.",
                 .unit = "ms", .min = 0, .digits = 4),
    KEISEI_FIELD(uptime_s, "Age of the showcase process.", .unit = "s", .min = 0, .digits = 6),
    KEISEI_FIELD(next_update_at,
                 "When the next update is to be expected: the latest one and the median time "
                 "between the last ones. Null while they are too few or too uneven, and while "
                 "nobody trains.",
                 .unit = kTime.unit, .min = 0, .digits = kTime.digits),
    KEISEI_FIELD(next_evaluation_at, "The same of the next evaluation.", .unit = kTime.unit,
                 .min = 0, .digits = kTime.digits))

}  // namespace keisei::protocol

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/messages.h"
#include "protocol/telemetry.h"
#include "protocol/types.h"

/// What an address says behind its '?', and in its path: described as messages are, read by
/// read_query.h. What is no std::optional has to be given. `/events` takes a Hello.
namespace keisei::protocol {

KEISEI_ENUM(GameOrder, "Which games come first.", newest, oldest, longest, shortest)
KEISEI_ENUM(Winner, "Who won, if anybody did.", black, white, draw)
KEISEI_ENUM(GameFormat, "What other programs read.", kif, csa, usi, jkf)
KEISEI_ENUM(YesNo, "Whether.", yes, no)

/// Of an address, in seconds since the epoch: the last one is of the year 9999.
inline constexpr Rule kMoment{
    .unit = kTime.unit, .min = 0, .max = 253'402'300'799, .digits = kTimeDigits};

/// The most that a list gives at once.
inline constexpr int kLongestPage = 100;

struct VariantQuery {
  std::optional<Level> level;
  std::optional<Language> language;
};
KEISEI_PART(VariantQuery, "The form of a message.",
            KEISEI_FIELD(level, "How much is explained; `intermediate` unless it is said."),
            KEISEI_FIELD(language, "Of every text; `en` unless it is said."))

struct GamesQuery {
  std::optional<std::string> run;
  std::optional<Winner> winner;
  std::optional<EndReason> reason;
  std::optional<std::int64_t> min_plies;
  std::optional<std::int64_t> max_plies;
  std::optional<std::int64_t> min_update;
  std::optional<std::int64_t> max_update;
  std::optional<std::string> opening;
  std::optional<std::string> castle;
  std::optional<GameOrder> order;
  std::optional<int> limit;
  std::optional<std::string> after;
};
KEISEI_PART(GamesQuery, "Which games are looked for.",
            KEISEI_FIELD(run, "Of the run of this id.", .max_size = 40),
            KEISEI_FIELD(winner, "That ended so."), KEISEI_FIELD(reason, "That ended for it."),
            KEISEI_FIELD(min_plies, "Of at least so many moves.", .min = 0, .max = kMostPlies),
            KEISEI_FIELD(max_plies, "Of at most so many moves.", .min = 0, .max = kMostPlies),
            KEISEI_FIELD(min_update, "Played by the network after this PPO update or a later one.",
                         .min = 0, .max = static_cast<double>(kMaxInteger)),
            KEISEI_FIELD(max_update, "The same, or an earlier one.", .min = 0,
                         .max = static_cast<double>(kMaxInteger)),
            KEISEI_FIELD(opening,
                         "In which either player, or both, had it: an id of "
                         "`content/openings.json`.",
                         .max_size = 64),
            KEISEI_FIELD(castle,
                         "In which it was the largest that a player completed: an id of "
                         "`content/castles.json`.",
                         .max_size = 64),
            KEISEI_FIELD(order, "`newest` unless it is said."),
            KEISEI_FIELD(limit, "At most so many; 20 unless it is said.", .min = 1,
                         .max = kLongestPage),
            KEISEI_FIELD(after, "Behind the page that gave this `next`.", .max_size = 64))

struct MilestonesQuery {
  std::optional<std::string> run;
  std::optional<int> limit;
  std::optional<std::int64_t> after;
};
KEISEI_PART(MilestonesQuery, "Which milestones are asked for.",
            KEISEI_FIELD(run, "Of the run of this id.", .max_size = 40),
            KEISEI_FIELD(limit, "At most so many; 20 unless it is said.", .min = 1,
                         .max = kLongestPage),
            KEISEI_FIELD(after, "Behind the page that gave this `next`.", .min = 0,
                         .max = static_cast<double>(kMaxInteger)))

struct GameQuery {
  Number ended_by;
};
KEISEI_PART(GameQuery, "Which of several games of one id.",
            KEISEI_FIELD(ended_by,
                         "The last that had ended by then, to the millisecond; the very last "
                         "unless it is said.",
                         kMoment))

struct FramesQuery {
  double from;
  double to;
  std::optional<Level> level;
  std::optional<Language> language;
  std::optional<std::vector<ChannelWish>> channels;
  std::optional<YesNo> present;
};
KEISEI_PART(FramesQuery, "What of the past is asked for.",
            KEISEI_FIELD(from, "What came after it; within the range.", kMoment),
            KEISEI_FIELD(to, "Up to it: at most 60 s after `from`.", kMoment),
            KEISEI_FIELD(level, "As in a hello."), KEISEI_FIELD(language, "As in a hello."),
            KEISEI_FIELD(channels, "As in a hello.", .max_size = 16),
            KEISEI_FIELD(present,
                         "Whether what was on air at `from` comes first; `yes` unless it "
                         "is said."))

struct GamePath {
  std::string run;
  std::string game;
};
KEISEI_PART(GamePath, "Where a game is.", KEISEI_FIELD(run, "The id of its run.", .max_size = 40),
            KEISEI_FIELD(game, "Its id; a dot in it is written `%2E`.", .max_size = 64))

struct GameFilePath {
  std::string run;
  std::string game;
  GameFormat format;
};
KEISEI_PART(GameFilePath, "Where a game's file is.",
            KEISEI_FIELD(run, "The id of its run.", .max_size = 40),
            KEISEI_FIELD(game, "Its id; a dot in it is written `%2E`.", .max_size = 64),
            KEISEI_FIELD(format, "Of the file."))

}  // namespace keisei::protocol

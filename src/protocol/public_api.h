#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "protocol/routing.h"

/// What anyone may read without a WebSocket: a row here is all that a message needs to be readable.
namespace keisei::protocol {

inline constexpr std::string_view kApi = "/api/";
inline constexpr std::string_view kPublicApi = "/api/v1/";

/// The newest message of a type, by name.
struct ReadableRow {
  std::string_view name;
  std::size_t message;
};

inline constexpr std::array kReadable = {
    ReadableRow{"history", message_index<MetricsHistory>()},
    ReadableRow{"metrics", message_index<PpoMetrics>()},
    ReadableRow{"strength", message_index<NetworkStrength>()},
    ReadableRow{"improvement", message_index<Improvement>()},
    ReadableRow{"game", message_index<GameState>()},
    ReadableRow{"system", message_index<SystemStatus>()},
};

static_assert(std::all_of(kReadable.begin(), kReadable.end(),
                          [](const ReadableRow& row) {
                            return is_newest_only(row.message) &&
                                   kMessageTable[row.message].route.audience == Audience::viewers;
                          }),
              "nobody keeps it, or not everyone may see it");

}  // namespace keisei::protocol

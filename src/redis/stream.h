#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "broker/epoch.h"
#include "redis/reply.h"

namespace keisei::redis {

/// The id of an entry of a stream.
struct StreamId {
  std::uint64_t first = 0;  // of what a studio says: its epoch
  std::uint64_t second = 0;

  friend auto operator<=>(const StreamId&, const StreamId&) = default;
};
/// None if it is no id.
std::optional<StreamId> parse_id(std::string_view text);

/// An entry of a stream.
struct Entry {
  std::string id;
  std::vector<std::pair<std::string, std::string>> fields{};  // none: it has been deleted

  /// Empty if there is none.
  std::string_view field(std::string_view name) const;
};

/// What XREAD and XREADGROUP answer: each stream that has anything, and its entries in order.
struct StreamEntries {
  std::string key;
  std::vector<Entry> entries;
};
Result<std::vector<StreamEntries>> parse_streams(Reply reply);

}  // namespace keisei::redis

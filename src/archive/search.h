#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "archive/trait_reader.h"
#include "base/result.h"
#include "http/query.h"
#include "protocol/queries.h"

namespace keisei::archive {

using Order = protocol::GameOrder;
using protocol::Winner;

/// Where a page of a list ends: at this game.
struct Place {
  std::int64_t plies;
  std::int64_t row;  // rises with time

  friend bool operator==(const Place&, const Place&) = default;
};

/// Which games are looked for. What is empty or none does not matter.
struct Search {
  std::string run{};
  std::optional<Winner> winner{};
  std::optional<protocol::EndReason> reason{};
  std::int64_t min_plies = 0;
  std::int64_t max_plies = protocol::kMostPlies;
  std::int64_t min_update = 0;
  std::int64_t max_update = protocol::kMaxInteger;
  std::string opening{};  // of either player, or of both
  std::string castle{};   // of either player
  Order order = Order::newest;
  int limit = 20;
  std::optional<Place> after{};
};

/// The search that a query asks for (docs/archive.md). The error names the parameter: one that is
/// not known, given twice, or with a value that there is not.
Result<Search> search_of(const http::Query& query, const TraitReader& traits);

/// The value of `after` for the page behind this place.
std::string text_of(const Place& place);

}  // namespace keisei::archive

#include "archive/search.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <utility>

#include "protocol/queries.h"
#include "protocol/read_query.h"

namespace keisei::archive {
namespace {

std::optional<std::int64_t> whole_in(std::string_view text, std::int64_t most) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [ptr, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || ptr != end || number < 0 || number > most) return std::nullopt;
  return number;
}

std::optional<Place> place_in(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto plies = whole_in(text.substr(0, dot), protocol::kMostPlies);
  const auto row = whole_in(text.substr(dot + 1), protocol::kMaxInteger);
  if (!plies || !row) return std::nullopt;
  return Place{*plies, *row};
}

}  // namespace

Result<Search> search_of(const http::Query& query, const TraitReader& traits) {
  const auto asked = protocol::read_query<protocol::GamesQuery>(query);
  if (!asked) return tl::unexpected(asked.error());
  Search search{.run = asked->run.value_or(""),
                .winner = asked->winner,
                .reason = asked->reason,
                .opening = asked->opening.value_or(""),
                .castle = asked->castle.value_or("")};
  search.min_plies = asked->min_plies.value_or(search.min_plies);
  search.max_plies = asked->max_plies.value_or(search.max_plies);
  search.min_update = asked->min_update.value_or(search.min_update);
  search.max_update = asked->max_update.value_or(search.max_update);
  search.order = asked->order.value_or(search.order);
  search.limit = asked->limit.value_or(search.limit);
  if (asked->opening && !traits.knows_opening(search.opening)) {
    return protocol::refuse_parameter("opening", "expected an id of content/openings.json");
  }
  if (asked->castle && !traits.knows_castle(search.castle)) {
    return protocol::refuse_parameter("castle", "expected an id of content/castles.json");
  }
  if (asked->after && !(search.after = place_in(*asked->after))) {
    return protocol::refuse_parameter("after", "expected the \"next\" of the page before");
  }
  if (search.min_plies > search.max_plies) {
    return protocol::refuse_parameter("min_plies", "it is above max_plies");
  }
  if (search.min_update > search.max_update) {
    return protocol::refuse_parameter("min_update", "it is above max_update");
  }
  return search;
}

std::string text_of(const Place& place) { return fmt::format("{}.{}", place.plies, place.row); }

}  // namespace keisei::archive

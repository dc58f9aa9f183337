#include "archive/search.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

#include "archive/parameters.h"
#include "base/enum_names.h"

namespace keisei::archive {
namespace {

http::Parameter<Search> number(std::string_view name, std::int64_t Search::*member,
                               std::int64_t most) {
  return {name, fmt::format("a whole number from 0 to {}", most),
          [member, most](Search& search, const std::string& value) {
            const auto found = http::whole_in(value, 0, most);
            search.*member = found.value_or(0);
            return found.has_value();
          }};
}

template <class Enum, class Member>
http::Parameter<Search> word(std::string_view name, Member Search::*member) {
  std::string words;
  for (const std::string_view one : enumerator_names<Enum>()) {
    words += fmt::format("{}{}", words.empty() ? "one of " : ", ", one);
  }
  return {name, std::move(words), [member](Search& search, const std::string& value) {
            const auto found = enumerator_of<Enum>(value);
            if (found) search.*member = *found;
            return found.has_value();
          }};
}

std::optional<Place> place_in(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto plies = http::whole_in(text.substr(0, dot), 0, protocol::kMostPlies);
  const auto row = http::whole_in(text.substr(dot + 1), 0, protocol::kMaxInteger);
  if (!plies || !row) return std::nullopt;
  return Place{*plies, *row};
}

std::array<http::Parameter<Search>, 12> parameters(const TraitReader& traits) {
  return {
      run_parameter(&Search::run),
      word<Winner>("winner", &Search::winner),
      word<protocol::EndReason>("reason", &Search::reason),
      number("min_plies", &Search::min_plies, protocol::kMostPlies),
      number("max_plies", &Search::max_plies, protocol::kMostPlies),
      number("min_update", &Search::min_update, protocol::kMaxInteger),
      number("max_update", &Search::max_update, protocol::kMaxInteger),
      http::Parameter<Search>{"opening", "an id of content/openings.json",
                              [&traits](Search& search, const std::string& value) {
                                search.opening = value;
                                return traits.knows_opening(value);
                              }},
      http::Parameter<Search>{"castle", "an id of content/castles.json",
                              [&traits](Search& search, const std::string& value) {
                                search.castle = value;
                                return traits.knows_castle(value);
                              }},
      word<Order>("order", &Search::order),
      limit_parameter(&Search::limit, Search::kMostGames),
      http::Parameter<Search>{"after", "the \"next\" of the page before",
                              [](Search& search, const std::string& value) {
                                search.after = place_in(value);
                                return search.after.has_value();
                              }},
  };
}

}  // namespace

Result<Search> search_of(const http::Query& query, const TraitReader& traits) {
  const auto known = parameters(traits);
  auto search = http::question_of<Search>(query, known);
  if (!search) return search;
  if (search->min_plies > search->max_plies) {
    return http::refuse_parameter("min_plies", "it is above max_plies");
  }
  if (search->min_update > search->max_update) {
    return http::refuse_parameter("min_update", "it is above max_update");
  }
  return search;
}

std::string text_of(const Place& place) { return fmt::format("{}.{}", place.plies, place.row); }

}  // namespace keisei::archive

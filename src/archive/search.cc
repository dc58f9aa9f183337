#include "archive/search.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <functional>
#include <string_view>

#include "base/enum_names.h"

namespace keisei::archive {
namespace {

// Whether it was understood; the text says what is expected.
struct Parameter {
  std::string_view name;
  std::string expected;
  std::function<bool(Search&, const std::string&)> read;
};

std::optional<std::int64_t> whole_in(std::string_view text, std::int64_t least, std::int64_t most) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [ptr, failure] = std::from_chars(text.data(), end, number);
  if (failure != std::errc() || ptr != end || number < least || number > most) return std::nullopt;
  return number;
}

Parameter number(std::string_view name, std::int64_t Search::*member, std::int64_t most) {
  return {name, fmt::format("a whole number from 0 to {}", most),
          [member, most](Search& search, const std::string& value) {
            const auto found = whole_in(value, 0, most);
            search.*member = found.value_or(0);
            return found.has_value();
          }};
}

template <class Enum, class Member>
Parameter word(std::string_view name, Member Search::*member) {
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
  const auto plies = whole_in(text.substr(0, dot), 0, protocol::kMostPlies);
  const auto row = whole_in(text.substr(dot + 1), 0, protocol::kMaxInteger);
  if (!plies || !row) return std::nullopt;
  return Place{*plies, *row};
}

std::array<Parameter, 12> parameters(const TraitReader& traits) {
  constexpr std::size_t kLongestRun = 40;
  return {
      Parameter{"run", "the id of a run",
                [](Search& search, const std::string& value) {
                  search.run = value;
                  return !value.empty() && value.size() <= kLongestRun;
                }},
      word<Winner>("winner", &Search::winner),
      word<protocol::EndReason>("reason", &Search::reason),
      number("min_plies", &Search::min_plies, protocol::kMostPlies),
      number("max_plies", &Search::max_plies, protocol::kMostPlies),
      number("min_update", &Search::min_update, protocol::kMaxInteger),
      number("max_update", &Search::max_update, protocol::kMaxInteger),
      Parameter{"opening", "an id of content/openings.json",
                [&traits](Search& search, const std::string& value) {
                  search.opening = value;
                  return traits.knows_opening(value);
                }},
      Parameter{"castle", "an id of content/castles.json",
                [&traits](Search& search, const std::string& value) {
                  search.castle = value;
                  return traits.knows_castle(value);
                }},
      word<Order>("order", &Search::order),
      Parameter{"limit", fmt::format("a whole number from 1 to {}", Search::kMostGames),
                [](Search& search, const std::string& value) {
                  const auto limit = whole_in(value, 1, Search::kMostGames);
                  search.limit = static_cast<int>(limit.value_or(1));
                  return limit.has_value();
                }},
      Parameter{"after", "the \"next\" of the page before",
                [](Search& search, const std::string& value) {
                  search.after = place_in(value);
                  return search.after.has_value();
                }},
  };
}

tl::unexpected<Error> refuse(const std::string& name, const std::string& why) {
  return fail(ErrorCode::bad_field, name, name + ": " + why);
}

}  // namespace

Result<Search> search_of(const http::Query& query, const TraitReader& traits) {
  Search search;
  const auto known = parameters(traits);
  std::array<bool, std::tuple_size_v<decltype(known)>> given{};
  for (const auto& [name, value] : query) {
    std::size_t i = 0;
    while (i < known.size() && known[i].name != name) ++i;
    if (i == known.size()) return refuse(name, "there is no such parameter");
    if (given[i]) return refuse(name, "it is given twice");
    given[i] = true;
    if (!known[i].read(search, value)) return refuse(name, "expected " + known[i].expected);
  }
  if (search.min_plies > search.max_plies) return refuse("min_plies", "it is above max_plies");
  if (search.min_update > search.max_update) return refuse("min_update", "it is above max_update");
  return search;
}

std::string text_of(const Place& place) { return fmt::format("{}.{}", place.plies, place.row); }

}  // namespace keisei::archive

#include "shogi/record/kif_header.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "shogi/record/kif_words.h"

namespace keisei::shogi::kif {
namespace {

/// "表題：名人戦", split at its first colon, be it wide or narrow.
struct Heading {
  std::string_view key;
  std::string_view value;
};

std::optional<Heading> split_heading(std::string_view line) {
  constexpr std::string_view kWideColon = "：";
  const auto wide = line.find(kWideColon), narrow = line.find(':');
  const auto at = std::min(wide, narrow);
  if (at == std::string_view::npos) return std::nullopt;
  const auto length = at == wide ? kWideColon.size() : 1;
  return Heading{trimmed(line.substr(0, at)), trimmed(line.substr(at + length))};
}

}  // namespace

Result<void> Header::read(int number, std::string_view line) {
  if (line.starts_with('|')) {
    any_ = true;
    return board_.read_rank(line);
  }
  if (line.starts_with("+-") || line.starts_with("  ９")) return {};
  const auto heading = split_heading(line);
  if (!heading) return read_plain_line(number, trimmed(line));
  return read_heading(number, heading->key, heading->value);
}

Result<void> Header::read_heading(int number, std::string_view key, std::string_view value) {
  if (!begins_with_letter(key)) {
    return leave_out(
        number,
        fmt::format("expected a heading, whose name begins with a letter, not '{}'", quoted(key)));
  }
  any_ = true;
  const auto of_side = read_of_side(number, key, value);
  if (!of_side) return tl::unexpected(of_side.error());
  if (*of_side) return {};
  if (key == "手合割") {
    handicap_ = value;
    return {};
  }
  for (const auto& [known, word] : kHeadings) {
    if (word == key) key = known;
  }
  record_.headings.emplace_back(key, value);
  return {};
}

/// A player's name or hand; whether the heading was one.
Result<bool> Header::read_of_side(int number, std::string_view key, std::string_view value) {
  for (const auto& [side, color] : kSides) {
    if (!key.starts_with(side)) continue;
    const auto rest = key.substr(side.size());
    const bool is_name = rest.empty();
    const bool is_misspelt = rest == "の持ち駒";
    if (!is_name && !is_misspelt && rest != "の持駒") return false;
    names_handicap_sides_ = names_handicap_sides_ || side == "上手" || side == "下手";
    if (is_name) {
      (color == Color::black ? record_.black : record_.white) = value;
      return true;
    }
    if (is_misspelt) {
      auto accepted = deviations_.accept(number, "持ち駒 for 持駒", "the pieces in hand");
      if (!accepted) return tl::unexpected(accepted.error());
    }
    return board_.read_hand(color, value).map([] { return true; });
  }
  return false;
}

/// A line without a colon.
Result<void> Header::read_plain_line(int number, std::string_view line) {
  if (line.starts_with("手数")) return {};  // the ruler above the moves
  for (const auto& [side, color] : kSides) {
    if (!line.starts_with(side) || line.substr(side.size()) != "番") continue;
    any_ = true;
    board_.set_side_to_move(color);
    return {};
  }
  return leave_out(number, "expected a heading, a move or a comment, not " + quoted(line));
}

Result<void> Header::leave_out(int number, std::string cause) {
  if (first_left_out_ == 0) first_left_out_ = number;
  return deviations_.accept(number, std::move(cause), "a line to leave out");
}

Result<void> Header::finish(int number) {
  if (board_.any()) {
    const auto drawn = board_.finish();
    if (!drawn) return tl::unexpected(drawn.error());
    if (names_handicap_sides_ && !board_.tells_side_to_move()) {
      auto accepted = deviations_.accept(
          number, "a drawn board of a handicap game without the side to move", "下手 moves first");
      if (!accepted) return accepted;
    }
    record_.start = *drawn;
    return deviations_.accept_start(number, *drawn);
  }
  if (handicap_.empty()) return {};
  const auto known = handicap_position(handicap_);
  if (!known) {
    return fail(fmt::format("the handicap {} needs a drawn board", quoted(handicap_)));
  }
  record_.start = *known;
  return {};
}

}  // namespace keisei::shogi::kif

#include "shogi/insight/opening_reader.h"

#include <fmt/format.h>

#include <algorithm>

namespace keisei::shogi {
namespace {

using Kind = OpeningCondition::Kind;

OpeningCondition read_list(Kind kind, const Definition& list, const std::vector<Opening>& known);

/// Only openings of players that are defined above may be named, so there are no circles.
std::size_t find_opening(const Definition& name, const std::vector<Opening>& known) {
  const std::string id = name.text();
  const auto found =
      std::find_if(known.begin(), known.end(), [&](const Opening& o) { return o.id == id; });
  if (found == known.end()) name.refuse(fmt::format("no opening '{}' is defined above", id));
  if (found->scope != Opening::Scope::player) {
    name.refuse(fmt::format("'{}' is an opening of the game, not of a player", id));
  }
  return static_cast<std::size_t>(found - known.begin());
}

OpeningCondition read_placed(Kind kind, const char* key, const Definition& node) {
  node.allow_only({key, "on"});
  OpeningCondition condition{kind};
  condition.piece = node.member(key).piece_type();
  condition.squares = node.member("on").squares();
  return condition;
}

OpeningCondition read_kind(Kind kind, const char* key, const Definition& node) {
  node.allow_only({key});
  OpeningCondition condition{kind};
  condition.piece = node.member(key).piece_type();
  if (kind != Kind::moved && std::find(std::begin(kHandTypes), std::end(kHandTypes),
                                       condition.piece) == std::end(kHandTypes)) {
    node.member(key).refuse("is no piece that a hand can hold");
  }
  return condition;
}

OpeningCondition read_condition(const Definition& node, const std::vector<Opening>& known) {
  if (node.find("piece")) return read_placed(Kind::own_piece, "piece", node);
  if (node.find("enemy")) return read_placed(Kind::enemy_piece, "enemy", node);
  if (node.find("hand")) return read_kind(Kind::hand, "hand", node);
  if (node.find("captured")) return read_kind(Kind::captured, "captured", node);
  if (node.find("moved")) return read_kind(Kind::moved, "moved", node);
  if (const auto name = node.find("opening")) {
    node.allow_only({"opening"});
    OpeningCondition condition{Kind::opening};
    condition.opening = find_opening(*name, known);
    return condition;
  }
  const std::pair<const char*, Kind> lists[] = {
      {"all", Kind::all}, {"any", Kind::any}, {"none", Kind::none}};
  for (const auto& [key, kind] : lists) {
    if (const auto list = node.find(key)) {
      node.allow_only({key});
      return read_list(kind, *list, known);
    }
  }
  node.refuse("is no condition (piece, enemy, hand, captured, moved, opening, all, any or none)");
}

OpeningCondition read_list(Kind kind, const Definition& list, const std::vector<Opening>& known) {
  OpeningCondition condition{kind};
  for (const Definition& part : list.elements()) {
    condition.parts.push_back(read_condition(part, known));
  }
  return condition;
}

Opening read_opening(const Definition& entry, const std::vector<Opening>& known) {
  Opening opening;
  opening.id = entry.member("id").text();
  if (const auto lasting = entry.find("lasting")) opening.lasting = lasting->boolean();
  const auto list = [&](const char* key) { return read_list(Kind::all, entry.member(key), known); };
  if (entry.find("both")) {
    entry.allow_only({"id", "lasting", "both"});
    opening.scope = Opening::Scope::both;
    opening.when = list("both");
  } else if (entry.find("one")) {
    entry.allow_only({"id", "lasting", "one", "other"});
    opening.scope = Opening::Scope::opposed;
    opening.when = list("one");
    opening.against = list("other");
  } else {
    entry.allow_only({"id", "lasting", "group", "when"});
    if (const auto group = entry.find("group")) {
      opening.group = group->text();
      if (!opening.lasting) group->refuse("only lasting openings may have a group");
    }
    opening.when = list("when");
  }
  return opening;
}

}  // namespace

std::vector<Opening> read_openings(const Definition& list) {
  std::vector<Opening> openings;
  for (const Definition& entry : list.entries("opening")) {
    if (openings.size() == kMostOpenings) {
      entry.refuse(fmt::format("there may be {} openings at most", kMostOpenings));
    }
    openings.push_back(read_opening(entry, openings));
  }
  return openings;
}

}  // namespace keisei::shogi

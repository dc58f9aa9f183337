#include "studio/game/fact_words.h"

#include <fmt/format.h>

#include <boost/describe/enum.hpp>

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using shogi::MoveRule;

// The words of content/*/game.json.
BOOST_DEFINE_ENUM_CLASS(Play, drop, move, promotion)
BOOST_DEFINE_ENUM_CLASS(Skewer, lance, other)

constexpr KeyFamily<MoveRule, Level> kFact("facts.*.*");
constexpr KeyFamily<Play> kPlay("game.play.*");
constexpr KeyFamily<Skewer> kSkewer("game.skewer.*");
constexpr KeyFamily kTarget("game.target.one");
constexpr KeyFamily kAnd("game.target.and");

std::string name_key(std::string_view kind, std::string_view id, std::string_view what) {
  return fmt::format("shogi_names.{}.{}.{}", kind, id, what);
}

bool is_of_opening(MoveRule rule) {
  return rule == MoveRule::opening || rule == MoveRule::game_opening;
}

}  // namespace

std::string FactWords::targets(const shogi::MoveFact& fact, Language language) const {
  std::string list;
  for (const auto& [piece, square] : fact.targets) {
    if (!list.empty()) list += content_.text(language, kAnd());
    list += content_.text(language, kTarget(),
                          {{"piece", words_.piece(piece, language)},
                           {"square", GameWords::square(square, language)}});
  }
  return list;
}

std::string FactWords::play(const ToldFact& told, Language language) const {
  const shogi::Move move = told.fact.move;
  if (move.is_none()) return "";
  const Play play = move.is_drop()        ? Play::drop
                    : move.is_promotion() ? Play::promotion
                                          : Play::move;
  const std::string origin = move.is_drop() ? "" : GameWords::square(move.from(), language);
  return content_.text(language, kPlay(play),
                       {{"piece", words_.piece(told.mater, language)},
                        {"origin", origin},
                        {"square", GameWords::square(move.to(), language)}});
}

std::string FactWords::skewer(shogi::PieceType by, Language language) const {
  const Skewer skewer = by == shogi::PieceType::lance ? Skewer::lance : Skewer::other;
  return content_.text(language, kSkewer(skewer));
}

std::string FactWords::named(const shogi::MoveFact& fact, std::string_view what,
                             Language language) const {
  if (fact.name.empty()) return "";
  const std::string key =
      name_key(is_of_opening(fact.rule) ? "openings" : "castles", fact.name, what);
  const auto found = content_.texts(language).find(key);
  return found == content_.texts(language).end() ? std::string(fact.name) : found->second;
}

std::string FactWords::sentence(const ToldFact& told, const ShownMove& played, Level level,
                                Language language) const {
  const shogi::MoveFact& fact = told.fact;
  const auto target = [&](std::size_t i) {
    return i < fact.targets.size() ? words_.piece(fact.targets[i].piece, language) : "";
  };
  const auto target_square = [&](std::size_t i) {
    return i < fact.targets.size() ? GameWords::square(fact.targets[i].square, language) : "";
  };
  const std::string amount = std::to_string(fact.amount);
  const std::string of = std::to_string(fact.of);
  return content_.text(language, kFact(fact.rule, level),
                       {{"side", words_.side(fact.side, language)},
                        {"opponent", words_.side(~fact.side, language)},
                        {"piece", words_.piece(fact.piece, language)},
                        {"moved", words_.piece(played.piece, language)},
                        {"square", GameWords::square(fact.square, language)},
                        {"target", target(0)},
                        {"target_square", target_square(0)},
                        {"other", target(1)},
                        {"other_square", target_square(1)},
                        {"targets", targets(fact, language)},
                        {"move", GameWords::notation(told.mate, language)},
                        {"deed", play(told, language)},
                        {"skewer", skewer(fact.piece, language)},
                        {"pawns", amount},
                        {"count", amount},
                        {"standing", amount},
                        {"points", amount},
                        {"parts", of},
                        {"needed", of},
                        {"name", named(fact, "name", language)},
                        {"about", named(fact, "about", language)}});
}

Keys FactWords::keys() const {
  Keys keys = kFact.keys() + kPlay.keys() + kSkewer.keys() + kTarget.keys() + kAnd.keys() +
              GameWords::keys();
  for (const std::string_view what : {"name", "about"}) {
    for (const auto& castle : content_.castles().all()) {
      keys.push_back(name_key("castles", castle.id, what));
    }
    for (const auto& opening : content_.openings().all()) {
      keys.push_back(name_key("openings", opening.id, what));
    }
  }
  return keys;
}

}  // namespace keisei::studio

#include "studio/game/move_facts.h"

#include <algorithm>

#include "shogi/insight/tactics.h"
#include "studio/game/fact_weights.h"
#include "views/move_view.h"

namespace keisei::studio {
namespace {

using shogi::MoveRule;

shogi::Position after(const shogi::Position& before, shogi::Move move) {
  shogi::Position position = before;
  position.do_move(move);
  return position;
}

shogi::Position passed(shogi::Position position) {
  position.set_side_to_move(~position.side_to_move());
  return position;
}

/// Where the mate that the rule speaks of begins.
shogi::Position mate_position(const Scene& scene, MoveRule rule) {
  switch (rule) {
    case MoveRule::mate_in_1_threatened:
    case MoveRule::mate_in_3_threatened:
      return passed(scene.position);
    case MoveRule::mate_in_1_prevented:
    case MoveRule::mate_in_3_prevented:
      return passed(*scene.before);
    case MoveRule::mate_in_1_allowed:
    case MoveRule::mate_in_3_allowed:
      return scene.position;
    default:
      return *scene.before;
  }
}

shogi::PieceType mover_of(const shogi::Position& before, shogi::Move move) {
  return move.is_drop() ? move.drop_type() : type_of(before.piece_on(move.from()));
}

ToldFact told(const Scene& scene, const shogi::MoveFact& fact) {
  if (fact.move.is_none()) return {fact};
  const shogi::Position before = mate_position(scene, fact.rule);
  return {fact, views::view_of(before, fact.move, std::nullopt), mover_of(before, fact.move)};
}

/// Of the scene's game, if it is known from its first move.
std::optional<std::vector<shogi::Move>> moves_before(const Scene& scene) {
  if (scene.game->first_ply() > 0) return std::nullopt;
  std::vector<shogi::Move> moves;
  moves.reserve(static_cast<std::size_t>(scene.ply));
  for (int ply = 0; ply < scene.ply - 1; ++ply) moves.push_back(scene.game->decision(ply)->move);
  return moves;
}

std::vector<Alternative> alternatives_of(const Scene& scene, const Decision& decided) {
  std::vector<Alternative> others;
  for (const PolicyChoice& choice : decided.top) {
    if (others.size() == kMostAlternatives) break;
    if (choice.move == decided.move) continue;
    others.push_back({views::view_of(*scene.before, choice.move, scene.last_to),
                      static_cast<double>(choice.probability)});
  }
  return others;
}

}  // namespace

ShownMove shown_move(const shogi::Position& before, shogi::Move move,
                     std::optional<shogi::Square> last_to) {
  ShownMove shown{};
  shown.view = views::view_of(before, move, last_to);
  shown.drops = move.is_drop();
  shown.piece = mover_of(before, move);
  shown.captured = shown.drops ? shogi::PieceType::none : type_of(before.piece_on(move.to()));
  shown.promotes = move.is_promotion();
  const shogi::Position next = after(before, move);
  shown.checks = next.in_check();
  shown.mates = shown.checks && next.legal_moves().empty();
  shown.evades = before.in_check();
  const shogi::MoveTactics tactics = shogi::tactics_of(before, move);
  shown.exchange = tactics.exchange;
  shown.forks = !tactics.forked.empty();
  return shown;
}

std::vector<ToldFact> told_facts(const Scene& scene, const std::optional<shogi::GameSoFar>& game,
                                 const shogi::MoveReader& reader) {
  std::vector<ToldFact> all;
  for (const shogi::MoveFact& fact : reader.read(*scene.before, *scene.move, game)) {
    all.push_back(told(scene, fact));
  }
  std::stable_sort(all.begin(), all.end(), [](const ToldFact& a, const ToldFact& b) {
    return weight_of(a.fact) > weight_of(b.fact);
  });
  return all;
}

SceneFacts facts_of(const Scene& scene, const shogi::MoveReader& reader) {
  SceneFacts facts;
  if (scene.move) {
    facts.played = shown_move(*scene.before, *scene.move, scene.last_to);
    const auto moves = moves_before(scene);
    std::optional<shogi::GameSoFar> game;
    if (moves) game.emplace(shogi::GameSoFar{scene.game->start(), *moves});
    facts.told = told_facts(scene, game, reader);
    const Decision& decided = *scene.game->decision(scene.ply - 1);
    if (!decided.top.empty()) facts.alternatives = alternatives_of(scene, decided);
  }
  const Decision* decision = scene.game->decision(scene.ply);
  if (decision == nullptr) return facts;
  if (const protocol::Number told = scene.game->told_forecast(scene.ply)) {
    facts.verdict = verdict_of(scene.position, *told);
  }
  const auto last_to = scene.move ? std::optional(scene.move->to()) : scene.last_to;
  for (const PolicyChoice& choice : decision->top) {
    facts.considered.push_back(shown_move(scene.position, choice.move, last_to));
  }
  return facts;
}

}  // namespace keisei::studio

#include "studio/game/move_facts.h"

#include "shogi/insight/mate.h"
#include "shogi/insight/tactics.h"
#include "views/move_view.h"

namespace keisei::studio {

MoveFacts facts_of(const shogi::Position& before, shogi::Move move,
                   std::optional<shogi::Square> last_to) {
  MoveFacts facts{};
  facts.view = views::view_of(before, move, last_to);
  facts.drops = move.is_drop();
  facts.piece = facts.drops ? move.drop_type() : type_of(before.piece_on(move.from()));
  facts.captured = facts.drops ? shogi::PieceType::none : type_of(before.piece_on(move.to()));
  facts.promotes = move.is_promotion();
  shogi::Position after = before;
  after.do_move(move);
  facts.checks = after.in_check();
  facts.mates = facts.checks && after.legal_moves().empty();
  facts.evades = before.in_check();
  const shogi::MoveTactics tactics = shogi::tactics_of(before, move);
  facts.exchange = tactics.exchange;
  if (tactics.forked.count() >= 2) {
    tactics.forked.for_each(
        [&](shogi::Square square) { facts.forked.push_back(type_of(after.piece_on(square))); });
  }
  return facts;
}

SceneFacts facts_of(const Scene& scene) {
  SceneFacts facts;
  if (scene.move) {
    facts.played = facts_of(*scene.before, *scene.move, scene.last_to);
    if (!facts.played->mates) {
      if (const auto mate = shogi::mate_in_one(*scene.before)) {
        facts.missed = views::view_of(*scene.before, *mate, std::nullopt);
      }
      facts.mate_open = shogi::mate_in_one(scene.position).has_value();
    }
  }
  const Decision* decision = scene.game->decision(scene.ply);
  if (decision == nullptr) return facts;
  const auto last_to = scene.move ? std::optional(scene.move->to()) : scene.last_to;
  for (const PolicyChoice& choice : decision->top) {
    facts.considered.push_back(facts_of(scene.position, choice.move, last_to));
  }
  return facts;
}

}  // namespace keisei::studio

#include "studio/game/fact_weights.h"

#include <algorithm>

namespace keisei::studio {
namespace {

using shogi::MoveRule;

struct Weight {
  int base;
  bool grows = false;  // with the pawns at stake, by up to kMostPawns
};

constexpr int kMostPawns = 20;

constexpr Weight weight_of(MoveRule rule) {
  switch (rule) {
    case MoveRule::mate:
      return {100};
    case MoveRule::mate_in_1_missed:
      return {98};
    case MoveRule::mate_in_3_found:
      return {96};
    case MoveRule::mate_in_1_allowed:
      return {94};
    case MoveRule::mate_in_3_missed:
      return {90};
    case MoveRule::mate_in_1_prevented:
      return {88};
    case MoveRule::sacrifice:
      return {86};
    case MoveRule::mate_in_1_threatened:
      return {84};
    case MoveRule::mate_in_3_allowed:
      return {82};
    case MoveRule::fork_with_check:
      return {80};
    case MoveRule::double_check:
      return {78};
    case MoveRule::fork:
      return {76};
    case MoveRule::mate_in_3_threatened:
      return {74};
    case MoveRule::mate_in_3_prevented:
      return {73};
    case MoveRule::piece_offered:
      return {52, true};
    case MoveRule::discovered_check:
      return {68};
    case MoveRule::repetition:
      return {66};
    case MoveRule::king_enters:
      return {64};
    case MoveRule::castle_completed:
      return {62};
    case MoveRule::castle_broken:
      return {61};
    case MoveRule::skewer:
      return {56};
    case MoveRule::pin:
      return {54};
    case MoveRule::game_opening:
      return {50};
    case MoveRule::opening:
      return {49};
    case MoveRule::exchange_lost:
      return {45, true};
    case MoveRule::undefended_taken:
      return {44, true};
    case MoveRule::exchange_won:
      return {43, true};
    case MoveRule::promotion_declined:
      return {42};
    case MoveRule::exchange_even:
      return {40};
    case MoveRule::promotion:
      return {38};
    case MoveRule::piece_saved:
      return {37, true};
    case MoveRule::piece_defended:
      return {36, true};
    case MoveRule::blocking_drop:
      return {35};
    case MoveRule::piece_left:
      return {34, true};
    case MoveRule::castle_left:
      return {33};
    case MoveRule::castle_grows:
      return {32};
    case MoveRule::attack:
      return {30};
    case MoveRule::king_attacked:
      return {28};
    case MoveRule::check:
      return {20};
  }
  return {0};
}

}  // namespace

int weight_of(const shogi::MoveFact& fact) {
  const Weight weight = weight_of(fact.rule);
  return weight.base + (weight.grows ? std::min(fact.amount, kMostPawns) : 0);
}

}  // namespace keisei::studio

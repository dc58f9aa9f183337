#include "binding/action_numbering.h"

#include <array>

namespace keisei::binding {
namespace {

constexpr int kSide = 9;
constexpr int kDropTypes = 7;

constexpr int kMovesPerSquare = 160;
constexpr int kFirstDrop = kSide * kSide * kMovesPerSquare;

constexpr int kKindsPerSquare = 139;
constexpr int kMostDistance = 8;
constexpr int kPromotions = 64;
constexpr int kJumps = 128;
constexpr int kDrops = 132;

struct Step {
  int rows, columns;
};
// Ahead is towards row 0, to the right towards column 8.
constexpr std::array<Step, 8> kDirections{
    {{-1, 0}, {-1, 1}, {0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}}};

std::optional<ActionMove> by_destination(int action) {
  if (action >= kFirstDrop) {
    const int drop = action - kFirstDrop;
    return ActionMove{ActionMove::kDrop, drop / kDropTypes, drop % kDropTypes, false};
  }
  const int from = action / kMovesPerSquare;
  const int without_from = action % kMovesPerSquare / 2;
  const int to = without_from + (without_from >= from ? 1 : 0);
  return ActionMove{from, to, 0, action % 2 == 1};
}

std::optional<ActionMove> by_direction(int action) {
  const int square = action / kKindsPerSquare;
  const int kind = action % kKindsPerSquare;
  if (kind >= kDrops) return ActionMove{ActionMove::kDrop, square, kind - kDrops, false};
  Step step{};
  bool promotion = false;
  if (kind >= kJumps) {
    step = {-2, kind - kJumps < 2 ? -1 : 1};
    promotion = (kind - kJumps) % 2 == 1;
  } else {
    const Step direction =
        kDirections[static_cast<std::size_t>(kind % kPromotions / kMostDistance)];
    const int distance = kind % kMostDistance + 1;
    step = {direction.rows * distance, direction.columns * distance};
    promotion = kind >= kPromotions;
  }
  const int row = square / kSide + step.rows;
  const int column = square % kSide + step.columns;
  if (row < 0 || row >= kSide || column < 0 || column >= kSide) return std::nullopt;
  return ActionMove{square, row * kSide + column, 0, promotion};
}

}  // namespace

std::optional<ActionMove> move_of(int action, Numbering numbering) {
  return numbering == Numbering::destinations ? by_destination(action) : by_direction(action);
}

hook::UsiText to_usi(const ActionMove& move, bool turned) {
  hook::UsiText text{};
  std::size_t at = 0;
  const auto put_square = [&](int given) {
    const int square = turned_square(given, turned);
    text[at++] = static_cast<char>('9' - square % kSide);
    text[at++] = static_cast<char>('a' + square / kSide);
  };
  if (move.from == ActionMove::kDrop) {
    text[at++] = "PLNSGBR"[move.piece];
    text[at++] = '*';
    put_square(move.to);
    return text;
  }
  put_square(move.from);
  put_square(move.to);
  if (move.promotion) text[at++] = '+';
  return text;
}

}  // namespace keisei::binding

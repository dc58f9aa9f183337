#include "studio/milestones/firsts.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "shogi/insight/exchange.h"

namespace keisei::studio {
namespace {

using protocol::MilestoneKind;
using protocol::Side;

Side side_of(shogi::Color color) {
  return color == shogi::Color::black ? Side::black : Side::white;
}

Milestone seen_in(const PlayedGame& game, MilestoneKind kind, int ply) {
  const protocol::GameFinished& told = *game.told;
  Milestone milestone{};
  milestone.kind = kind;
  milestone.update = told.update;
  milestone.moment = Moment{told.game_id, told.game_number, ply};
  milestone.reached_at = told.emitted_at;
  return milestone;
}

int last_ply(const PlayedGame& game) { return static_cast<int>(game.moves.size()); }

bool has_hanging_rook(const shogi::Position& position, shogi::Color owner) {
  bool hangs = false;
  (position.rooks() & position.pieces(owner)).for_each([&](shogi::Square square) {
    hangs = hangs || shogi::capture_gain(position, square) > 0;
  });
  return hangs;
}

bool stands(const shogi::Castle& castle, const shogi::Position& position, shogi::Color color) {
  return std::all_of(castle.parts.begin(), castle.parts.end(), [&](const auto& part) {
    return !(position.pieces(color, part.piece) & part.squares[shogi::index(color)]).empty();
  });
}

}  // namespace

std::optional<Milestone> checkmate_in(const PlayedGame& game) {
  if (!game.is_mate) return std::nullopt;
  Milestone mate = seen_in(game, MilestoneKind::checkmate, last_ply(game));
  mate.side = side_of(*game.winner);
  return mate;
}

std::optional<Milestone> win_in(const PlayedGame& game) {
  if (!game.winner) return std::nullopt;
  Milestone win = seen_in(game, MilestoneKind::win, last_ply(game));
  win.side = side_of(*game.winner);
  win.detail = to_string(*win.side);
  return win;
}

std::optional<Milestone> promotion_in(const PlayedGame& game, MilestoneKind piece) {
  const auto type =
      piece == MilestoneKind::dragon ? shogi::PieceType::dragon : shogi::PieceType::horse;
  std::optional<Milestone> found;
  each_position(
      game, [&](const shogi::Position& position, shogi::Move move, shogi::Color mover, int ply) {
        if (!move.is_promotion() || shogi::type_of(position.piece_on(move.to())) != type)
          return true;
        found = seen_in(game, piece, ply);
        found->side = side_of(mover);
        return false;
      });
  return found;
}

std::optional<Milestone> safe_rook_in(const PlayedGame& game) {
  if (last_ply(game) < kSafeRookPlies) return std::nullopt;
  bool is_safe = true;
  bool is_in_danger = false;  // a rook of the side to move
  int saved = 0;
  each_position(game,
                [&](const shogi::Position& position, shogi::Move, shogi::Color mover, int ply) {
                  is_safe = !has_hanging_rook(position, mover);
                  if (is_in_danger) ++saved;
                  is_in_danger = has_hanging_rook(position, ~mover);
                  return is_safe && ply < kSafeRookPlies;
                });
  if (!is_safe || saved < kSavedRooks) return std::nullopt;
  Milestone safe = seen_in(game, MilestoneKind::safe_rook, kSafeRookPlies);
  safe.value = kSafeRookPlies;
  return safe;
}

std::vector<Milestone> castles_in(const PlayedGame& game, const shogi::Castles& castles,
                                  const std::function<bool(std::string_view id)>& is_known) {
  std::set<std::pair<shogi::Color, std::string_view>> standing;  // before the move
  std::vector<Milestone> found;
  const auto is_new = [&](const shogi::Castle& castle) {
    return !is_known(castle.id) &&
           std::none_of(found.begin(), found.end(),
                        [&](const Milestone& one) { return one.detail == castle.id; });
  };
  each_position(
      game, [&](const shogi::Position& position, shogi::Move, shogi::Color mover, int ply) {
        const shogi::Castle* largest = nullptr;
        for (const shogi::Castle& castle : castles.all()) {
          if (castle.parts.size() < kCastleParts) continue;
          // The other side's may have lost a piece.
          if (!stands(castle, position, ~mover)) standing.erase({~mover, castle.id});
          if (!stands(castle, position, mover)) {
            standing.erase({mover, castle.id});
          } else if (standing.emplace(mover, castle.id).second &&
                     (largest == nullptr || castle.parts.size() > largest->parts.size())) {
            largest = &castle;
          }
        }
        if (largest == nullptr || !is_new(*largest)) return true;
        Milestone& castle = found.emplace_back(seen_in(game, MilestoneKind::castle, ply));
        castle.detail = largest->id;
        castle.side = side_of(mover);
        return true;
      });
  return found;
}

}  // namespace keisei::studio

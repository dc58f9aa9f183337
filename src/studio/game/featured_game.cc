#include "studio/game/featured_game.h"

#include <algorithm>
#include <utility>

#include "shogi/usi.h"

namespace keisei::studio {
namespace {

constexpr int kMostPlies = 1024;

std::optional<shogi::Color> color_of(std::optional<protocol::Side> side) {
  if (!side) return std::nullopt;
  return *side == protocol::Side::black ? shogi::Color::black : shogi::Color::white;
}

}  // namespace

void FeaturedGame::break_off(GameFault fault) {
  if (!fault_) fault_ = fault;
}

bool FeaturedGame::agrees_with_finish(int ply, const std::string& usi) const {
  if (!finish_) return true;
  return ply < total_plies_ && finished_moves_[static_cast<std::size_t>(ply)] == usi;
}

void FeaturedGame::add(const protocol::MovePlayed& played) {
  if (broken()) return;
  number_ = played.game_number;
  update_ = played.update;
  auto position = shogi::Position::from_sfen(played.sfen);
  if (!position) return break_off(GameFault::contradiction);
  if (decisions_.empty()) {
    first_ply_ = played.ply;
    start_ = *position;
    tip_ = *position;
  } else if (played.ply < last_ply()) {
    // Told again after a reconnection, or played anew by a trainer that resumed from a checkpoint.
    const Decision& known =
        decisions_[static_cast<std::size_t>(std::max(0, played.ply - first_ply_))];
    const bool same = played.ply >= first_ply_ && shogi::to_usi(known.move) == played.usi;
    if (!same && !complete()) break_off(GameFault::contradiction);
    return;
  } else if (played.ply > last_ply()) {
    return break_off(GameFault::gap);
  } else if (!tip_->same_as(*position)) {
    return break_off(GameFault::contradiction);
  }
  if (last_ply() - first_ply_ >= kMostPlies) return break_off(GameFault::too_long);
  const auto move = shogi::parse_usi(played.usi, *tip_);
  if (!move) return break_off(GameFault::illegal_move);
  if (!agrees_with_finish(played.ply, played.usi)) return break_off(GameFault::contradiction);

  Decision decision{*move,        played.update,      played.probability,
                    played.value, played.legal_moves, played.entropy,
                    {},           played.destinations};
  for (const protocol::PolicyMove& choice : played.top) {
    const auto legal = shogi::parse_usi(choice.usi, *tip_);
    if (legal) decision.top.push_back({*legal, choice.probability});
  }
  if (!move->is_drop() && tip_->piece_on(move->to()) != shogi::Piece::none) ++events_.captures;
  if (move->is_promotion()) ++events_.promotions;
  tip_->do_move(*move);
  if (tip_->in_check()) ++events_.checks;
  decisions_.push_back(std::move(decision));
}

void FeaturedGame::add(const protocol::GameFinished& finished) {
  if (broken() || finish_) return;
  number_ = finished.game_number;
  update_ = finished.update;
  total_plies_ = static_cast<int>(finished.moves.size());
  for (int ply = first_ply_; ply < last_ply(); ++ply) {
    const auto told = shogi::to_usi(decisions_[static_cast<std::size_t>(ply - first_ply_)].move);
    if (ply >= total_plies_ || finished.moves[static_cast<std::size_t>(ply)] != told) {
      return break_off(GameFault::contradiction);
    }
  }
  finished_moves_ = finished.moves;
  finish_ = Finish{color_of(finished.winner), finished.reason};
}

void FeaturedGame::add(const protocol::Attention& attention) {
  if (broken() || attention_.size() > kMostPlies) return;
  attention_.insert_or_assign(attention.ply, attention);
}

bool FeaturedGame::can_show(int ply) const {
  if (decisions_.empty() || ply < first_ply_) return false;
  return ply < last_ply() || (complete() && ply == last_ply());
}

const Decision* FeaturedGame::decision(int ply) const {
  return ply < last_ply() ? &decisions_[static_cast<std::size_t>(ply - first_ply_)] : nullptr;
}

const protocol::Attention* FeaturedGame::attention(int ply) const {
  const auto found = attention_.find(ply);
  return found == attention_.end() ? nullptr : &found->second;
}

protocol::Number FeaturedGame::black_win_probability(int ply) const {
  if (const Decision* decided = decision(ply)) {
    if (!decided->value) return std::nullopt;
    const double mover = (*decided->value + 1) / 2;
    // Sides alternate from the first position that is known.
    const bool black_to_move =
        (start_->side_to_move() == shogi::Color::black) == ((ply - first_ply_) % 2 == 0);
    return black_to_move ? mover : 1 - mover;
  }
  if (!finish_->winner) return 0.5;
  return *finish_->winner == shogi::Color::black ? 1.0 : 0.0;
}

}  // namespace keisei::studio

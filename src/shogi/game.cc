#include "shogi/game.h"

#include <algorithm>
#include <cassert>

namespace keisei::shogi {

std::string_view to_string(EndReason reason) {
  switch (reason) {
    case EndReason::checkmate:
      return "checkmate";
    case EndReason::stalemate:
      return "stalemate";
    case EndReason::repetition:
      return "repetition";
    case EndReason::perpetual_check:
      return "perpetual_check";
    case EndReason::max_plies:
      return "max_plies";
    case EndReason::declaration:
      return "declaration";
    case EndReason::impasse:
      return "impasse";
    case EndReason::resignation:
      return "resignation";
  }
  return "unknown";
}

Game::Game(const Position& start, const Rules& rules)
    : rules_(rules), start_(start), position_(start) {
  constexpr int kMostReserved = 1024;
  const auto expected = static_cast<std::size_t>(std::clamp(rules.max_plies, 0, kMostReserved));
  moves_.reserve(expected);
  keys_.reserve(expected + 1);
  enter_position();
}

void Game::play(Move move) {
  assert(!result_ && legal_moves_.contains(move));
  position_.do_move(move);
  moves_.push_back(move);
  enter_position();
}

void Game::enter_position() {
  keys_.push_back(position_.key());
  ++filter_[position_.key() % kFilterSize];
  position_.legal_moves(legal_moves_);
  result_ = judge();
}

std::optional<GameResult> Game::judge() const {
  const Color mover = position_.side_to_move();
  if (legal_moves_.empty()) {
    return GameResult{~mover, position_.in_check() ? EndReason::checkmate : EndReason::stalemate};
  }
  if (filter_[position_.key() % kFilterSize] >= 4 && repetitions() >= 4) {
    if (const auto repeated = judge_repetition()) return repeated;
  }
  if (ply() >= rules_.max_plies) return GameResult{std::nullopt, EndReason::max_plies};
  if (rules_.automatic_declaration && may_declare(position_)) {
    return GameResult{mover, EndReason::declaration};
  }
  return std::nullopt;
}

int Game::repetitions() const {
  if (filter_[position_.key() % kFilterSize] == 1) return 1;
  return static_cast<int>(std::count(keys_.begin(), keys_.end(), position_.key()));
}

/// Replays the game, which is rare enough to need no record of checks at every ply, and compares
/// positions, not keys.
std::optional<GameResult> Game::judge_repetition() const {
  Position replayed = start_;
  int occurrences = replayed.same_as(position_) ? 1 : 0;
  std::array<bool, 2> always_checked = {true, true};  // by color, since the first occurrence
  for (const Move move : moves_) {
    const Color mover = replayed.side_to_move();
    replayed.do_move(move);
    if (occurrences > 0 && !replayed.in_check()) always_checked[index(mover)] = false;
    if (replayed.same_as(position_)) ++occurrences;
  }
  if (occurrences < 4) return std::nullopt;
  if (always_checked[0] == always_checked[1]) {
    return GameResult{std::nullopt, EndReason::repetition};
  }
  return GameResult{always_checked[0] ? Color::white : Color::black, EndReason::perpetual_check};
}

void Game::resign(Color loser) {
  assert(!result_);
  result_ = GameResult{~loser, EndReason::resignation};
}

bool Game::declare() {
  if (result_ || !may_declare(position_)) return false;
  result_ = GameResult{position_.side_to_move(), EndReason::declaration};
  return true;
}

void Game::agree_to_impasse() {
  assert(!result_);
  constexpr int kNeeded = 24;
  std::optional<Color> winner;
  for (const Color color : {Color::black, Color::white}) {
    if (impasse_points(position_, color) < kNeeded) winner = ~color;
  }
  result_ = GameResult{winner, EndReason::impasse};
}

}  // namespace keisei::shogi

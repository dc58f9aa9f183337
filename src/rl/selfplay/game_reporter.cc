#include "rl/selfplay/game_reporter.h"

#include <algorithm>
#include <cmath>

#include "hook/events/move_from_policy.h"
#include "rl/reason.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

using shogi::Color;

std::size_t in_board_frame(int mover_square, Color mover) {
  return static_cast<std::size_t>(mover == Color::black ? mover_square
                                                        : kSquares - 1 - mover_square);
}

/// The network's policy in the board's frame.
struct PolicyOfMove {
  const FeaturedMove& move;
  Color mover;

  std::size_t size() const { return move.actions.size(); }
  hook::WeighedMove weigh(std::size_t index) const {
    const float log_p = move.log_probabilities[index];
    return {std::exp(log_p), log_p, board_square(move_of(move.actions[index], mover).to())};
  }
  hook::UsiText usi(std::size_t index) const {
    return shogi::to_usi(move_of(move.actions[index], mover));
  }
};

}  // namespace

GameReporter::GameReporter(Sinks sinks, double attention_per_second, int last_block,
                           const Clock& clock)
    : sinks_(std::move(sinks)),
      attention_interval_(attention_per_second > 0 ? 1 / attention_per_second : 0),
      last_block_(last_block),
      clock_(clock) {
  if (attention_per_second <= 0) sinks_.attention = nullptr;
}

bool GameReporter::wants_activation() {
  streamed_ = !sinks_.step || sinks_.step();
  if (!sinks_.attention || !streamed_) return false;
  const SteadyTime now = clock_.steady();
  if (now < next_attention_) return false;
  next_attention_ = now + std::chrono::duration_cast<SteadyTime::duration>(attention_interval_);
  return true;
}

void GameReporter::on_move(const FeaturedMove& move) {
  if (!streamed_) {
    if (sinks_.left_out) sinks_.left_out();
    return;
  }
  const shogi::Position& position = move.game.position();
  const Color mover = position.side_to_move();

  move_.game_number = move.game_number;
  move_.update = update_;
  move_.ply = move.game.ply();
  move_.sfen = position.sfen();
  move_.value = static_cast<float>(move.expected_result);
  hook::fill_from_policy(PolicyOfMove{move, mover}, static_cast<std::size_t>(move.chosen), move_);
  if (sinks_.move) sinks_.move(move_);

  if (move.activation == nullptr || !sinks_.attention) return;
  attention_.game_number = move.game_number;
  attention_.update = update_;
  attention_.ply = move_.ply;
  attention_.block = last_block_;
  for (int square = 0; square < kSquares; ++square) {
    attention_.activity[in_board_frame(square, mover)] =
        move.activation->activity[static_cast<std::size_t>(square)];
  }
  attention_.gates.count = 0;
  for (const float gate : move.activation->gates) attention_.gates.add(gate);
  sinks_.attention(attention_);
}

void GameReporter::on_game_finished(const shogi::Game& game, std::int64_t game_number) {
  if (!sinks_.finished) return;
  finished_.game_number = game_number;
  finished_.update = update_;
  finished_.start_sfen = game.start().sfen();
  finished_.moves.count = 0;
  for (const shogi::Move move : game.moves()) finished_.moves.add(shogi::to_usi(move));
  const shogi::GameResult result = *game.result();
  finished_.winner.reset();
  if (result.winner) {
    finished_.winner = *result.winner == Color::black ? hook::Side::black : hook::Side::white;
  }
  finished_.reason = end_reason(result.reason);
  sinks_.finished(finished_);
}

}  // namespace keisei::rl

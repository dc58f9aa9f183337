#include "studio/game/game_view.h"

#include <algorithm>
#include <cmath>

#include "shogi/japanese.h"
#include "shogi/usi.h"
#include "shogi/western.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;

constexpr int kMostHistory = 200;
constexpr std::size_t kBeginnerPredictions = 3;

protocol::Side side_of(shogi::Color color) {
  return color == shogi::Color::black ? protocol::Side::black : protocol::Side::white;
}

// A float of the trainer's, without the digits that only its conversion to double invents.
double rounded(float share) { return std::round(static_cast<double>(share) * 1e6) / 1e6; }

int map_index(shogi::Square square) { return square.rank() * 9 + (8 - square.file()); }

protocol::MoveView move_view(const shogi::Position& position, shogi::Move move,
                             std::optional<shogi::Square> last_to) {
  protocol::MoveView view{};
  view.usi = shogi::to_usi(move);
  view.western = shogi::to_western(position, move);
  view.japanese = shogi::to_japanese(position, move, last_to);
  view.from = move.is_drop() ? -1 : map_index(move.from());
  view.to = map_index(move.to());
  if (move.is_drop()) {
    view.drop = shogi::to_sfen(shogi::make_piece(shogi::Color::black, move.drop_type()));
  }
  return view;
}

}  // namespace

protocol::GameState GameView::game_state(const Scene& scene, std::chrono::milliseconds per_move,
                                         Level level, Language language) const {
  const FeaturedGame& game = *scene.game;
  protocol::GameState state{};
  state.game_id = game.id();
  state.game_number = game.number();
  state.update = scene.update();
  state.ply = scene.ply;
  state.total_plies = game.total_plies();
  state.sfen = scene.position.sfen();
  state.side_to_move = side_of(scene.position.side_to_move());
  state.in_check = scene.position.in_check();
  if (scene.move) {
    const Decision& decision = *game.decision(scene.ply - 1);
    state.last_move = {move_view(*scene.before, *scene.move, scene.last_to),
                       side_of(scene.before->side_to_move()), decision.probability,
                       rank_of(decision)};
  }
  state.black_win_probability = game.black_win_probability(scene.ply);
  const int oldest = std::max(game.first_ply(), scene.ply - kMostHistory + 1);
  for (int ply = oldest; ply <= scene.ply; ++ply) {
    state.evaluation_history.push_back(game.black_win_probability(ply));
  }
  state.commentary = commentary_.sentence(scene, language);
  state.note = commentary_.note(scene, level, language);
  if (scene.over) {
    const Finish& finish = *game.finish();
    std::optional<protocol::Side> winner;
    if (finish.winner) winner = side_of(*finish.winner);
    state.result = {winner, finish.reason, commentary_.result(scene, language)};
  }
  state.seconds_per_move = std::chrono::duration<double>(per_move).count();
  return state;
}

protocol::MovePredictions GameView::move_predictions(const Scene& scene, Level level,
                                                     Language language) const {
  protocol::MovePredictions view{};
  view.game_id = scene.game->id();
  view.ply = scene.ply;
  view.side_to_move = side_of(scene.position.side_to_move());
  const Decision* decision = scene.game->decision(scene.ply);
  if (decision == nullptr) return view;
  std::optional<shogi::Square> last_to = scene.last_to;
  if (scene.move) last_to = scene.move->to();
  const std::size_t most = level == Level::beginner ? kBeginnerPredictions : decision->top.size();
  for (std::size_t i = 0; i < std::min(most, decision->top.size()); ++i) {
    const PolicyChoice& choice = decision->top[i];
    view.predictions.push_back({move_view(scene.position, choice.move, last_to),
                                rounded(choice.probability),
                                commentary_.reason(scene.position, choice.move, language)});
  }
  view.legal_moves = decision->legal_moves;
  if (level != Level::beginner) view.entropy = decision->entropy;
  view.destinations = decision->destinations;
  return view;
}

std::optional<protocol::SeAttention> GameView::se_attention(const Scene& scene, Level level) const {
  const protocol::Attention* attention = scene.game->attention(scene.ply);
  if (attention == nullptr) return std::nullopt;
  protocol::SeAttention view{};
  view.game_id = scene.game->id();
  view.ply = scene.ply;
  view.update = attention->update;
  view.method = protocol::MapMethod::se_weighted_activation;
  view.block = attention->block;
  const auto [low, high] =
      std::minmax_element(attention->activity.begin(), attention->activity.end());
  view.min = static_cast<double>(*low);
  view.max = static_cast<double>(*high);
  const float range = *high - *low;
  for (std::size_t i = 0; i < view.weights.size(); ++i) {
    view.weights[i] = range > 0 ? (attention->activity[i] - *low) / range : 0;
  }
  if (level == Level::advanced) view.gates.assign(attention->gates.begin(), attention->gates.end());
  return view;
}

}  // namespace keisei::studio

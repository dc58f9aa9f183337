#include "studio/game/game_view.h"

#include <algorithm>
#include <cmath>
#include <optional>

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

// A square is drawn as a tint and told in whole percents: what is below a ten-thousandth is not
// seen, but most squares of most positions are there, and would take eight characters each.
std::optional<protocol::BoardMap> visible(std::optional<protocol::BoardMap> shares) {
  if (!shares) return std::nullopt;
  for (float& share : *shares) share = std::round(share * 1e4F) / 1e4F;
  return shares;
}

// How sure a network is of its value, no trainer tells.
std::optional<protocol::WinEstimate> estimate_of(const Scene& scene) {
  using protocol::EstimateSource;
  if (!scene.game->told_forecast(scene.ply)) return std::nullopt;
  const Decision* decision = scene.game->decision(scene.ply);
  if (decision == nullptr) {
    return protocol::WinEstimate{EstimateSource::result, scene.update(), std::nullopt};
  }
  return protocol::WinEstimate{EstimateSource::network, decision->update, std::nullopt};
}

}  // namespace

protocol::GameState GameView::game_state(const Scene& scene, const SceneFacts& facts,
                                         const Showing& showing, Level level,
                                         Language language) const {
  const FeaturedGame& game = *scene.game;
  protocol::GameState state{};
  state.game_id = game.id();
  state.game_number = game.number();
  state.update = scene.update();
  state.ply = scene.ply;
  state.sfen = scene.position.sfen();
  state.side_to_move = side_of(scene.position.side_to_move());
  state.in_check = scene.position.in_check();
  if (facts.played) {
    const Decision& decision = *game.decision(scene.ply - 1);
    state.last_move = {facts.played->view, side_of(scene.before->side_to_move()),
                       decision.probability, rank_of(decision)};
  }
  state.black_win_probability = game.told_forecast(scene.ply);
  state.estimate = estimate_of(scene);
  state.forecast = forecast_of(scene, facts, level, language);
  const int oldest = std::max(game.first_ply(), scene.ply - kMostHistory + 1);
  for (int ply = oldest; ply <= scene.ply; ++ply) {
    state.evaluation_history.push_back(game.told_forecast(ply));
  }
  state.commentary = commentary_.sentence(scene, facts, language);
  state.note = commentary_.note(scene, facts, level, language);
  if (scene.joined) state.note = words_.recap(recap_of(scene, openings_), level, language);
  if (scene.looks_back) state.commentary = words_.look_back(scene, state.commentary, language);
  if (scene.over) {
    state.total_plies = game.total_plies();
    const Finish& finish = *game.finish();
    std::optional<protocol::Side> winner;
    if (finish.winner) winner = side_of(*finish.winner);
    state.result = {winner, finish.reason, commentary_.result(scene, language)};
  }
  state.seconds_per_move = std::chrono::duration<double>(showing.per_move).count();
  state.scene = scene.kind();
  state.pick = words_.pick(scene, level, language);
  state.played_at = scene.played_at();
  state.next_at = showing.next_at;
  state.held = showing.is_held;
  if (showing.drama) state.drama = words_.drama(*showing.drama, scene, level, language);
  return state;
}

std::optional<protocol::Forecast> GameView::forecast_of(const Scene& scene, const SceneFacts& facts,
                                                        Level level, Language language) const {
  const auto chances = scene.game->chances(scene.ply);
  if (!chances || !facts.verdict) return std::nullopt;
  const auto& [calibration, tally] = scene.game->basis();
  protocol::Forecast forecast{};
  forecast.win = chances->win;
  forecast.draw = chances->draw;
  forecast.loss = chances->loss;
  forecast.calibrated = calibration.is_calibrated();
  forecast.games = calibration.games();
  forecast.record = {tally.right, tally.on_a_side(), tally.even};
  forecast.verdict = verdict_words_.sentence(*facts.verdict, level, language);
  if (level != Level::advanced) return forecast;
  forecast.raw = scene.game->black_forecast(scene.ply);
  const std::string step = commentary_.forecast_step(scene, language);
  forecast.verdict = commentary_.joined(forecast.verdict, step, language);
  return forecast;
}

protocol::GameState GameView::no_game(std::chrono::milliseconds per_move) {
  protocol::GameState state{};
  state.sfen = shogi::Position::startpos().sfen();
  state.seconds_per_move = std::chrono::duration<double>(per_move).count();
  return state;
}

protocol::MovePredictions GameView::move_predictions(const Scene& scene, const SceneFacts& facts,
                                                     Level level, Language language) const {
  protocol::MovePredictions view{};
  view.game_id = scene.game->id();
  view.ply = scene.ply;
  view.update = scene.update();
  view.side_to_move = side_of(scene.position.side_to_move());
  const Decision* decision = scene.game->decision(scene.ply);
  if (decision == nullptr) return view;
  view.update = decision->update;
  const std::size_t most = level == Level::beginner ? kBeginnerPredictions : decision->top.size();
  for (std::size_t i = 0; i < std::min(most, decision->top.size()); ++i) {
    const ShownMove& move = facts.considered[i];
    view.predictions.push_back(
        {move.view, rounded(decision->top[i].probability), commentary_.reason(move, language)});
  }
  view.legal_moves = decision->legal_moves;
  if (level != Level::beginner) view.entropy = decision->entropy;
  view.destinations = visible(decision->destinations);
  return view;
}

}  // namespace keisei::studio

#include "hook/events/telemetry_encoding.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace keisei::hook {
namespace {

template <std::size_t kSize>
std::string text_of(const std::array<char, kSize>& text) {
  return {text.data(), strnlen(text.data(), kSize)};
}

protocol::Number known(double value) {
  return std::isfinite(value) ? protocol::Number(value) : std::nullopt;
}

std::size_t clamped(std::int32_t count, std::size_t most) {
  return std::min(static_cast<std::size_t>(std::max(count, 0)), most);
}

template <class Values>
bool all_finite(const Values& values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

}  // namespace

std::string game_id(const std::string& run_id, std::int64_t game_number) {
  return run_id + "-" + std::to_string(game_number);
}

bool is_sound(const MetricsEvent&) { return true; }
bool is_sound(const GameFinishedEvent&) { return true; }
bool is_sound(const EvaluationEvent&) { return true; }
bool is_sound(const CheckpointEvent&) { return true; }

bool is_sound(const RunStartedEvent& event) {
  return std::isfinite(event.shaping_coefficient) && std::isfinite(event.clip_epsilon) &&
         std::isfinite(event.started_at);
}

bool is_sound(const MoveEvent& event) {
  const auto top_end =
      event.top.begin() + static_cast<std::ptrdiff_t>(clamped(event.top_count, kTopMoves));
  return all_finite(event.destinations) &&
         std::all_of(event.top.begin(), top_end,
                     [](const TopMove& move) { return std::isfinite(move.probability); });
}

bool is_sound(const AttentionEvent& event) {
  const auto gates_end =
      event.gates.begin() + static_cast<std::ptrdiff_t>(clamped(event.gate_count, kMaxGates));
  return all_finite(event.activity) &&
         std::all_of(event.gates.begin(), gates_end, [](float v) { return std::isfinite(v); });
}

protocol::RunStarted to_message(const RunStartedEvent& event) {
  return {.run_id = text_of(event.run_id),
          .name = text_of(event.name),
          .preset = text_of(event.preset),
          .device = text_of(event.device),
          .parameters = std::max<std::int64_t>(event.parameters, 0),
          .tower_depth = std::max(event.tower_depth, 0),
          .tower_width = std::max(event.tower_width, 0),
          .reward = event.shaped_reward ? protocol::Reward::shaped : protocol::Reward::terminal,
          .shaping_coefficient = event.shaping_coefficient,
          .clip_epsilon = std::max(event.clip_epsilon, 0.0),
          .environments = std::max(event.environments, 1),
          .started_at = event.started_at};
}

protocol::TrainerMetrics to_message(const MetricsEvent& event, const std::string&,
                                    double emitted_at) {
  return {.update = event.update,
          .global_step = event.global_step,
          .games = event.games,
          .emitted_at = emitted_at,
          .metrics = {{"ppo/policy_loss", known(event.policy_loss)},
                      {"ppo/value_loss", known(event.value_loss)},
                      {"ppo/entropy", known(event.entropy)},
                      {"ppo/entropy_max", known(event.entropy_max)},
                      {"ppo/kl_divergence_approx", known(event.kl_divergence_approx)},
                      {"ppo/clip_fraction", known(event.clip_fraction)},
                      {"ppo/learning_rate", known(event.learning_rate)},
                      {"ppo/explained_variance", known(event.explained_variance)},
                      {"ppo/grad_norm", known(event.grad_norm)},
                      {"time/selfplay_s", known(event.selfplay_s)},
                      {"time/update_s", known(event.update_s)},
                      {"time/samples_per_s", known(event.samples_per_s)}}};
}

protocol::MovePlayed to_message(const MoveEvent& event, const std::string& run_id,
                                double emitted_at) {
  protocol::MovePlayed message{.game_id = game_id(run_id, event.game_number),
                               .game_number = event.game_number,
                               .update = event.update,
                               .ply = event.ply,
                               .sfen = text_of(event.sfen),
                               .usi = text_of(event.usi),
                               .probability = known(event.probability),
                               .value = known(event.value),
                               .legal_moves = event.legal_moves,
                               .entropy = known(event.entropy),
                               .top = {},
                               .destinations = event.destinations,
                               .emitted_at = emitted_at};
  for (std::size_t i = 0; i < clamped(event.top_count, kTopMoves); ++i) {
    message.top.push_back({text_of(event.top[i].usi), event.top[i].probability});
  }
  return message;
}

protocol::GameFinished to_message(const GameFinishedEvent& event, const std::string& run_id,
                                  double emitted_at) {
  protocol::GameFinished message{.game_id = game_id(run_id, event.game_number),
                                 .game_number = event.game_number,
                                 .update = event.update,
                                 .start_sfen = text_of(event.start_sfen),
                                 .moves = {},
                                 .winner = {},
                                 .reason = event.reason,
                                 .emitted_at = emitted_at};
  const std::size_t moves = clamped(event.move_count, kMaxGameMoves);
  message.moves.reserve(moves);
  for (std::size_t i = 0; i < moves; ++i) message.moves.push_back(text_of(event.moves[i]));
  if (event.winner == 0) message.winner = protocol::Side::black;
  if (event.winner == 1) message.winner = protocol::Side::white;
  return message;
}

protocol::Attention to_message(const AttentionEvent& event, const std::string& run_id,
                               double emitted_at) {
  const std::size_t gates = clamped(event.gate_count, kMaxGates);
  return {.game_id = game_id(run_id, event.game_number),
          .ply = event.ply,
          .update = event.update,
          .block = event.block,
          .activity = event.activity,
          .gates = {event.gates.begin(), event.gates.begin() + static_cast<std::ptrdiff_t>(gates)},
          .emitted_at = emitted_at};
}

protocol::EvaluationFinished to_message(const EvaluationEvent& event, const std::string&,
                                        double emitted_at) {
  protocol::EvaluationFinished message{.update = event.update,
                                       .global_step = event.global_step,
                                       .random_games = std::max(event.random_games, 0),
                                       .random_score = known(event.random_score),
                                       .random_low = known(event.random_low),
                                       .random_high = known(event.random_high),
                                       .elo = known(event.elo),
                                       .elo_error = known(event.elo_error),
                                       .skills = {},
                                       .emitted_at = emitted_at};
  for (std::size_t i = 0; i < clamped(event.probe_count, kMaxProbes); ++i) {
    const ProbeResult& probe = event.probes[i];
    message.skills.push_back(
        {text_of(probe.name), std::max(probe.successes, 0), std::max(probe.trials, 0)});
  }
  return message;
}

protocol::CheckpointSaved to_message(const CheckpointEvent& event, const std::string&,
                                     double emitted_at) {
  return {.update = event.update,
          .global_step = event.global_step,
          .name = text_of(event.name),
          .bytes = std::max<std::int64_t>(event.bytes, 0),
          .emitted_at = emitted_at};
}

}  // namespace keisei::hook

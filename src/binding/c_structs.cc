#include "binding/c_structs.h"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "binding/action_policy.h"
#include "binding/event_checks.h"

namespace keisei::binding {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr float kNaNf = std::numeric_limits<float>::quiet_NaN();

std::string_view text_of(const char* text) { return text == nullptr ? "" : text; }

/// An empty list may be null.
Result<void> check_list(const char* argument, const void* values, std::int32_t count,
                        std::int32_t most) {
  if (count >= 0 && count <= most && (count == 0 || values != nullptr)) return {};
  return fail(std::string(argument) + ": expected 0 to " + std::to_string(most));
}

/// Writes as much of the defaults as the caller's struct has room for.
template <class Struct>
void write_defaults(Struct defaults, Struct* to, std::size_t size) noexcept {
  if (to == nullptr) return;
  defaults.size = std::min(size, sizeof defaults);
  std::memcpy(to, &defaults, defaults.size);
}

}  // namespace

Result<void> fill(const keisei_hook_move& given, bool with_usi, hook::MoveEvent& event) {
  event.game_number = given.game_number;
  event.update = given.update;
  event.ply = given.ply;
  event.value = given.value;
  event.probability = given.probability;
  event.entropy = given.entropy;
  event.legal_moves = given.legal_moves;
  if (given.top_count < 0 || given.top_count > hook::kTopMoves) {
    return fail("top_count: " + std::to_string(given.top_count) + ", expected 0 to 5");
  }
  event.top_count = given.top_count;
  for (std::size_t i = 0; i < static_cast<std::size_t>(given.top_count); ++i) {
    std::copy_n(given.top[i].usi, event.top[i].usi.size(), event.top[i].usi.begin());
    event.top[i].probability = given.top[i].probability;
  }
  if (given.destinations != nullptr) {
    std::copy_n(given.destinations, event.destinations.size(), event.destinations.begin());
  }
  if (with_usi) {
    if (Result<void> fits = copy_text("usi", text_of(given.usi), event.usi); !fits) return fits;
  }
  return copy_text("sfen", text_of(given.sfen), event.sfen);
}

Result<void> fill(const keisei_hook_policy& policy, hook::MoveEvent& event) {
  if (policy.values == nullptr) return fail("values: null");
  if (policy.legal_mask == nullptr) return fail("legal_mask: null");
  if (policy.kind < 0 || policy.kind > 2) return fail("kind: expected 0, 1 or 2");
  if (policy.frame < 0 || policy.frame > 1) return fail("frame: expected 0 or 1");
  return describe_policy(
      ActionPolicy<float>{.values = {policy.values, kActions},
                          .legal = {policy.legal_mask, kActions},
                          .chosen = policy.action,
                          .kind = static_cast<PolicyKind>(policy.kind),
                          .turned = static_cast<Frame>(policy.frame) == Frame::mover &&
                                    is_white_to_move(event.sfen)},
      event);
}

Result<void> fill(const keisei_hook_run& given, hook::RunStartedEvent& event) {
  event = {
      .shaped_reward = given.shaped_reward != 0,
      .shaping_coefficient = given.shaping_coefficient,
      .clip_epsilon = given.clip_epsilon,
      .parameters = given.parameters,
      .tower_depth = given.tower_depth,
      .tower_width = given.tower_width,
      .environments = given.environments,
      .started_at = given.started_at > 0 ? given.started_at : unix_seconds(SystemClock().wall())};
  Result<void> fits = copy_text("run_id", text_of(given.run_id), event.run_id);
  if (fits) fits = copy_text("name", text_of(given.name), event.name);
  if (fits) fits = copy_text("preset", text_of(given.preset), event.preset);
  if (fits) fits = copy_text("device", text_of(given.device), event.device);
  return fits;
}

Result<hook::HookOptions> to_options(const keisei_hook_options& given) {
  if (given.priority < 0 || given.priority > 2) return fail("priority: expected 0, 1 or 2");
  if (!(given.impact_limit_pct >= 0)) return fail("impact_limit_pct: expected at least 0");
  if (given.flush_deadline_ms < 0) return fail("flush_deadline_ms: expected at least 0");
  hook::HookOptions options;
  options.url = text_of(given.url);
  options.token_file = text_of(given.token_file);
  options.flush_deadline = std::chrono::milliseconds(given.flush_deadline_ms);
  options.ca_file = text_of(given.ca_file);
  options.spill_file = text_of(given.spill_file);
  options.publisher_cpu = given.publisher_cpu;
  options.monitor.limit_pct = given.impact_limit_pct;
  options.priority = static_cast<ThreadPriority>(given.priority);
  return options;
}

Result<void> fill(const keisei_hook_ppo_metrics& given, hook::MetricsEvent& event) {
  event = {.update = given.update,
           .global_step = given.global_step,
           .games = given.games,
           .policy_loss = given.policy_loss,
           .value_loss = given.value_loss,
           .entropy = given.entropy,
           .entropy_max = given.entropy_max,
           .kl_divergence_approx = given.kl_divergence_approx,
           .clip_fraction = given.clip_fraction,
           .learning_rate = given.learning_rate,
           .explained_variance = given.explained_variance,
           .grad_norm = given.grad_norm,
           .selfplay_s = given.selfplay_s,
           .update_s = given.update_s,
           .samples_per_s = given.samples_per_s};
  return {};
}

Result<void> fill(const keisei_hook_game& given, hook::GameFinishedEvent& event) {
  const Result<void> moves =
      check_list("moves", given.moves, given.move_count, hook::kMaxGameMoves);
  if (!moves) return moves;
  if (given.winner < -1 || given.winner > 1) return fail("winner: expected -1 to 1");
  event.game_number = given.game_number;
  event.update = given.update;
  event.move_count = given.move_count;
  event.winner = static_cast<std::int8_t>(given.winner);
  for (std::size_t i = 0; i < static_cast<std::size_t>(given.move_count); ++i) {
    Result<void> fits = copy_text("moves", text_of(given.moves[i]), event.moves[i]);
    if (!fits) return fits;
  }
  const Result<protocol::EndReason> reason = end_reason(text_of(given.reason));
  if (!reason) return tl::unexpected(reason.error());
  event.reason = *reason;
  return copy_text("start_sfen", text_of(given.start_sfen), event.start_sfen);
}

Result<void> fill(const keisei_hook_attention& given, hook::AttentionEvent& event) {
  if (given.activity == nullptr) return fail("activity: null");
  const Result<void> gates = check_list("gates", given.gates, given.gate_count, hook::kMaxGates);
  if (!gates) return gates;
  event.game_number = given.game_number;
  event.update = given.update;
  event.ply = given.ply;
  event.block = given.block;
  event.gate_count = given.gate_count;
  std::copy_n(given.activity, event.activity.size(), event.activity.begin());
  std::copy_n(given.gates, given.gate_count, event.gates.begin());
  return {};
}

Result<void> fill(const keisei_hook_evaluation& given, hook::EvaluationEvent& event) {
  const Result<void> skills =
      check_list("skills", given.skills, given.skill_count, hook::kMaxProbes);
  if (!skills) return skills;
  event.update = given.update;
  event.global_step = given.global_step;
  event.random_games = given.random_games;
  event.random_score = given.random_score;
  event.random_low = given.random_low;
  event.random_high = given.random_high;
  event.elo = given.elo;
  event.elo_error = given.elo_error;
  event.probe_count = given.skill_count;
  for (std::size_t i = 0; i < static_cast<std::size_t>(given.skill_count); ++i) {
    event.probes[i].successes = given.skills[i].successes;
    event.probes[i].trials = given.skills[i].trials;
    Result<void> fits = copy_text("skills", text_of(given.skills[i].name), event.probes[i].name);
    if (!fits) return fits;
  }
  return {};
}

Result<void> fill(const keisei_hook_checkpoint& given, hook::CheckpointEvent& event) {
  event.update = given.update;
  event.global_step = given.global_step;
  event.bytes = given.bytes;
  return copy_text("name", text_of(given.name), event.name);
}

}  // namespace keisei::binding

extern "C" {

using namespace keisei::binding;

void keisei_hook_options_init(keisei_hook_options* options, size_t size) noexcept {
  write_defaults<keisei_hook_options>({.url = "ws://127.0.0.1:8080/ingest",
                                       .token_file = nullptr,
                                       .flush_deadline_ms = 1000,
                                       .priority = 1,
                                       .publisher_cpu = -1,
                                       .impact_limit_pct = 1},
                                      options, size);
}

void keisei_hook_run_init(keisei_hook_run* run, size_t size) noexcept {
  write_defaults<keisei_hook_run>({.run_id = nullptr,
                                   .name = "",
                                   .preset = "",
                                   .device = "cpu",
                                   .environments = 1,
                                   .clip_epsilon = 0.2},
                                  run, size);
}

void keisei_hook_ppo_metrics_init(keisei_hook_ppo_metrics* metrics, size_t size) noexcept {
  write_defaults<keisei_hook_ppo_metrics>({.policy_loss = kNaN,
                                           .value_loss = kNaN,
                                           .entropy = kNaN,
                                           .entropy_max = kNaN,
                                           .kl_divergence_approx = kNaN,
                                           .clip_fraction = kNaN,
                                           .learning_rate = kNaN,
                                           .explained_variance = kNaN,
                                           .grad_norm = kNaN,
                                           .selfplay_s = kNaN,
                                           .update_s = kNaN,
                                           .samples_per_s = kNaN},
                                          metrics, size);
}

void keisei_hook_move_init(keisei_hook_move* move, size_t size) noexcept {
  write_defaults<keisei_hook_move>({.value = kNaNf, .probability = kNaNf, .entropy = kNaNf}, move,
                                   size);
}

void keisei_hook_policy_init(keisei_hook_policy* policy, size_t size) noexcept {
  write_defaults<keisei_hook_policy>({}, policy, size);
}

void keisei_hook_game_init(keisei_hook_game* game, size_t size) noexcept {
  write_defaults<keisei_hook_game>({.start_sfen = kStartSfen, .winner = -1}, game, size);
}

void keisei_hook_attention_init(keisei_hook_attention* attention, size_t size) noexcept {
  write_defaults<keisei_hook_attention>({}, attention, size);
}

void keisei_hook_evaluation_init(keisei_hook_evaluation* evaluation, size_t size) noexcept {
  write_defaults<keisei_hook_evaluation>({.random_score = kNaN,
                                          .random_low = kNaN,
                                          .random_high = kNaN,
                                          .elo = kNaN,
                                          .elo_error = kNaN},
                                         evaluation, size);
}

void keisei_hook_checkpoint_init(keisei_hook_checkpoint* checkpoint, size_t size) noexcept {
  write_defaults<keisei_hook_checkpoint>({}, checkpoint, size);
}

}  // extern "C"

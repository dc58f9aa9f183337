#include "binding/c_events.h"

#include <exception>
#include <string>

#include "base/clock.h"
#include "binding/action_policy.h"
#include "binding/c_fields.h"
#include "binding/c_hook.h"

// The events of the C interface. A new one is its struct in keisei_hook.h and a row at the end.

// What is the same in Event and in its struct is copied by name. What is not:
namespace keisei::binding {
namespace {

template <class Struct, class Event>
Result<void> fill_rest(const Struct&, Event&) {
  return {};
}
Result<void> fill_rest(const keisei_hook_run& given, hook::RunStartedEvent& event) {
  event.reward = given.shaped_reward != 0 ? hook::Reward::shaped : hook::Reward::terminal;
  if (!(event.started_at > 0)) event.started_at = unix_seconds(SystemClock().wall());
  return {};
}
Result<void> fill_rest(const keisei_hook_attention& given, hook::AttentionEvent&) {
  if (given.activity == nullptr) return refuse("activity", "null");
  return {};
}
/// The struct's figures are metrics by their trainers' names.
template <class Member>
constexpr hook::Metric metric_of_member() {
  constexpr auto kMetric = protocol::metric_of(Member::name);
  static_assert(kMetric.has_value(), "no metric of this name in protocol/metric_table.h");
  return *kMetric;
}
template <class Struct, class Visit>
void each_figure(Visit visit) {
  boost::mp11::mp_for_each<hook::MembersOf<Struct>>([&]<class Member>(Member) {
    if constexpr (std::is_same_v<decltype(Member::pointer), double Struct::*const>) {
      visit(Member::pointer, metric_of_member<Member>());
    }
  });
}
template <std::same_as<keisei_hook_ppo_metrics> Struct>
Result<void> fill_rest(const Struct& given, hook::MetricsEvent& event) {
  each_figure<Struct>(
      [&](auto member, hook::Metric metric) { event.metrics[metric] = given.*member; });
  if (given.other_count < 0 || (given.other_count > 0 && given.other == nullptr)) {
    return refuse("other", "expected as many as other_count");
  }
  for (std::int32_t i = 0; i < given.other_count; ++i) {
    const std::string_view name = text_of(given.other[i].name);
    const auto metric = protocol::metric_of(name);
    if (!metric) return refuse("other", "\"" + std::string(name) + "\" is no metric");
    event.metrics[*metric] = given.other[i].value;
  }
  return {};
}

template <class Struct>
void fill_in_defaults(Struct&) {}
template <std::same_as<keisei_hook_ppo_metrics> Struct>
void fill_in_defaults(Struct& metrics) {
  each_figure<Struct>([&](auto member, hook::Metric) { metrics.*member = hook::kUnknown; });
}

template <class Struct, class Event>
Result<void> fill(const Struct& given, Event& event) {
  const Result<void> filled = take("", given, 0, event);
  return filled ? fill_rest(given, event) : filled;
}

Result<void> fill_from(const keisei_hook_policy& policy, hook::MoveEvent& event) {
  if (policy.values == nullptr) return refuse("values", "null");
  if (policy.legal_mask == nullptr) return refuse("legal_mask", "null");
  if (policy.kind < 0 || policy.kind > 2) return refuse("kind", "expected 0, 1 or 2");
  if (policy.frame < 0 || policy.frame > 1) return refuse("frame", "expected 0 or 1");
  if (policy.action_count < 0 ||
      !numbering_of(static_cast<std::size_t>(policy.action_count)).has_value()) {
    return refuse("action_count", "expected 13527 or 11259");
  }
  const auto count = static_cast<std::size_t>(policy.action_count);
  return describe_policy(
      ActionPolicy<float>{.values = {policy.values, count},
                          .legal = {policy.legal_mask, count},
                          .chosen = policy.action,
                          .kind = static_cast<PolicyKind>(policy.kind),
                          .turned = static_cast<Frame>(policy.frame) == Frame::mover &&
                                    is_white_to_move(event.sfen)},
      event);
}

/// Makes an event of the caller's struct and sends it, and turns whatever happens into a status.
template <class Event, class Struct, class Fill>
keisei_hook_status emit(keisei_hook* owner, const Struct* from, Init<Struct> init, ErrorText error,
                        Fill fill_event) noexcept {
  try {
    if (owner == nullptr) return error.write("hook: null", KEISEI_HOOK_INVALID);
    Struct given;
    if (!read(from, init, given)) {
      return error.write("event: null, or its size is not set", KEISEI_HOOK_INVALID);
    }
    hook::StreamingHook* hook = owner->hook.get();
    if (hook == nullptr) return error.write(kForked, KEISEI_HOOK_FORKED);
    Event event;
    Result<void> sound = fill_event(given, event);
    if (sound) sound = check(event);
    if (!sound) return error.write(sound.error().message, KEISEI_HOOK_INVALID);
    hook->emit(event);
    return KEISEI_HOOK_OK;
  } catch (const std::exception& failure) {
    return error.write(failure.what(), KEISEI_HOOK_FAILED);
  }
}

}  // namespace

}  // namespace keisei::binding

BOOST_DESCRIBE_STRUCT(keisei_hook_top_move, (), (usi, probability))
BOOST_DESCRIBE_STRUCT(keisei_hook_skill, (), (name, successes, trials))
BOOST_DESCRIBE_STRUCT(keisei_hook_past_score, (), (update, wins, draws, losses))
BOOST_DESCRIBE_STRUCT(keisei_hook_anchor_score, (), (name, wins, draws, losses, elo, elo_error))
BOOST_DESCRIBE_STRUCT(keisei_hook_past_age, (), (update, seconds))

/// keisei_hook_STRUCT with its members, the function keisei_hook_emit_NAME, and what it emits.
#define KEISEI_C_EVENT(Struct, emit_name, Event, ...)                                           \
  BOOST_DESCRIBE_STRUCT(keisei_hook_##Struct, (), (__VA_ARGS__))                                \
  extern "C" void keisei_hook_##Struct##_init(keisei_hook_##Struct* to, size_t size) noexcept { \
    using namespace keisei::binding;                                                            \
    auto defaults = defaults_of<keisei::hook::Event, keisei_hook_##Struct>();                   \
    fill_in_defaults(defaults);                                                                 \
    write_defaults(defaults, to, size);                                                         \
  }                                                                                             \
  extern "C" keisei_hook_status keisei_hook_emit_##emit_name(                                   \
      keisei_hook* hook, const keisei_hook_##Struct* from, char* error,                         \
      size_t error_size) noexcept {                                                             \
    using namespace keisei::binding;                                                            \
    return emit<keisei::hook::Event>(                                                           \
        hook, from, keisei_hook_##Struct##_init, {error, error_size},                           \
        [](const keisei_hook_##Struct& given, auto& event) { return fill(given, event); });     \
  }

KEISEI_C_EVENT(run, run_started, RunStartedEvent, run_id, name, preset, device, parameters,
               tower_depth, tower_width, environments, shaping_coefficient, clip_epsilon,
               started_at)
KEISEI_C_EVENT(ppo_metrics, ppo_metrics, MetricsEvent, update, global_step, games, policy_loss,
               value_loss, entropy, entropy_max, kl_divergence_approx, clip_fraction, learning_rate,
               explained_variance, grad_norm, selfplay_s, update_s, samples_per_s)
KEISEI_C_EVENT(move, move, MoveEvent, game_number, update, ply, sfen, usi, value, probability,
               entropy, legal_moves, top_count, top, destinations)
KEISEI_C_EVENT(game, game_finished, GameFinishedEvent, game_number, update, start_sfen, moves,
               move_count, winner, reason)
KEISEI_C_EVENT(attention, attention, AttentionEvent, game_number, update, ply, block, activity,
               gates, gate_count)
KEISEI_C_EVENT(evaluation, evaluation, EvaluationEvent, update, global_step, random_games,
               random_score, random_low, random_high, elo, elo_error, skills, skill_count,
               past_scores, past_score_count, anchor_scores, anchor_score_count, past_ages,
               past_age_count)
KEISEI_C_EVENT(checkpoint, checkpoint, CheckpointEvent, update, global_step, bytes, name)

extern "C" {

void keisei_hook_policy_init(keisei_hook_policy* policy, size_t size) noexcept {
  keisei::binding::write_defaults<keisei_hook_policy>({.action_count = KEISEI_HOOK_ACTIONS}, policy,
                                                      size);
}

keisei_hook_status keisei_hook_emit_policy_move(keisei_hook* hook, const keisei_hook_move* move,
                                                const keisei_hook_policy* policy, char* error,
                                                size_t error_size) noexcept {
  using namespace keisei;
  using namespace keisei::binding;
  return emit<hook::MoveEvent>(
      hook, move, keisei_hook_move_init, {error, error_size},
      [policy](const keisei_hook_move& given, hook::MoveEvent& event) -> Result<void> {
        keisei_hook_policy known;
        if (!read(policy, keisei_hook_policy_init, known)) {
          return fail("policy: null, or its size is not set");
        }
        const Result<void> filled = fill(given, event);
        return filled ? fill_from(known, event) : filled;
      });
}

}  // extern "C"

namespace keisei::binding {

Result<hook::RunStartedEvent> to_event(const keisei_hook_run* run) {
  keisei_hook_run given;
  if (!read(run, keisei_hook_run_init, given)) return fail("run: not set");
  hook::RunStartedEvent event;
  Result<void> sound = fill(given, event);
  if (sound) sound = check(event);
  if (!sound) return tl::unexpected(sound.error());
  return event;
}

}  // namespace keisei::binding

#include <algorithm>
#include <cstring>
#include <exception>
#include <string_view>

#include "binding/c_structs.h"
#include "binding/event_checks.h"
#include "binding/fork_safe_hook.h"
#include "binding/keisei_hook.h"

struct keisei_hook {
  keisei::binding::ForkSafeHook hook;
};

namespace {

using namespace keisei;
using namespace keisei::binding;

struct ErrorText {
  char* text;
  std::size_t size;

  keisei_hook_status write(std::string_view message, keisei_hook_status status) const noexcept {
    if (text == nullptr || size == 0) return status;
    const std::size_t length = std::min(message.size(), size - 1);
    std::memcpy(text, message.data(), length);
    text[length] = '\0';
    return status;
  }
};

/// Runs `fill(given, event)` and `send(hook, event)`, and turns whatever happens into a status.
template <class Event, class Struct, class Send, class Fill>
keisei_hook_status emit(keisei_hook* owner, const Struct* from, Init<Struct> init, ErrorText error,
                        Send send, Fill fill) noexcept {
  try {
    if (owner == nullptr) return error.write("hook: null", KEISEI_HOOK_INVALID);
    Struct given;
    if (!read(from, init, given)) {
      return error.write("event: null, or its size is not set", KEISEI_HOOK_INVALID);
    }
    hook::StreamingHook* hook = owner->hook.get();
    if (hook == nullptr) {
      return error.write("hook: created in another process, of which this one is a fork",
                         KEISEI_HOOK_FORKED);
    }
    Event event;
    Result<void> sound = fill(given, event);
    if (sound) sound = check(event);
    if (!sound) return error.write(sound.error().message, KEISEI_HOOK_INVALID);
    send(*hook, event);
    return KEISEI_HOOK_OK;
  } catch (const std::exception& failure) {
    return error.write(failure.what(), KEISEI_HOOK_FAILED);
  }
}

}  // namespace

extern "C" {

int keisei_hook_version(void) noexcept { return KEISEI_HOOK_VERSION; }

keisei_hook* keisei_hook_create(const keisei_hook_options* options, const keisei_hook_run* run,
                                char* error, size_t error_size) noexcept {
  const ErrorText reason{error, error_size};
  const auto refuse = [&](std::string_view message) -> keisei_hook* {
    reason.write(message, KEISEI_HOOK_INVALID);
    return nullptr;
  };
  try {
    keisei_hook_options given_options;
    keisei_hook_run given_run;
    if (!read(options, keisei_hook_options_init, given_options)) return refuse("options: not set");
    if (!read(run, keisei_hook_run_init, given_run)) return refuse("run: not set");
    const Result<hook::HookOptions> hook_options = to_options(given_options);
    if (!hook_options) return refuse(hook_options.error().message);
    const Result<protocol::RunStarted> started = to_run(given_run);
    if (!started) return refuse(started.error().message);
    return new keisei_hook{{*hook_options, *started}};
  } catch (const std::exception& failure) {
    return refuse(failure.what());
  }
}

void keisei_hook_destroy(keisei_hook* hook) noexcept { delete hook; }

keisei_hook_status keisei_hook_emit_ppo_metrics(keisei_hook* hook,
                                                const keisei_hook_ppo_metrics* metrics, char* error,
                                                size_t error_size) noexcept {
  return emit<hook::MetricsEvent>(
      hook, metrics, keisei_hook_ppo_metrics_init, {error, error_size},
      [](hook::StreamingHook& to, const hook::MetricsEvent& event) { to.emit_ppo_metrics(event); },
      [](const keisei_hook_ppo_metrics& given, hook::MetricsEvent& event) {
        return fill(given, event);
      });
}

keisei_hook_status keisei_hook_emit_move(keisei_hook* hook, const keisei_hook_move* move,
                                         char* error, size_t error_size) noexcept {
  return emit<hook::MoveEvent>(
      hook, move, keisei_hook_move_init, {error, error_size},
      [](hook::StreamingHook& to, const hook::MoveEvent& event) { to.emit_move(event); },
      [](const keisei_hook_move& given, hook::MoveEvent& event) {
        return fill(given, true, event);
      });
}

keisei_hook_status keisei_hook_emit_policy_move(keisei_hook* hook, const keisei_hook_move* move,
                                                const keisei_hook_policy* policy, char* error,
                                                size_t error_size) noexcept {
  return emit<hook::MoveEvent>(
      hook, move, keisei_hook_move_init, {error, error_size},
      [](hook::StreamingHook& to, const hook::MoveEvent& event) { to.emit_move(event); },
      [policy](const keisei_hook_move& given, hook::MoveEvent& event) -> Result<void> {
        keisei_hook_policy known;
        if (!read(policy, keisei_hook_policy_init, known)) {
          return fail("policy: null, or its size is not set");
        }
        Result<void> filled = fill(given, false, event);
        return filled ? fill(known, event) : filled;
      });
}

keisei_hook_status keisei_hook_emit_game_finished(keisei_hook* hook, const keisei_hook_game* game,
                                                  char* error, size_t error_size) noexcept {
  return emit<hook::GameFinishedEvent>(
      hook, game, keisei_hook_game_init, {error, error_size},
      [](hook::StreamingHook& to, const hook::GameFinishedEvent& event) {
        to.emit_game_finished(event);
      },
      [](const keisei_hook_game& given, hook::GameFinishedEvent& event) {
        return fill(given, event);
      });
}

keisei_hook_status keisei_hook_emit_attention(keisei_hook* hook,
                                              const keisei_hook_attention* attention, char* error,
                                              size_t error_size) noexcept {
  return emit<hook::AttentionEvent>(
      hook, attention, keisei_hook_attention_init, {error, error_size},
      [](hook::StreamingHook& to, const hook::AttentionEvent& event) { to.emit_attention(event); },
      [](const keisei_hook_attention& given, hook::AttentionEvent& event) {
        return fill(given, event);
      });
}

keisei_hook_status keisei_hook_emit_evaluation(keisei_hook* hook,
                                               const keisei_hook_evaluation* evaluation,
                                               char* error, size_t error_size) noexcept {
  return emit<hook::EvaluationEvent>(
      hook, evaluation, keisei_hook_evaluation_init, {error, error_size},
      [](hook::StreamingHook& to, const hook::EvaluationEvent& event) {
        to.emit_evaluation(event);
      },
      [](const keisei_hook_evaluation& given, hook::EvaluationEvent& event) {
        return fill(given, event);
      });
}

keisei_hook_status keisei_hook_emit_checkpoint(keisei_hook* hook,
                                               const keisei_hook_checkpoint* checkpoint,
                                               char* error, size_t error_size) noexcept {
  return emit<hook::CheckpointEvent>(
      hook, checkpoint, keisei_hook_checkpoint_init, {error, error_size},
      [](hook::StreamingHook& to, const hook::CheckpointEvent& event) {
        to.emit_checkpoint(event);
      },
      [](const keisei_hook_checkpoint& given, hook::CheckpointEvent& event) {
        return fill(given, event);
      });
}

int keisei_hook_begin_step(keisei_hook* hook) noexcept {
  hook::StreamingHook* to = hook == nullptr ? nullptr : hook->hook.get();
  return to != nullptr && to->begin_step() ? 1 : 0;
}

void keisei_hook_end_steps(keisei_hook* hook) noexcept {
  if (hook::StreamingHook* to = hook == nullptr ? nullptr : hook->hook.get()) to->end_steps();
}

void keisei_hook_set_measuring(keisei_hook* hook, int measuring) noexcept {
  hook::StreamingHook* to = hook == nullptr ? nullptr : hook->hook.get();
  if (to != nullptr) to->set_measuring(measuring != 0);
}

int keisei_hook_stopped(const keisei_hook* hook) noexcept {
  const hook::StreamingHook* to = hook == nullptr ? nullptr : hook->hook.get();
  return to != nullptr && to->stopped() ? 1 : 0;
}

void keisei_hook_get_counters(const keisei_hook* hook, keisei_hook_counters* counters) noexcept {
  if (counters == nullptr || counters->size <= sizeof(std::size_t)) return;
  keisei_hook_counters now{.size = std::min(counters->size, sizeof *counters)};
  try {
    if (const hook::StreamingHook* streaming = hook == nullptr ? nullptr : hook->hook.get()) {
      const hook::HookCounters known = streaming->counters();
      now.emitted = known.emitted;
      now.sent = known.sent;
      now.acknowledged = known.acknowledged;
      now.dropped = known.dropped;
      now.connections = known.connections;
      now.connect_failures = known.connect_failures;
      now.connected = known.connected ? 1 : 0;
    }
  } catch (const std::exception&) {
    // Out of memory while naming the drops: zeros.
  }
  std::memcpy(counters, &now, now.size);
}

void keisei_hook_last_error(const keisei_hook* hook, char* error, size_t error_size) noexcept {
  const ErrorText text{error, error_size};
  try {
    const hook::StreamingHook* streaming = hook == nullptr ? nullptr : hook->hook.get();
    text.write(streaming == nullptr ? "no hook in this process" : streaming->last_error(),
               KEISEI_HOOK_OK);
  } catch (const std::exception& failure) {
    text.write(failure.what(), KEISEI_HOOK_FAILED);
  }
}

}  // extern "C"

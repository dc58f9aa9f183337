#include <algorithm>
#include <cstring>
#include <exception>
#include <string_view>

#include "binding/c_structs.h"
#include "binding/event_checks.h"
#include "binding/fork_safe_hook.h"
#include "binding/keisei_hook.h"
#include "hook/events/telemetry_encoding.h"

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

template <class Event>
using Send = void (hook::Emitter::*)(const Event&) noexcept;

/// Makes an event of the caller's struct and sends it, and turns whatever happens into a status.
template <class Event, class Struct, class Fill>
keisei_hook_status emit(keisei_hook* owner, const Struct* from, Init<Struct> init, Send<Event> send,
                        ErrorText error, Fill fill_event) noexcept {
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
    Result<void> sound = fill_event(given, event);
    if (sound) sound = check(event);
    if (!sound) return error.write(sound.error().message, KEISEI_HOOK_INVALID);
    (hook->*send)(event);
    return KEISEI_HOOK_OK;
  } catch (const std::exception& failure) {
    return error.write(failure.what(), KEISEI_HOOK_FAILED);
  }
}

template <class Event, class Struct>
keisei_hook_status emit(keisei_hook* owner, const Struct* from, Init<Struct> init, Send<Event> send,
                        ErrorText error) noexcept {
  return emit(owner, from, init, send, error,
              [](const Struct& given, Event& event) { return fill(given, event); });
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
    hook::RunStartedEvent started;
    Result<void> sound = fill(given_run, started);
    if (sound) sound = check(started);
    if (!sound) return refuse(sound.error().message);
    return new keisei_hook{{*hook_options, hook::to_message(started)}};
  } catch (const std::exception& failure) {
    return refuse(failure.what());
  }
}

void keisei_hook_destroy(keisei_hook* hook) noexcept { delete hook; }

keisei_hook_status keisei_hook_emit_run_started(keisei_hook* hook, const keisei_hook_run* run,
                                                char* error, size_t error_size) noexcept {
  return emit(hook, run, keisei_hook_run_init, &hook::Emitter::emit_run_started,
              {error, error_size});
}

keisei_hook_status keisei_hook_emit_ppo_metrics(keisei_hook* hook,
                                                const keisei_hook_ppo_metrics* metrics, char* error,
                                                size_t error_size) noexcept {
  return emit(hook, metrics, keisei_hook_ppo_metrics_init, &hook::Emitter::emit_ppo_metrics,
              {error, error_size});
}

keisei_hook_status keisei_hook_emit_move(keisei_hook* hook, const keisei_hook_move* move,
                                         char* error, size_t error_size) noexcept {
  return emit(hook, move, keisei_hook_move_init, &hook::Emitter::emit_move, {error, error_size},
              [](const keisei_hook_move& given, hook::MoveEvent& event) {
                return fill(given, true, event);
              });
}

keisei_hook_status keisei_hook_emit_policy_move(keisei_hook* hook, const keisei_hook_move* move,
                                                const keisei_hook_policy* policy, char* error,
                                                size_t error_size) noexcept {
  return emit(hook, move, keisei_hook_move_init, &hook::Emitter::emit_move, {error, error_size},
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
  return emit(hook, game, keisei_hook_game_init, &hook::Emitter::emit_game_finished,
              {error, error_size});
}

keisei_hook_status keisei_hook_emit_attention(keisei_hook* hook,
                                              const keisei_hook_attention* attention, char* error,
                                              size_t error_size) noexcept {
  return emit(hook, attention, keisei_hook_attention_init, &hook::Emitter::emit_attention,
              {error, error_size});
}

keisei_hook_status keisei_hook_emit_evaluation(keisei_hook* hook,
                                               const keisei_hook_evaluation* evaluation,
                                               char* error, size_t error_size) noexcept {
  return emit(hook, evaluation, keisei_hook_evaluation_init, &hook::Emitter::emit_evaluation,
              {error, error_size});
}

keisei_hook_status keisei_hook_emit_checkpoint(keisei_hook* hook,
                                               const keisei_hook_checkpoint* checkpoint,
                                               char* error, size_t error_size) noexcept {
  return emit(hook, checkpoint, keisei_hook_checkpoint_init, &hook::Emitter::emit_checkpoint,
              {error, error_size});
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

#include <chrono>
#include <cstring>
#include <exception>
#include <string_view>

#include "binding/c_events.h"
#include "binding/c_fields.h"
#include "binding/c_hook.h"
#include "binding/json_events.h"
#include "binding/keisei_hook.h"
#include "binding/option_checks.h"
#include "hook/events/to_message.h"

using namespace keisei;
using namespace keisei::binding;

namespace {

Result<hook::HookOptions> to_options(const keisei_hook_options& given) {
  if (given.priority < 0 || given.priority > 2) return fail("priority: expected 0, 1 or 2");
  Result<void> sound =
      check_flush_deadline("flush_deadline_ms", static_cast<double>(given.flush_deadline_ms), 1000);
  if (sound) sound = check_publisher_cpu(given.publisher_cpu);
  if (sound) sound = check_impact_limit(given.impact_limit_pct);
  if (!sound) return tl::unexpected(sound.error());
  hook::HookOptions options;
  options.url = text_of(given.url);
  options.token_file = text_of(given.token_file);
  options.flush_deadline = std::chrono::milliseconds(given.flush_deadline_ms);
  options.ca_file = text_of(given.ca_file);
  options.spill_file = text_of(given.spill_file);
  options.publisher_cpu = given.publisher_cpu;
  options.monitor.limit_pct = given.impact_limit_pct;
  options.priority = static_cast<ThreadPriority>(given.priority);
  if (given.tell != nullptr) {
    options.tell = [tell = given.tell, context = given.tell_context](const Notices::Notice& told) {
      tell(line_of(told).c_str(), context);
    };
  }
  return options;
}

}  // namespace

extern "C" {

void keisei_hook_options_init(keisei_hook_options* options, size_t size) noexcept {
  write_defaults<keisei_hook_options>({.url = "ws://127.0.0.1:8080/ingest",
                                       .token_file = nullptr,
                                       .flush_deadline_ms = 1000,
                                       .priority = 1,
                                       .publisher_cpu = -1,
                                       .impact_limit_pct = 1},
                                      options, size);
}

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
    if (!read(options, keisei_hook_options_init, given_options)) return refuse("options: not set");
    const Result<hook::HookOptions> hook_options = to_options(given_options);
    if (!hook_options) return refuse(hook_options.error().message);
    const Result<hook::RunStartedEvent> started = to_event(run);
    if (!started) return refuse(started.error().message);
    return new keisei_hook{{*hook_options, hook::to_message(*started)}};
  } catch (const std::exception& failure) {
    return refuse(failure.what());
  }
}

void keisei_hook_destroy(keisei_hook* hook) noexcept { delete hook; }

keisei_hook_status keisei_hook_emit_json(keisei_hook* owner, const char* event, const char* json,
                                         char* error, size_t error_size) noexcept {
  const ErrorText reason{error, error_size};
  try {
    if (owner == nullptr) return reason.write("hook: null", KEISEI_HOOK_INVALID);
    hook::StreamingHook* hook = owner->hook.get();
    if (hook == nullptr) return reason.write(kForked, KEISEI_HOOK_FORKED);
    const Result<void> emitted = emit_json(text_of(event), text_of(json), *hook);
    if (!emitted) return reason.write(emitted.error().message, KEISEI_HOOK_INVALID);
    return KEISEI_HOOK_OK;
  } catch (const std::exception& failure) {
    return reason.write(failure.what(), KEISEI_HOOK_FAILED);
  }
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

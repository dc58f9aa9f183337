#include "hook/streaming_hook.h"

#include <stdexcept>
#include <utility>

#include "hook/publisher.h"

namespace keisei::hook {
namespace {

ShowcaseUrl url_or_throw(const std::string& text) {
  Result<ShowcaseUrl> url = parse_showcase_url(text);
  if (!url) throw std::invalid_argument(url.error().message);
  return std::move(*url);
}

}  // namespace

struct StreamingHook::Impl {
  Impl(const HookOptions& options, protocol::RunStarted run, const Clock& emit_clock)
      : clock(emit_clock),
        rings(options),
        publisher(options, url_or_throw(options.url), std::move(run), emit_clock, rings, counters) {
  }

  template <class Event>
  void emit(SpscRing<Stamped<Event>>& ring, const Event& event) noexcept {
    counters.count_emitted();
    Stamped<Event>* slot = ring.prepare();
    if (slot == nullptr) {
      counters.count_drop(kKindOf<Event>, DropReason::ring_full);
      return;
    }
    slot->emitted_at = unix_seconds(clock.wall());
    slot->event = event;
    ring.publish();
  }

  const Clock& clock;
  EventCounters counters;
  Rings rings;
  Publisher publisher;
};

StreamingHook::StreamingHook(HookOptions options, protocol::RunStarted run, const Clock& clock)
    : impl_(std::make_unique<Impl>(options, std::move(run), clock)) {}

StreamingHook::~StreamingHook() = default;

void StreamingHook::emit_ppo_metrics(const MetricsEvent& event) noexcept {
  impl_->emit(impl_->rings.metrics, event);
}

void StreamingHook::emit_move(const MoveEvent& event) noexcept {
  impl_->emit(impl_->rings.moves, event);
}

void StreamingHook::emit_game_finished(const GameFinishedEvent& event) noexcept {
  impl_->emit(impl_->rings.games, event);
}

void StreamingHook::emit_attention(const AttentionEvent& event) noexcept {
  impl_->emit(impl_->rings.attention, event);
}

HookCounters StreamingHook::counters() const {
  const EventCounters& counters = impl_->counters;
  return {.emitted = counters.emitted(),
          .sent = counters.sent(),
          .dropped = counters.dropped(),
          .connections = impl_->publisher.connections(),
          .connect_failures = impl_->publisher.connect_failures(),
          .connected = impl_->publisher.connected(),
          .dropped_by = counters.dropped_by()};
}

std::string StreamingHook::last_error() const { return impl_->publisher.last_error(); }

}  // namespace keisei::hook

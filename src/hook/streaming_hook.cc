#include "hook/streaming_hook.h"

#include <unistd.h>

#include <cstdint>
#include <random>
#include <stdexcept>
#include <utility>

#include "base/unwaited_output.h"
#include "hook/events/lane.h"
#include "hook/events/lanes.h"
#include "hook/transport/publisher.h"

namespace keisei::hook {
namespace {

ShowcaseUrl url_or_throw(const std::string& text) {
  Result<ShowcaseUrl> url = parse_showcase_url(text);
  if (!url) throw std::invalid_argument(url.error().message);
  return std::move(*url);
}

/// Says it on standard error without waiting for its reader: `close` waits for the publisher. The
/// next line says how many were left out.
class StandardError {
 public:
  void operator()(const Notices::Notice& notice) {
    std::string line = "keisei hook: " + line_of(notice);
    if (output_.left_out() > 0) {
      line += " (left out before: " + std::to_string(output_.left_out()) + ")";
    }
    output_.write(line + '\n');
  }

 private:
  UnwaitedOutput output_{STDERR_FILENO};
};

HookOptions with_defaults(HookOptions options) {
  if (!options.tell) options.tell = StandardError();
  if (!options.random) {
    options.random = [engine = std::mt19937_64(std::random_device{}())]() mutable {
      return std::uniform_real_distribution<double>(0, 1)(engine);
    };
  }
  return options;
}

}  // namespace

static_assert(StreamingHook::kMostEmitters == Lanes::kMost);

struct StreamingHook::Impl {
  Impl(const HookOptions& from, protocol::RunStarted run, const Clock& emit_clock)
      : options(from),
        clock(emit_clock),
        lanes(options.rooms, status.gate, clock),
        // Copies of the random source: monitor and publisher live on different threads.
        monitor(options.monitor, clock, options.random),
        notices(clock, options.tell),
        publisher(options, url_or_throw(options.url), std::move(run), clock, lanes, status,
                  notices) {}

  void share_findings() noexcept {
    status.gate.set_stage(monitor.stage());
    status.impact.set(monitor.impact());
  }

  const HookOptions options;
  const Clock& clock;
  HookStatus status;
  Lanes lanes;
  PerformanceMonitor monitor;
  Notices notices;
  Publisher publisher;
};

StreamingHook::StreamingHook(HookOptions options, protocol::RunStarted run, const Clock& clock)
    : Emitter(nullptr),
      impl_(std::make_unique<Impl>(with_defaults(std::move(options)), std::move(run), clock)) {
  lane_ = &impl_->lanes.add();
}

StreamingHook::~StreamingHook() = default;

void StreamingHook::close() {
  impl_->publisher.stop();
  // Emitted while the publisher looked for the last time.
  impl_->lanes.each([this](Lane& lane) {
    lane.drain([this]<class Event>(const Stamped<Event>&) {
      impl_->status.counters.count_drop(kKindOf<Event>, DropReason::ended);
    });
  });
}

Emitter& StreamingHook::add_emitter() { return impl_->lanes.add_emitter(); }

bool StreamingHook::begin_step() noexcept {
  const bool streaming = impl_->monitor.begin_step();
  impl_->status.gate.set_resting(!streaming);
  impl_->share_findings();
  return !impl_->status.gate.refusal(kKindOf<MoveEvent>);
}

void StreamingHook::end_steps() noexcept {
  impl_->monitor.interrupt();
  impl_->status.gate.set_resting(false);
  impl_->share_findings();
}

void StreamingHook::set_measuring(bool measuring) noexcept {
  impl_->monitor.set_measuring(measuring);
}

StreamingStage StreamingHook::stage() const noexcept { return impl_->status.gate.stage(); }
bool StreamingHook::stopped() const noexcept { return impl_->status.gate.stopped(); }

HookCounters StreamingHook::counters() const {
  const EventCounters& published = impl_->status.counters;
  HookCounters result{.sent = published.sent(),
                      .acknowledged = published.acknowledged(),
                      .dropped = published.dropped(),
                      .connections = impl_->publisher.courier().connections(),
                      .connect_failures = impl_->publisher.courier().connect_failures(),
                      .connected = impl_->publisher.courier().connected(),
                      .backlog_events = impl_->publisher.courier().backlog_events(),
                      .backlog_bytes = impl_->publisher.courier().backlog_bytes(),
                      .dropped_by = published.dropped_by()};
  impl_->lanes.each([&](const Lane& lane) {
    result.emitted += lane.counters().emitted();
    result.dropped += lane.counters().dropped();
    lane.counters().add_dropped_to(result.dropped_by);
  });
  return result;
}

std::string StreamingHook::last_error() const { return impl_->publisher.courier().last_error(); }

}  // namespace keisei::hook

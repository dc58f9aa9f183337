#include "base/notices.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/printable.h"

namespace keisei {
namespace {

constexpr std::chrono::minutes kAtMostEvery{1};

}  // namespace

Notices::Notices(const Clock& clock, Teller teller) : clock_(clock), teller_(std::move(teller)) {}

Topic& Notices::topic(std::string_view name, std::string_view what) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(topics_.begin(), topics_.end(),
                                  [&](const Topic& topic) { return topic.state_.topic == name; });
  return found != topics_.end() ? *found : topics_.emplace_back(*this, name, what);
}

std::vector<Notices::State> Notices::read() const {
  const std::lock_guard lock(mutex_);
  std::vector<State> states;
  for (const Topic& topic : topics_) {
    states.push_back(topic.state_);
    states.back().failing = topic.failing_;
  }
  return states;
}

Topic::Topic(Notices& notices, std::string_view name, std::string_view what)
    : notices_(notices),
      state_{.topic = std::string(name),
             .what = std::string(what),
             .reason = {},
             .failing = false,
             .since = {},
             .failures = 0,
             .happenings = 0} {}

void Topic::fails(std::string_view reason) {
  std::string why = printable(reason);
  const std::lock_guard lock(notices_.mutex_);
  const bool began = !failing_.exchange(true);
  state_.reason = std::move(why);
  if (began) {
    ++state_.failures;
    state_.since = notices_.clock_.wall();
  }
  if (began || (state_.reason != told_reason_ && !is_quiet())) {
    tell(Notices::Notice::Kind::failing, 1);
  }
}

void Topic::works() {
  if (!failing_.load(std::memory_order_relaxed)) return;
  const std::lock_guard lock(notices_.mutex_);
  if (!failing_.exchange(false)) return;
  state_.since = notices_.clock_.wall();
  tell(Notices::Notice::Kind::working, 1);
}

void Topic::happened(std::string_view reason, std::uint64_t times) {
  const std::lock_guard lock(notices_.mutex_);
  state_.happenings += times;
  state_.since = notices_.clock_.wall();
  untold_ += times;
  state_.reason = printable(reason);
  if (!is_quiet()) tell(Notices::Notice::Kind::happened, std::exchange(untold_, 0));
}

bool Topic::is_quiet() const {
  return was_told_ && notices_.clock_.steady() - told_ < kAtMostEvery;
}

void Topic::tell(Notices::Notice::Kind kind, std::uint64_t times) {
  told_ = notices_.clock_.steady();
  was_told_ = true;
  told_reason_ = state_.reason;
  notices_.teller_({.topic = state_.topic,
                    .what = state_.what,
                    .reason = state_.reason,
                    .kind = kind,
                    .times = times,
                    .at = notices_.clock_.wall()});
}

std::string line_of(const Notices::Notice& notice) {
  switch (notice.kind) {
    case Notices::Notice::Kind::failing:
      return notice.what + ": stopped working: " + notice.reason;
    case Notices::Notice::Kind::working:
      return notice.what + ": works again (was: " + notice.reason + ")";
    case Notices::Notice::Kind::happened:
      break;
  }
  return notice.what + ": " + notice.reason +
         (notice.times > 1 ? " (" + std::to_string(notice.times) + " times)" : "");
}

}  // namespace keisei

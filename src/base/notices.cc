#include "base/notices.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/printable.h"

namespace keisei {
namespace {

constexpr std::chrono::minutes kAtMostEvery{1};
constexpr std::size_t kMostTurns = 6;  // in such a time

}  // namespace

Notices::Notices(const Clock& clock, Teller teller) : clock_(clock), teller_(std::move(teller)) {}

Topic& Notices::topic(std::string_view name, std::string_view what) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(topics_.begin(), topics_.end(),
                                  [&](const Topic& topic) { return topic.state_.topic == name; });
  return found != topics_.end() ? *found : topics_.emplace_back(*this, name, what);
}

void Notices::check() {
  const std::lock_guard lock(mutex_);
  for (Topic& topic : topics_) topic.speak(false);
}

void Notices::settle() {
  const std::lock_guard lock(mutex_);
  for (Topic& topic : topics_) topic.speak(true);
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
  state_.reason = std::move(why);
  if (!failing_.exchange(true)) {
    ++state_.failures;
    ++untold_failures_;
    state_.since = notices_.clock_.wall();
  }
  speak(false);
}

void Topic::works() {
  if (!failing_.load(std::memory_order_relaxed) && !waiting_.load(std::memory_order_relaxed)) {
    return;
  }
  const std::lock_guard lock(notices_.mutex_);
  if (failing_.exchange(false)) state_.since = notices_.clock_.wall();
  speak(false);
}

void Topic::happened(std::string_view reason, std::uint64_t times) {
  const std::lock_guard lock(notices_.mutex_);
  state_.happenings += times;
  state_.since = notices_.clock_.wall();
  untold_happenings_ += times;
  state_.reason = printable(reason);
  speak(false);
}

void Topic::speak(bool at_once) {
  const bool turned = failing_ != told_failing_ || untold_failures_ > 0;
  if (turned && (at_once || may_tell_turn())) {
    told_failing_ = failing_;
    tell(failing_ ? Kind::failing : Kind::working, std::exchange(untold_failures_, 0));
  } else if (!turned && failing_ && state_.reason != told_reason_ && (at_once || !is_quiet())) {
    tell(Kind::failing, 1);
  }
  if (untold_happenings_ > 0 && (at_once || !is_quiet())) {
    tell(Kind::happened, std::exchange(untold_happenings_, 0));
  }
  waiting_ = failing_ != told_failing_ || untold_failures_ > 0 || untold_happenings_ > 0;
}

bool Topic::is_quiet() const {
  return was_told_ && notices_.clock_.steady() - told_ < kAtMostEvery;
}

bool Topic::may_tell_turn() {
  const SteadyTime now = notices_.clock_.steady();
  while (!turns_told_.empty() && now - turns_told_.front() >= kAtMostEvery) turns_told_.pop_front();
  if (turns_told_.size() >= kMostTurns) return false;
  turns_told_.push_back(now);
  return true;
}

void Topic::tell(Kind kind, std::uint64_t times) {
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
  const auto often = [&](std::string_view what) {
    return notice.times > 1 ? " (" + std::string(what) + std::to_string(notice.times) + " times)"
                            : std::string();
  };
  switch (notice.kind) {
    case Notices::Notice::Kind::failing:
      return notice.what + ": stopped working: " + notice.reason + often("");
    case Notices::Notice::Kind::working:
      return notice.what + ": works again (was: " + notice.reason + ")" + often("stopped ");
    case Notices::Notice::Kind::happened:
      break;
  }
  return notice.what + ": " + notice.reason + often("");
}

}  // namespace keisei

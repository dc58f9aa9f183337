#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace keisei {

class Topic;

/// What people who run a process are told: one line when something stops working, one when it works
/// again, never one for each event. What comes and goes is summed up after six lines in a minute,
/// what happens without an end after one. Passed in; thread-safe.
///
/// Reasons often come from outside: they are made printable and cut to 512 bytes on the way in.
class Notices {
 public:
  struct Notice {
    enum class Kind {
      failing,   // it stopped working, or goes on not to for another reason
      working,   // it works again; `reason` is why it did not
      happened,  // `times` since the last such notice; `reason` is the latest
    };
    std::string topic;
    std::string what;
    std::string reason;
    Kind kind;
    std::uint64_t times;  // since the last notice: it happened, or stopped working
    WallTime at;
  };
  /// Called on the thread that noticed, one call at a time and in the order of what happened. Must
  /// not call the notices.
  using Teller = std::function<void(const Notice&)>;

  /// How it stands with one topic.
  struct State {
    std::string topic;
    std::string what;
    std::string reason;  // the latest, also when it works again; empty: never any
    bool failing;
    WallTime since;            // of the last turn or happening
    std::uint64_t failures;    // how often it stopped working
    std::uint64_t happenings;  // how often something without an end occurred
  };

  /// `clock` outlives the notices.
  Notices(const Clock& clock, Teller teller);
  Notices(const Notices&) = delete;
  Notices& operator=(const Notices&) = delete;

  /// `name` is stable, for machines ("trainer_link"); `what` is a subject for people ("the
  /// trainer's connection"). A name that is taken again gives the same topic. It lives as long as
  /// the notices.
  Topic& topic(std::string_view name, std::string_view what);

  /// Tells the sums that have waited long enough. To be called every few seconds; costs next to
  /// nothing.
  void check();
  /// Tells all that waits to be told: before the process ends.
  void settle();

  /// In the order in which names were taken.
  std::vector<State> read() const;

 private:
  friend class Topic;

  const Clock& clock_;
  const Teller teller_;
  mutable std::mutex mutex_;  // held while the teller is called
  std::deque<Topic> topics_;
};

/// One thing that can stop working and work again. Whoever notices says so as often as it happens.
class Topic {
 public:
  Topic(Notices& notices, std::string_view name, std::string_view what);

  /// Told when it begins; then again when the reason changes, at most once a minute. For a topic
  /// that never `happened`.
  void fails(std::string_view reason);
  /// Told if it was failing. Costs two loads if not.
  void works();
  /// Something that has no end, such as a game that could not be shown. Told the first time, then
  /// at most once a minute with how often.
  void happened(std::string_view reason, std::uint64_t times = 1);

 private:
  friend class Notices;
  using Kind = Notices::Notice::Kind;

  // All: under the notices' mutex.
  void speak(bool at_once);
  void tell(Kind kind, std::uint64_t times);
  bool is_quiet() const;
  bool may_tell_turn();

  Notices& notices_;
  std::atomic<bool> failing_ = false;
  std::atomic<bool> waiting_ = false;  // something is untold
  Notices::State state_;
  SteadyTime told_;
  std::string told_reason_;
  bool was_told_ = false;
  bool told_failing_ = false;
  std::uint64_t untold_failures_ = 0;
  std::uint64_t untold_happenings_ = 0;
  std::deque<SteadyTime> turns_told_;  // within the last minute
};

/// The notice as one line: "the trainer's connection: stopped working: 401 wrong token".
std::string line_of(const Notices::Notice& notice);

}  // namespace keisei

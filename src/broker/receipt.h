#pragma once

#include <boost/describe/enum.hpp>
#include <functional>
#include <tl/expected.hpp>
#include <utility>

#include "broker/epoch.h"

namespace keisei::broker {

/// Why an input was not taken. The sender still has it, and may try again.
BOOST_DEFINE_ENUM_CLASS(Refusal,
                        no_studio,    // there is none now
                        full,         // more waits for the studio than it may
                        old_studio,   // it was taken by a studio that another has replaced
                        stopped,      // the studio ended with the input unread
                        unreachable)  // what lies between edge and studio cannot be reached

/// The studio is responsible from here: the sender may acknowledge the input and forget it.
struct Taken {
  Epoch epoch;
};

using Answer = tl::expected<Taken, Refusal>;
/// Called exactly once for each input, on any thread, and only hands over to the sender's own.
/// Empty if the sender does not want to know.
using Answered = std::function<void(const Answer&)>;

/// The duty to answer for one input. Whoever lets it go unanswered has answered `stopped`.
class Receipt {
 public:
  explicit Receipt(Answered answered) : answered_(std::move(answered)) {}
  Receipt(Receipt&& other) noexcept : answered_(std::exchange(other.answered_, nullptr)) {}
  Receipt& operator=(Receipt&&) = delete;
  ~Receipt() { refuse(Refusal::stopped); }

  void take(Epoch epoch) { answer(Taken{epoch}); }
  void refuse(Refusal why) { answer(tl::unexpected(why)); }

 private:
  void answer(const Answer& answer) {
    if (const Answered answered = std::exchange(answered_, nullptr)) answered(answer);
  }

  Answered answered_;
};

}  // namespace keisei::broker

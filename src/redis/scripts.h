#pragma once

#include <string>
#include <string_view>

/// What is done on the server in one piece, and where it keeps what.
///
/// Whatever a studio does there begins with the question whether it still is the studio: nothing
/// that another has replaced writes anything. And whatever is done may be done twice, with no more
/// effect than once: when a connection breaks, whoever has heard no answer says it again.
namespace keisei::redis {

/// Names of keys, all below one prefix, so that several shows can share a database.
struct Keys {
  explicit Keys(const std::string& prefix);

  std::string epoch;    // of the studio that took over last
  std::string lease;    // who is the studio; expires unless it is renewed
  std::string air;      // stream: frames and words as they were said, ids <epoch>-<number>
  std::string present;  // hash: the newest frame of every slot, and the epoch that made them
  std::string inputs;   // stream: what is not confirmed yet, with a group for each epoch
  std::string bytes;    // of these inputs
  std::string answers;  // and an edge's id: a stream of answers to its inputs
  std::string sent;     // and an edge's id: the number of its last input
};

/// How long, in seconds, an edge that has gone is remembered.
inline constexpr std::string_view kRemembered = "86400";

/// KEYS epoch, lease, inputs, bytes · ARGV own name, milliseconds, `1` to replace a studio that
/// holds the lease, answers, kRemembered. The new epoch; 0 if another holds the lease.
///
/// What another left, because its lease has run out, is for the one that follows. What it had in
/// hand when it was replaced alive goes back to the senders: it may be working it in.
/// A server that has lost what it knew gives no epoch twice: none is less than its clock's seconds.
extern const std::string kTakeOver;

/// KEYS epoch, lease, inputs, present · ARGV epoch, own name, milliseconds. 0: another is the
/// studio; 2: nothing of this one is kept for edges that come later; else 1.
extern const std::string kRenew;

/// KEYS epoch, lease · ARGV epoch, own name.
extern const std::string kResign;

/// KEYS epoch, air, present · ARGV epoch, number, how many to keep, `frames` or `word`, the bytes,
/// and for each slot its name, and where in the bytes its frame begins and how long it is. 0:
/// another is the studio; 2: these are the first frames of this epoch that the server knows; else
/// 1.
extern const std::string kSay;

/// KEYS epoch, inputs, bytes · ARGV epoch, the input's id, `taken` or the refusal, answers,
/// kRemembered. 0: another is the studio; else 1.
extern const std::string kAnswer;

/// KEYS lease, inputs, bytes, answers of this edge, sent of this edge · ARGV number, edge, type,
/// data, most inputs, most bytes, kRemembered, the last answer that has been read or nothing. An
/// input that is not kept is answered at once.
extern const std::string kSubmit;

/// KEYS air, present · ARGV the last id that has been read, 0-0 if nothing had been said, or
/// nothing. `nil`: nothing was missed since. Else the id from which to read on, and all of
/// `present`.
extern const std::string kCatchUp;

}  // namespace keisei::redis

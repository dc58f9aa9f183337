#pragma once

#include "base/clock.h"
#include "broker/input.h"
#include "studio/events.h"

namespace keisei::studio {

/// Is there when the studio takes a turn: what it works in, in the order in which it does. For the
/// studio's thread.
class TurnWitness {
 public:
  virtual ~TurnWitness() = default;

  /// Before the turn: for an appointment of the studio's own, or for what has come.
  virtual void begin() = 0;
  virtual void begin(const broker::Input& input) = 0;
  virtual void begin(const EntriesKept& kept) = 0;
  virtual void end() = 0;
  /// By which the studio takes its turns while it is watched.
  virtual const Clock& clock() const = 0;
};

}  // namespace keisei::studio

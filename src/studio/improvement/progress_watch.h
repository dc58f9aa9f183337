#pragma once

#include <cstdint>

#include "store/run_memory.h"
#include "studio/improvement/evaluation_log.h"
#include "studio/improvement/verdict.h"

namespace keisei::studio {

/// The evaluations of a run and what they say of it: the same for everybody who hears the same.
class ProgressWatch {
 public:
  /// Does nothing if the same network or a newer one was measured before.
  void hear(const protocol::EvaluationFinished& evaluation);
  /// The run was resumed from before that update: later networks are none of its past.
  void go_back(std::int64_t update);
  /// As if it had just been told.
  void remember(const store::RunMemory& memory);

  const EvaluationLog& log() const { return log_; }
  const VerdictRule& rule() const { return rule_; }

 private:
  EvaluationLog log_;
  VerdictRule rule_;
};

}  // namespace keisei::studio

#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/notices.h"
#include "hook/streaming_hook.h"
#include "rl/evaluation/evaluation.h"
#include "rl/run/metrics_manager.h"
#include "rl/run/run_request.h"
#include "rl/selfplay/game_reporter.h"

namespace keisei::rl {

/// What of a run goes to a showcase. In every `stream.measure_every_games`-th featured game it is
/// measured what that costs.
class RunStream {
 public:
  /// Throws std::invalid_argument if the request's address or certificates are none. The clock
  /// outlives this object. `tell` says when streaming stops working and when it works again, on a
  /// thread of the stream's.
  RunStream(const RunRequest& request, protocol::RunStarted run, const Clock& clock,
            Notices::Teller tell);

  /// Whether the ply that comes next is streamed.
  bool begin_step() { return hook_.begin_step(); }
  void leave_out_move() { hook_.leave_out(hook::kKindOf<hook::MoveEvent>); }
  void add(const hook::MoveEvent& move) { hook_.emit(move); }
  void add(const hook::AttentionEvent& attention) { hook_.emit(attention); }
  void add(const hook::GameFinishedEvent& game);
  /// After an update.
  void add(const hook::MetricsEvent& metrics);
  void add(const Evaluation& evaluation);
  /// The checkpoint of the present update was written there.
  void add_checkpoint(const std::string& path, const MetricsManager& metrics);

 private:
  hook::StreamingHook hook_;
  int measure_every_;
};

/// How a run introduces itself. `parameters`: of its network.
protocol::RunStarted describe_run(const Options& options, const std::string& run_id,
                                  std::int64_t parameters, const Clock& clock);

}  // namespace keisei::rl

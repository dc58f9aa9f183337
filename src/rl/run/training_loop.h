#pragma once

#include <cstdint>
#include <stop_token>

#include "rl/ppo/process_group.h"
#include "rl/run/checkpoint_schedule.h"
#include "rl/run/display.h"
#include "rl/run/evaluation_schedule.h"
#include "rl/run/outputs.h"
#include "rl/run/run_end.h"
#include "rl/run/trainer.h"
#include "rl/selfplay/game_reporter.h"

namespace keisei::rl {

/// What takes part in a training run. All of it outlives the loop.
struct RunParts {
  Trainer& trainer;
  ProcessGroup* group;     // null: alone
  GameReporter* featured;  // null: another process has it
  Outputs& outputs;
  CheckpointSchedule& checkpoints;
  EvaluationSchedule* evaluations;  // null: off
  const RunEnd& end;
  Display& display;
};

/// How a training run ended. Either way its last good state was saved, unless it says otherwise.
enum class RunOutcome { stopped, failed };

/// Learns, update after update, until told to stop or the run ends by itself; tells every result,
/// and why it failed.
RunOutcome train(const RunParts& run, const std::stop_token& stop);

}  // namespace keisei::rl

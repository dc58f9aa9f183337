#include "small_checkpoint.h"

#include <stdexcept>

#include "base/clock.h"
#include "rl/run/checkpoint.h"
#include "rl/run/trainer.h"

SmallCheckpoint::SmallCheckpoint()
    : path_(keisei::rl::checkpoint_path(folder_.path().string(), 1)) {
  keisei::rl::Options options;
  options.network = {.depth = 1, .width = 16, .policy_head = keisei::rl::PolicyHead::attention};
  options.environment.count = 1;
  options.ppo.steps = 8;
  options.ppo.minibatch = 8;
  const keisei::SystemClock clock;
  const auto saved =
      keisei::rl::save_checkpoint(path_, keisei::rl::Trainer(options, clock).checkpoint("small"));
  if (!saved) throw std::runtime_error(saved.error().message);
}

#include "small_checkpoint.h"

#include <unistd.h>

#include <filesystem>
#include <stdexcept>

#include "base/clock.h"
#include "rl/checkpoint.h"
#include "rl/trainer.h"

SmallCheckpoint::SmallCheckpoint() {
  std::string pattern = (std::filesystem::temp_directory_path() / "keisei-usi-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  folder_ = pattern;
  path_ = keisei::rl::checkpoint_path(folder_, 1);
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

SmallCheckpoint::~SmallCheckpoint() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

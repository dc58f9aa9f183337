#include "rl/run/outputs.h"

#include <gtest/gtest.h>

#include "base/testing/full_disk.h"
#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "rl/run/checkpoint.h"

namespace keisei::rl {
namespace {

struct RunOutputs : testing::Test {
  using Lines = std::vector<std::string>;

  TemporaryFolder folder;
  ManualClock clock;
  Display display{Display::Mode::quiet};
  Lines told;
  Notices notices{clock,
                  [this](const Notices::Notice& notice) { told.push_back(line_of(notice)); }};
  Outputs outputs{
      *RunLogs::open(folder.path().string()), nullptr, "run-1", display, clock, notices};
};

TEST_F(RunOutputs, SayOnceThatNoCheckpointCanBeSavedAndOnceThatItCanAgain) {
  for (const int update : {3, 4, 5}) {
    outputs.add_checkpoint(fail(checkpoint_path("runs/x", update) + ": No space left on device"),
                           {});
    clock.pass(std::chrono::minutes(10));
  }
  for (int i = 0; i < 2; ++i) outputs.add_checkpoint(checkpoint_path("runs/x", 6), {});
  EXPECT_EQ(told, (Lines{"saving checkpoints: stopped working: No space left on device (training "
                         "goes on)",
                         "saving checkpoints: works again (was: No space left on device (training "
                         "goes on))"}));
}

TEST_F(RunOutputs, SayOnceThatALogCannotBeWritten) {
  const FullDisk disk(0);
  for (int i = 0; i < 5; ++i) outputs.sinks().finished(hook::GameFinishedEvent());
  EXPECT_EQ(told, (Lines{"writing the games: stopped working: " + folder / "games.jsonl" +
                         ": File too large (training goes on)"}));
}

}  // namespace
}  // namespace keisei::rl

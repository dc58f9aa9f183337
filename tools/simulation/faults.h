#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "simulation/fault.h"
#include "simulation/network.h"
#include "simulation/random.h"
#include "simulation/schedule.h"
#include "simulation/showcase_process.h"
#include "simulation/simulated_disk.h"
#include "simulation/trainer_process.h"
#include "simulation/viewer_client.h"

namespace keisei::simulation {

/// Lets one fault after the other happen, and each end after a while.
class Faults {
 public:
  struct Parts {
    Schedule& schedule;
    Network& network;
    SimulatedDisk& disk;
    MachineClock& showcase_clock;
    ShowcaseProcess& showcase;
    TrainerProcess& trainer;
    TrainerProcess& visitor;  // the second trainer, which comes and goes
    std::vector<std::unique_ptr<ViewerClient>>& viewers;
    const Story& story;
  };

  /// All parts outlive it.
  Faults(Random random, const Parts& parts) : random_(random), parts_(parts) {}

  /// The next one follows by itself.
  void begin();
  /// This one, so long from now.
  void plan(std::chrono::milliseconds time, Fault fault) {
    later(time, time, [this, fault] { happen(fault); });
  }
  /// No more of them, and what still lasts ends.
  void heal();

  std::size_t happened() const { return happened_; }

 private:
  void happen(Fault fault);
  void happen_to_wires(Fault fault);
  void happen_to_trainers(Fault fault);
  void happen_to_showcase(Fault fault);
  void happen_to_disk(Fault fault);
  void have_a_bad_minute();
  void happen_to_viewers(Fault fault);
  void later(std::chrono::milliseconds least, std::chrono::milliseconds most,
             std::function<void()> what);
  void start_showcase();
  ViewerClient& any_viewer() { return *parts_.viewers[random_.below(parts_.viewers.size())]; }
  std::chrono::milliseconds any_jump();
  WireQuality any_quality();

  Random random_;
  Parts parts_;
  std::size_t happened_ = 0;
  std::unique_ptr<Life> life_ = std::make_unique<Life>();
};

}  // namespace keisei::simulation

#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/counters.h"
#include "base/notices.h"
#include "edge/server.h"
#include "simulation/machine_clock.h"
#include "simulation/network.h"
#include "simulation/played.h"
#include "simulation/simulated_disk.h"
#include "simulation/simulated_store.h"
#include "simulation/watched_broker.h"
#include "studio/content/content.h"
#include "studio/studio_loop.h"

namespace keisei::simulation {

/// The showcase, composed as apps/keisei-showcase does it, but for the ports, the operator's side
/// and the threads: two edges that share one, the studio's and the store's are looked after by the
/// schedule.
class ShowcaseProcess {
 public:
  static constexpr std::size_t kEdges = 2;

  struct Parts {
    Schedule& schedule;
    Network& network;
    SimulatedDisk& disk;
    Judge& judge;
    KeepingRecord& record;
    const Played& played;
    OnAir& on_air;
    const Story& story;
    const Sabotage& sabotage;
    const studio::Content& content;
    MachineClock& clock;
    std::string operator_token;
    std::string store_file;
  };

  /// All parts outlive it.
  ShowcaseProcess(Random random, const Parts& parts);
  ~ShowcaseProcess();

  /// Whether it did not run.
  bool start();
  /// As by a signal that nothing can catch.
  void kill();
  /// Together with its machine.
  void lose_power();
  /// Says goodbye to everyone first.
  void stop();
  /// Another studio takes over in the same process.
  void replace_studio();
  /// Does nothing for so long, as a process that is stopped by a signal; its store goes on.
  void pause(std::chrono::milliseconds time);
  /// Its studio does nothing for so long, as a thread that waits.
  void pause_studio(std::chrono::milliseconds time);

  /// Lets it work on what has come and what is due. To be called after each event.
  void settle();
  /// Something has come for the edges.
  void wake_edges() { edges_have_work_ = true; }
  /// From now on nothing new is made.
  void freeze() { is_frozen_ = true; }

  /// Whether all that was kept is there; of a store that cannot be open now, nothing is known.
  void check_store(bool must_be_open = false);

 private:
  struct Process;

  void tick();
  bool may_studio_work() const;
  void poll_studio();
  void end(bool is_killed);

  Random random_;
  Parts parts_;
  std::unique_ptr<Process> process_;
  bool edges_have_work_ = false;
  bool studio_has_work_ = false;
  bool is_frozen_ = false;
  SteadyTime paused_until_{};
  SteadyTime studio_paused_until_{};
  Life life_;
};

}  // namespace keisei::simulation

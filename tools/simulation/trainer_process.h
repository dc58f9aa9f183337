#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/notices.h"
#include "hook/events/lanes.h"
#include "hook/hook_status.h"
#include "hook/options.h"
#include "hook/transport/courier.h"
#include "simulation/digest.h"
#include "simulation/emission_account.h"
#include "simulation/judge.h"
#include "simulation/keeping_record.h"
#include "simulation/machine_clock.h"
#include "simulation/network.h"
#include "simulation/played.h"
#include "simulation/tape.h"

namespace keisei::simulation {

/// A training process on a machine of its own, with all of the hook but its thread and its socket.
/// Killed and started again, it goes on from its run's newest checkpoint, or begins a new run.
class TrainerProcess {
 public:
  struct Parts {
    Schedule& schedule;
    Network& network;
    Played& played;
    KeepingRecord& record;
    Judge& judge;
    const Story& story;
    Digest& digest;
    const Sabotage& sabotage;
    std::string token_file;
  };

  /// All parts outlive it. Its name is in that of its runs and files.
  TrainerProcess(std::string name, Random random, const Parts& parts);
  ~TrainerProcess();

  void start();
  void begin_new_run() { progress_.reset(); }
  /// When it starts, it goes on from the other's newest checkpoint, as if that one had ended.
  void take_up_run_of(const TrainerProcess& other);
  void kill();
  /// Says goodbye first, as far as that can be done within a second.
  void stop();
  bool is_connected() const;
  /// Empty while none runs.
  std::string run_id() const;
  /// The newest update of the run that was learned until then; 0 if there was none.
  std::int64_t update_at(SteadyTime until) const;

  MachineClock& clock() { return clock_; }
  void set_quality(const WireQuality& quality) { quality_ = quality; }

  /// At a quiet moment: all that was emitted has been confirmed, waits, or is counted as lost; and
  /// what a showcase keeps has arrived if it was emitted until then. Nobody knows what a process
  /// had in hand that was killed.
  void check_losses(SteadyTime until);

 private:
  struct Process;

  void look();
  void look_soon();
  void look_on_and_on();
  void play();
  void learn();
  void end();
  std::shared_ptr<hook::IngestConnection> connect(hook::IngestConnection::Introduction introduction,
                                                  hook::IngestConnection::Handlers handlers);
  hook::HookOptions options();

  const std::string name_;
  Random random_;
  Parts parts_;
  MachineClock clock_;
  WireQuality quality_;
  const std::size_t spill_bytes_;
  int runs_ = 0;
  std::string run_id_;
  std::optional<Tape::Progress> progress_;  // of the run's checkpoint; none: a new one begins
  std::vector<EmissionAccount> accounts_;   // of processes that have come to their own end
  std::unique_ptr<Process> process_;
  Life life_;
};

}  // namespace keisei::simulation

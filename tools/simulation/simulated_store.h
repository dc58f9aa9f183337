#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/counters.h"
#include "base/notices.h"
#include "simulation/keeping_record.h"
#include "simulation/random.h"
#include "simulation/sabotage.h"
#include "simulation/schedule.h"
#include "simulation/simulated_disk.h"
#include "store/keeper.h"
#include "store/store_writer.h"

namespace keisei::simulation {

/// The store's file with its real writer, and in place of its thread the schedule: what is handed
/// over waits for the disk's time, and when it is on the disk, for being told so.
class SimulatedStore final : public store::Store {
 public:
  struct Parts {
    Schedule& schedule;
    SimulatedDisk& disk;
    const Clock& clock;
    Counters& counters;
    Notices& notices;
    KeepingRecord& record;
    const Sabotage& sabotage;
    /// Something was answered for.
    std::function<void()> on_answer;
  };

  /// All parts outlive it.
  SimulatedStore(const std::string& file, Random random, const Parts& parts);

  void keep(std::vector<store::Entry> entries, Done done) override;
  void settle() override;
  store::RecalledRun recall(const std::string& run_id) override;
  store::RecalledRun recall_newest() override;
  bool is_open() const override { return is_open_ && !is_killed_; }

  /// The process is killed, perhaps in the middle of a commit: what waits is never answered for,
  /// be it on the disk or not.
  void kill();

 private:
  struct Order {
    std::vector<store::Entry> entries;
    Done done;
  };
  void write_later();
  std::vector<bool> commit(const std::vector<Order>& orders);
  void write();
  void answer();
  void begin_to_write();
  void do_chores();
  store::RecalledRun read(const std::optional<std::string>& run_id);

  const std::string file_;
  Random random_;
  Parts parts_;
  store::StoreWriter writer_;
  std::vector<Order> orders_;  // not begun yet
  std::vector<Order> written_;
  std::vector<bool> kept_;  // of those
  bool is_open_ = false;
  bool is_busy_ = false;  // the next step is scheduled
  bool is_killed_ = false;
  std::unique_ptr<Life> step_ = std::make_unique<Life>();
  Life life_;
};

}  // namespace keisei::simulation

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
#include "store/keeper.h"
#include "store/store_writer.h"

namespace keisei::simulation {

/// The store's file with its real writer, and in place of its thread the schedule: what is handed
/// over waits for the disk's time.
class SimulatedStore final : public store::Store {
 public:
  struct Parts {
    Schedule& schedule;
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
  std::shared_ptr<const store::RunMemory> recall(const std::string& run_id) override;
  std::shared_ptr<const store::RunMemory> recall_newest() override;
  bool is_open() const override { return is_open_ && !is_killed_; }

  /// From now on each commit takes so long.
  void set_delay(std::chrono::milliseconds delay) { delay_ = delay; }
  /// The process is killed: what waits is never answered for.
  void kill();

 private:
  struct Order {
    std::vector<store::Entry> entries;
    Done done;
  };
  void work_later();
  void work();
  void do_chores();
  std::shared_ptr<const store::RunMemory> read(const std::optional<std::string>& run_id);

  const std::string file_;
  Random random_;
  Parts parts_;
  store::StoreWriter writer_;
  std::vector<Order> orders_;
  bool is_open_ = false;
  bool is_scheduled_ = false;
  bool is_killed_ = false;
  std::chrono::milliseconds delay_{0};
  Life life_;
};

}  // namespace keisei::simulation

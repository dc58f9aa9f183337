#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

#include "base/notices.h"
#include "broker/broker.h"
#include "store/keeper.h"
#include "studio/standstill.h"
#include "studio/studio.h"
#include "studio/turn_witness.h"

namespace keisei::studio {

/// The studio's thread: takes inputs from the broker, keeps the studio's appointments.
///
/// `run` returns after `stop`. An input is taken when the studio has worked it in and what is to be
/// kept of it is kept. When more waits than `kMostWaiting`, what can be said again is refused, and
/// has to be: the sender keeps it. The news that a trainer came or went, the operator's word and
/// counts of viewers, of which there are few, may take `kReserve` more. Somebody is told when the
/// studio or its keeper stands still, and of refusals.
///
/// What is told of one moment goes out together: while the keeper is asked to keep what viewers are
/// to be told only then, frames wait for its answer, but no longer than `kPatience`. Otherwise they
/// would have begun their way to all viewers, and the news would queue behind them.
class StudioLoop {
 public:
  /// Bytes: of what is said, and kOverhead for each input.
  static constexpr std::size_t kMostWaiting = 16UL * 1024 * 1024;
  static constexpr std::size_t kReserve = 1024UL * 1024;
  static constexpr std::size_t kOverhead = 512;
  /// That long with work waiting and none done.
  static constexpr std::chrono::seconds kStandstill = Standstill::kLongest;
  /// A disk takes 1 to 5 ms.
  static constexpr std::chrono::milliseconds kPatience{10};

  /// Takes over at once; inputs wait for run(). `witness` may be null.
  StudioLoop(broker::StudioSide& broker, store::Keeper& keeper, Segments segments,
             const Clock& clock, Notices& notices, TurnWitness* witness = nullptr);
  ~StudioLoop();

  /// Runs the studio on the calling thread.
  void run();
  /// Instead of run(), for whoever has no thread for it: does what is due and what has come.
  /// Returns when to be called again although nothing comes.
  SteadyTime poll();
  /// Thread-safe.
  void stop() { context_.stop(); }

 private:
  void open();
  void post(broker::Input input, broker::Receipt receipt);
  void work_in(const broker::Input& input, std::size_t bytes, broker::Receipt receipt);
  // For nothing that has come, an input, or EntriesKept.
  template <class... What>
  void take_turn(const What&... what);
  // `done` comes when what was worked in last is kept; `in_turn`, not before all that was handed
  // over earlier is.
  void keep(std::function<void()> done, bool in_turn = false);
  void hear_kept(const EntriesKept& kept);
  void publish(std::vector<broker::FramePtr> frames);
  void wait_for_keeper();
  void let_go();
  void arm();

  broker::StudioSide& broker_;
  store::Keeper& keeper_;
  const Clock& clock_;
  Topic& refusals_;
  TurnWitness* const witness_;
  boost::asio::io_context context_{1};
  boost::asio::steady_timer timer_{context_};
  Studio studio_;
  std::vector<store::Entry> entries_;             // to be kept of what was worked in last
  std::vector<broker::FramePtr> held_;            // made, and not published yet
  int promises_ = 0;                              // handovers of what is promised, not answered for
  SteadyTime patient_until_ = SteadyTime::max();  // while frames wait for the keeper
  boost::asio::steady_timer patience_{context_};
  bool is_open_ = false;  // the first turn has been taken
  SteadyTime armed_for_ = SteadyTime::max();
  std::atomic<std::size_t> waiting_ = 0;  // bytes
  std::atomic<int> being_kept_ = 0;       // what the keeper has not answered for
  Standstill unread_;                     // inputs
  Standstill unkept_;                     // what the keeper was given
  broker::Epoch epoch_;
};

}  // namespace keisei::studio

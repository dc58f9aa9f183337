#pragma once

#include <boost/describe/enum.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/counters.h"
#include "base/notices.h"
#include "protocol/drop_reason.h"
#include "protocol/enum_map.h"
#include "store/keeper.h"
#include "studio/run/remembered.h"
#include "studio/segment.h"

namespace keisei::studio {

/// Why telemetry came to nothing.
BOOST_DEFINE_ENUM_CLASS(Unused,
                        old_session,          // of a trainer that another has replaced
                        undecodable,          // its form or a bound is wrong
                        before_run,           // nobody knows whose it is
                        metric_out_of_range,  // one number of an update or an evaluation
                        repeated_update,      // told again after a lost connection
                        repeated_game, repeated_evaluation,
                        late_evaluation,  // of an older network than the one measured before
                        foreign_network)  // activity that the run's network cannot have

/// Where telemetry arrives: knows which trainer counts and which run it speaks for, and turns what
/// it says into events, each update, each game's end and each evaluation once. After a lost
/// connection a trainer repeats what it is not sure to have been heard. A run of which something is
/// kept goes on where it was, also the newest one before any trainer comes. While the library
/// cannot say what is kept it is asked again, and then the run begins anew, as after a restart.
///
/// What passes is within the bounds of its description, so that nothing else reaches viewers.
class TelemetryDesk final : public Segment {
 public:
  /// Between two times that the library is asked.
  static constexpr std::chrono::seconds kAskAgain{1};

  /// What is known of a run comes from `library`.
  TelemetryDesk(store::Library& library, Counters& counters, Notices& notices);

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override;

 private:
  static constexpr std::int64_t kNone = -1;

  void read(const broker::Telemetry& telemetry);
  template <class Message>
  void sort(const Message& message) {
    news_.push_back(Told<Message>{message});
  }
  void sort(const protocol::RunStarted& run);
  void sort(const protocol::TrainerMetrics& metrics);
  void sort(const protocol::GameFinished& game);
  void sort(const protocol::EvaluationFinished& evaluation);
  void sort(const protocol::Attention& attention);
  void sort(const protocol::Heartbeat& heartbeat);
  bool is_of_another_hook(const protocol::Heartbeat& heartbeat) const;
  protocol::TrainerMetrics within_range(protocol::TrainerMetrics metrics);
  protocol::EvaluationFinished within_range(protocol::EvaluationFinished evaluation);
  void begin(protocol::RunStarted run, const store::RecalledRun& recalled);
  void remember(const store::RunMemory& memory);
  void begin_segment(int number);
  void ask();
  void waste(Unused reason, protocol::Unusable what, std::string why);

  store::Library& library_;
  Counter& heard_;
  CounterFamily<Unused> unused_;
  Counter& resumed_;
  CounterFamily<protocol::DropReason> dropped_;
  Topic& losses_;
  std::optional<broker::Session> session_;
  bool introduced_ = false;   // it has said which run it speaks for
  bool is_forgotten_ = true;  // what is kept of the run, or which was the newest, is not known
  std::optional<SteadyTime> ask_at_ = SteadyTime::min();
  SteadyTime heard_at_ = SteadyTime::min();  // the newest of news_
  protocol::RunStarted run_{};               // as it was told last; no id before the first
  int segment_ = 1;
  std::int64_t newest_update_ = 0;
  std::int64_t newest_evaluation_ = kNone;  // of the segment: its update
  Remembered updates_;                      // of this run, by number and time
  Remembered evaluations_;                  // likewise
  Remembered games_;                        // by all that is told of them but the time
  // Of the hook's own count, which begins anew with the hook.
  protocol::EnumMap<protocol::DropReason, std::int64_t> lost_{};
  std::int64_t emitted_ = 0;
  protocol::Number hook_started_at_;
  std::vector<Event> news_;  // not announced yet
};

}  // namespace keisei::studio

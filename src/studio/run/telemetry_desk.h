#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/counters.h"
#include "protocol/drop_reason.h"
#include "protocol/enum_map.h"
#include "studio/segment.h"

namespace keisei::studio {

/// Why telemetry came to nothing.
BOOST_DEFINE_ENUM_CLASS(Unused,
                        old_session,      // of a trainer that another has replaced
                        undecodable,      // its form or a bound is wrong
                        repeated_update,  // told again after a lost connection
                        repeated_game)

/// Where telemetry arrives: knows which trainer counts and which run it speaks for, and turns what
/// it says into events, each update and each game's end once. After a lost connection a trainer
/// repeats what it is not sure to have been heard.
class TelemetryDesk final : public Segment {
 public:
  explicit TelemetryDesk(Counters& counters);

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override;

 private:
  void read(const broker::Telemetry& telemetry);
  template <class Message>
  void sort(const Message& message) {
    news_.push_back(Told<Message>{message});
  }
  void sort(const protocol::RunStarted& run);
  void sort(const protocol::TrainerMetrics& metrics);
  void sort(const protocol::GameFinished& game);
  void sort(const protocol::Heartbeat& heartbeat);
  void complain(const std::string& why);

  /// Whether something was there before; remembers the latest.
  template <class Identity>
  class Memory {
   public:
    bool knows(Identity identity);

   private:
    std::deque<Identity> seen_;
  };

  CounterFamily<Unused> unused_;
  CounterFamily<protocol::DropReason> dropped_;
  std::optional<broker::Session> session_;
  std::string run_id_;
  Memory<std::pair<std::int64_t, double>> updates_;  // number and time
  Memory<std::pair<std::string, double>> games_;     // id and time: a resumed run repeats ids
  // Of the hook's own count, which begins anew with the hook.
  protocol::EnumMap<protocol::DropReason, std::int64_t> lost_{};
  std::int64_t emitted_ = 0;
  std::vector<Event> news_;  // not announced yet
};

}  // namespace keisei::studio

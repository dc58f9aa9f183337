#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string_view>
#include <vector>

#include "base/thread_check.h"
#include "edge/trainer.h"

namespace keisei::edge {

/// The trainers' door: the newest one is the one that counts. It ends the connection of the one
/// before it, which after a crash may look alive for minutes, and says so. For the thread of
/// `context`.
class Ingest {
 public:
  Ingest(boost::asio::io_context& context, broker::EdgeSide& broker, const Clock& clock,
         EpochGate& gate, const EdgeCounters& counters);

  /// Whether a trainer is here, so that one that yields must not come.
  bool has_trainer() const { return newest() != nullptr && newest()->is_here(); }
  /// Takes over a connection whose token has been checked and whose upgrade has been accepted.
  void admit(http::Accepted connection, std::string_view handshake, std::string_view early);
  /// Passes the studio's word on, if it is for the trainer that is here.
  void take(const broker::TrainerWord& word);
  /// The studio of this epoch speaks now. Trainers that it does not know must come again.
  void heard_of(broker::Epoch epoch);
  void stop();

 private:
  Trainer* newest() const { return trainers_.empty() ? nullptr : trainers_.back().get(); }
  void check();

  broker::EdgeSide& broker_;
  const Clock& clock_;
  EpochGate& gate_;
  const EdgeCounters& counters_;
  boost::asio::steady_timer timer_;
  // The last is the one that counts. One that is not read now has nobody else to hold it.
  std::vector<std::shared_ptr<Trainer>> trainers_;
  ThreadChecker thread_;
};

}  // namespace keisei::edge

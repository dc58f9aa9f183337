#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <optional>
#include <string>

#include "broker/broker.h"
#include "edge/acknowledgements.h"
#include "edge/connection.h"
#include "edge/epoch_gate.h"

namespace keisei::edge {

/// One trainer's connection. What it says goes to the studio as it came, and is acknowledged when
/// the studio has taken it; what was refused ends the connection, and the trainer says it again
/// over its next one. Its goodbye is answered when the studio has answered for all that came
/// before, or after 5 s; the last acknowledgement comes before any close frame. While more than 1
/// MiB is unanswered, nothing more is read. A studio that takes over has never heard of this
/// connection: it ends as soon as that is known, so that the trainer comes again, with what is not
/// acknowledged. Runs on the edge's thread.
class Trainer final : public Connection {
 public:
  /// Bytes.
  static constexpr std::size_t kMostUnanswered = 1024UL * 1024;

  /// All that is passed in outlives the connection.
  Trainer(http::Accepted connection, broker::EdgeSide& broker, const Clock& clock, EpochGate& gate,
          const EdgeCounters& counters);

  void start(std::string_view handshake, std::string_view early);
  broker::Session session() const { return session_; }
  /// Whether it may still say something.
  bool is_here() const { return !is_over() && !is_parting(); }
  /// Another one has come.
  void give_way();
  void tell(const broker::Word& word);
  /// The studio of this epoch speaks now.
  void heard_of(broker::Epoch epoch);

 private:
  void on_text(std::string text) override;
  void on_gone(Leaving why) override;
  bool owes() const override { return acknowledgements_.unanswered_bytes() > 0; }
  void say_last_words() override { acknowledge(); }
  void submit(broker::Input input, std::function<void(broker::Epoch)> taken);
  /// Some were taken: acknowledged at once, or within 100 ms.
  void acknowledge_soon();
  /// Queues the acknowledgement of all that can be.
  void acknowledge();
  template <class Message>
  void say(const Message& message);

  broker::EdgeSide& broker_;
  EpochGate& gate_;
  const EdgeCounters& counters_;
  broker::Session session_;
  std::optional<broker::Epoch> opened_under_;  // the studio that knows of this connection
  Acknowledgements acknowledgements_;
  std::int64_t acknowledged_ = 0;
  boost::asio::steady_timer acknowledgement_timer_;
  bool acknowledged_just_now_ = false;  // the timer runs
  std::uint64_t said_ = 0;
  bool paused_ = false;
};

}  // namespace keisei::edge

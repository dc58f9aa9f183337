#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "simulation/random.h"
#include "simulation/schedule.h"

namespace keisei::simulation {

/// How fast a wire is.
struct WireQuality {
  std::chrono::milliseconds least_delay{1};
  std::chrono::milliseconds most_delay{20};
  /// Bytes that may be on their way to the client: then the showcase can send no more.
  std::size_t window = 64UL * 1024;
};

/// One connection to the showcase, as its client has it: what is sent arrives later, in order and
/// in any pieces, until the connection is cut. The showcase's end is a real socket of this machine.
class Wire : public std::enable_shared_from_this<Wire> {
 public:
  struct Ends {
    std::function<void(std::string_view)> bytes;
    /// Once, and nothing after it.
    std::function<void(std::string_view why)> end;
  };
  /// For the showcase's end.
  using OnArrival = std::function<void()>;

  /// `socket`: the client's end, which this owns.
  Wire(Schedule& schedule, Random random, const WireQuality& quality, int socket,
       OnArrival on_arrival);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  void listen(Ends ends) { ends_ = std::move(ends); }
  void send(std::string bytes);
  /// Bytes that the showcase has not taken yet.
  std::size_t unsent() const { return unsent_; }
  /// Whether the client reads.
  void set_reading(bool reads);
  /// The client is gone; nobody is told. What it has sent may yet arrive.
  void hang_up();

  // What may happen to it.
  /// Both ends are told at once.
  void cut();
  /// Nothing moves for so long.
  void stall(std::chrono::milliseconds time);
  /// Nothing moves any more, and nobody is told: the client gives up after 30 s with something
  /// unsent, the showcase when it will.
  void vanish();

  int socket() const { return socket_; }
  bool is_closed() const { return socket_ < 0; }
  /// The showcase has sent something, or has ended.
  void on_readable(bool has_hung_up);

 private:
  struct Chunk {
    SteadyTime when;
    std::string bytes;  // empty: the end
  };
  SteadyTime arrival_after(const std::deque<Chunk>& queue);
  void pump_out_at(SteadyTime when);
  void pump_in_at(SteadyTime when);
  void pump_out();
  void pump_in();
  void close();
  void end(std::string_view why);
  void end_if_silent();

  Schedule& schedule_;
  Random random_;
  const WireQuality quality_;
  int socket_;
  const OnArrival on_arrival_;
  Ends ends_;
  std::deque<Chunk> outgoing_;
  std::deque<Chunk> incoming_;
  std::size_t unsent_ = 0;
  std::size_t unread_ = 0;
  SteadyTime stalled_until_{};
  bool reads_ = true;
  bool is_leaving_ = false;
  bool has_vanished_ = false;
  bool has_ended_ = false;
  Life life_;
};

}  // namespace keisei::simulation

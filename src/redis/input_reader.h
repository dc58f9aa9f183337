#pragma once

#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "broker/epoch.h"
#include "redis/connection.h"
#include "redis/stream.h"

namespace keisei::redis {

/// Reads the inputs of one studio after another: each entry once, in their order, and no more than
/// the studio is to have in hand. Has a connection of its own, since reading waits. Threads as for
/// Connection.
class InputReader {
 public:
  /// In hand: read and not answered. What is beyond waits on the server.
  struct Limits {
    std::size_t entries = 4096;
    std::size_t bytes = 8UL * 1024 * 1024;
  };
  struct Events {
    Connection::Events connection;
    std::function<void(Entry entry)> on_entry;
    /// The group of this epoch is not there (any more).
    std::function<void()> on_no_group;
  };

  InputReader(boost::asio::io_context& context, const Address& address, const Clock& clock,
              std::function<double()> random, std::string inputs, const Limits& limits,
              Events events);

  void start() { connection_.start(); }
  bool is_up() const { return connection_.is_up(); }
  /// From now on what the group of this epoch has.
  void read_for(broker::Epoch epoch);
  void stop_reading() { epoch_ = 0; }
  /// After on_no_group: it may be there again.
  void try_again() { read(); }
  /// An entry is answered.
  void put_down(const std::string& id);

 private:
  void go_up();
  void read();
  void hear(broker::Epoch asked_for, Reply reply);
  void take(std::vector<Entry> entries);

  const std::string inputs_;
  const Limits limits_;
  const Events events_;
  broker::Epoch epoch_ = 0;  // 0: nothing is read
  // What was read before the connection broke is read first: it may never have arrived. Then ">".
  std::string from_ = "0";
  bool is_asking_ = false;
  std::map<std::string, std::size_t, std::less<>> in_hand_;  // bytes by id
  std::size_t bytes_in_hand_ = 0;
  // Since the last question: its answer may still have them, over another connection than theirs.
  std::set<std::string, std::less<>> put_down_{};
  Connection connection_;
};

}  // namespace keisei::redis

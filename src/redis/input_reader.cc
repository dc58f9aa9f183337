#include "redis/input_reader.h"

#include <utility>

#include "base/printable.h"

namespace keisei::redis {
namespace {

constexpr std::string_view kAtOnce = "64";   // entries
constexpr std::string_view kBlock = "1000";  // ms

std::size_t bytes_of(const Entry& entry) {
  std::size_t bytes = 0;
  for (const auto& [name, value] : entry.fields) bytes += name.size() + value.size();
  return bytes;
}

}  // namespace

InputReader::InputReader(boost::asio::io_context& context, const Address& address,
                         const Clock& clock, std::function<double()> random, std::string inputs,
                         const Limits& limits, Events events)
    : inputs_(std::move(inputs)),
      limits_(limits),
      events_(std::move(events)),
      connection_(context, address, clock, std::move(random),
                  {[this] { go_up(); },
                   [this](const std::string& why) { events_.connection.on_down(why); }}) {}

void InputReader::go_up() {
  from_ = "0";
  is_asking_ = false;
  read();
  events_.connection.on_up();
}

void InputReader::read_for(broker::Epoch epoch) {
  epoch_ = epoch;
  from_ = "0";
  in_hand_.clear();
  bytes_in_hand_ = 0;
  read();
}

void InputReader::put_down(const std::string& id) {
  const auto found = in_hand_.find(id);
  if (found == in_hand_.end()) return;
  bytes_in_hand_ -= found->second;
  in_hand_.erase(found);
  if (is_asking_) put_down_.insert(id);
  read();
}

void InputReader::read() {
  if (is_asking_ || epoch_ == 0 || !connection_.is_up()) return;
  if (in_hand_.size() >= limits_.entries || bytes_in_hand_ >= limits_.bytes) return;
  is_asking_ = true;
  put_down_.clear();
  connection_.send(encode_command({"XREADGROUP", "GROUP", std::to_string(epoch_), "studio", "COUNT",
                                   kAtOnce, "BLOCK", kBlock, "STREAMS", inputs_, from_}),
                   [this, epoch = epoch_](Reply reply) { hear(epoch, std::move(reply)); });
}

void InputReader::hear(broker::Epoch asked_for, Reply reply) {
  is_asking_ = false;
  if (asked_for != epoch_) return read();
  // Also what a server says to whom it has kept waiting when the group goes.
  if (reply.is_error()) {
    if (reply.text.starts_with("NOGROUP")) return events_.on_no_group();
    return connection_.fail(printable(reply.text));
  }
  auto streams = parse_streams(std::move(reply));
  if (!streams) return connection_.fail(streams.error().message);
  std::vector<Entry> entries;
  if (!streams->empty()) entries = std::move(streams->front().entries);
  if (from_ != ">") from_ = entries.empty() ? ">" : entries.back().id;
  take(std::move(entries));
  read();
}

void InputReader::take(std::vector<Entry> entries) {
  for (Entry& entry : entries) {
    if (entry.fields.empty() || put_down_.contains(entry.id)) continue;
    const std::size_t bytes = bytes_of(entry);
    if (!in_hand_.emplace(entry.id, bytes).second) continue;
    bytes_in_hand_ += bytes;
    events_.on_entry(std::move(entry));
  }
}

}  // namespace keisei::redis

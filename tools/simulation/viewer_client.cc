#include "simulation/viewer_client.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/mp11/algorithm.hpp>
#include <chrono>
#include <utility>

#include "protocol/codec.h"

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;

// As ui/src/connection has it: who hears nothing for so long gives the line up.
constexpr auto kSilence = 5s;
constexpr auto kOpening = 10s;
constexpr auto kLooks = 1s;

constexpr std::string_view kNotPlayed = "nothing is shown that was not played";
constexpr std::string_view kOrder = "nothing older comes after something newer";
constexpr std::string_view kOnce = "no milestone comes twice";
constexpr std::string_view kEvery = "no milestone is left out";

/// The message's index; none if it is of no type of ours.
std::optional<std::size_t> message_of(std::string_view text) {
  constexpr std::string_view kBegin = R"({"type":")";
  if (!text.starts_with(kBegin)) return std::nullopt;
  text.remove_prefix(kBegin.size());
  const std::string_view type = text.substr(0, text.find('"'));
  for (std::size_t i = 0; i < protocol::kMessageTable.size(); ++i) {
    if (protocol::kMessageTable[i].type == type) return i;
  }
  return std::nullopt;
}

}  // namespace

ViewerClient::ViewerClient(std::string name, std::size_t door, bool is_attentive, Random random,
                           const Parts& parts)
    : name_(std::move(name)),
      door_(door),
      is_attentive_(is_attentive),
      random_(random),
      parts_(parts) {
  watch();
}

ViewerClient::~ViewerClient() { leave(); }

void ViewerClient::come() {
  if (std::exchange(is_here_, true)) return;
  connect();
}

void ViewerClient::leave() {
  is_here_ = is_open_ = is_greeted_ = false;
  if (wire_) wire_->hang_up();
  wire_.reset();
}

void ViewerClient::connect() {
  if (!is_here_) return;
  if (wire_) wire_->hang_up();
  stream_ = {};
  newest_ = {};
  milestone_ = 0;
  is_open_ = is_greeted_ = false;
  heard_ = parts_.schedule.now();
  wire_ = parts_.network.connect(door_, quality_);
  if (!wire_) return come_again();
  wire_->listen({.bytes = [this](std::string_view bytes) { receive(bytes); },
                 .end = [this](std::string_view) { come_again(); }});
  wire_->send(ClientStream::request("/ws"));
}

void ViewerClient::come_again() {
  is_open_ = is_greeted_ = false;
  if (wire_) wire_->hang_up();
  wire_.reset();
  parts_.schedule.after(random_.between(500ms, 5s), life_, [this] { connect(); });
}

void ViewerClient::watch() {
  const auto patience = is_open_ ? kSilence : kOpening;
  if (wire_ && parts_.schedule.now() - heard_ > patience) come_again();
  parts_.schedule.after(kLooks, life_, [this] { watch(); });
}

void ViewerClient::receive(std::string_view bytes) {
  heard_ = parts_.schedule.now();
  parts_.digest.add(bytes);
  stream_.feed(bytes);
  if (!is_open_) {
    const std::optional<int> status = stream_.status();
    if (!status) return;
    if (*status != 101) return come_again();
    is_open_ = true;
    say_hello();
  }
  while (is_open_) {
    const auto frame = stream_.next();
    if (!frame) return;
    hear(*frame);
  }
}

void ViewerClient::say_hello() {
  std::string hello = fmt::format(R"({{"type":"hello","data":{{"level":"{}","language":"{}")",
                                  to_string(wish_.level), to_string(wish_.language));
  if (wish_.max_fps) hello += fmt::format(R"(,"max_fps":{})", *wish_.max_fps);
  hello += fmt::format(R"(,"quality":"{}"}}}})", wish_.low_quality ? "low" : "high");
  wire_->send(ClientStream::frame(edge::Opcode::text, hello));
}

void ViewerClient::wish(const Wish& wish) {
  wish_ = wish;
  if (is_open_) say_hello();
}

void ViewerClient::dawdle(std::chrono::milliseconds time) {
  if (!wire_) return;
  heard_ = parts_.schedule.now() + time;  // its clock stands still, too
  wire_->set_reading(false);
  parts_.schedule.after(time, life_, [this, wire = std::weak_ptr<Wire>(wire_)] {
    if (const auto same = wire.lock()) same->set_reading(true);
  });
}

void ViewerClient::say(protocol::Command command) {
  if (!is_greeted_) return;
  const std::string text =
      fmt::format(R"({{"type":"control","data":{{"token":"{}","command":"{}"}}}})",
                  parts_.operator_token, to_string(command));
  wire_->send(ClientStream::frame(edge::Opcode::text, text));
}

void ViewerClient::hear(const ClientStream::Frame& frame) {
  switch (frame.opcode) {
    case edge::Opcode::ping:
      return wire_->send(ClientStream::frame(edge::Opcode::pong, frame.payload));
    case edge::Opcode::close:
      return come_again();
    case edge::Opcode::text:
      return see(frame.payload);
    default:
      return;
  }
}

void ViewerClient::see(const std::string& text) {
  const auto message = message_of(text);
  if (!message) return parts_.judge.find(kNotPlayed, name_ + " got " + text.substr(0, 80));
  if (*message == protocol::message_index<protocol::ConnectionEstablished>()) {
    if (!std::exchange(is_greeted_, true)) since_ = parts_.on_air.frames();
    newest_ = {};
    return;
  }
  if (protocol::kMessageTable[*message].route.delivery == protocol::Delivery::reply) return;
  const auto place = parts_.on_air.place_of(text);
  if (!place) {
    return parts_.judge.find(kNotPlayed, fmt::format("{} got a {} that no studio sent", name_,
                                                     protocol::kMessageTable[*message].type));
  }
  Seen& seen = newest_[*message];
  if (*place < seen.place) {
    parts_.judge.find(
        kOrder, fmt::format("{} got {} {} after {}", name_, protocol::kMessageTable[*message].type,
                            *place, seen.place));
  }
  seen = {*place, text};
  if (*message == protocol::message_index<protocol::MilestoneReached>()) see_milestone(*place);
  if (is_attentive_) read(*message, text);
}

void ViewerClient::see_milestone(std::uint64_t place) {
  if (place == milestone_) parts_.judge.find(kOnce, name_ + " got the same one again");
  check_milestones(place);
  milestone_ = place;
}

void ViewerClient::check_milestones(std::uint64_t place) const {
  const std::uint64_t before = parts_.on_air.milestone_before(place);
  if (before <= std::max(milestone_, since_)) return;
  parts_.judge.find(kEvery, fmt::format("{} did not get milestone {}", name_, before));
}

void ViewerClient::read(std::size_t message, const std::string& text) {
  using Messages = protocol::ServerMessages::Variant;
  boost::mp11::mp_with_index<boost::mp11::mp_size<Messages>::value>(message, [&](auto index) {
    using Message = boost::mp11::mp_at<Messages, decltype(index)>;
    const auto shown = protocol::decode<Message>(text);
    const std::string wrong =
        shown ? parts_.played.wrong_in(*shown) : "unreadable: " + shown.error().message;
    if (!wrong.empty()) {
      parts_.judge.find(kNotPlayed, fmt::format("{} sees in {}: {}", name_,
                                                protocol::kMessageTable[message].type, wrong));
    }
  });
}

void ViewerClient::check_newest() const {
  constexpr std::string_view kRule = "every viewer ends with the newest state";
  if (!is_greeted_) return parts_.judge.find("everyone comes back", name_ + " is not there");
  check_milestones(parts_.on_air.frames() + 1);
  for (std::size_t i = 0; i < protocol::kMessageTable.size(); ++i) {
    if (!protocol::is_newest_only(i) || protocol::is_for_joining(i)) continue;
    const broker::FramePtr& frame = parts_.on_air.newest().in_slot(protocol::slot_of(i));
    if (!frame) continue;
    const std::string& expected =
        *frame->variants[protocol::variant_index(wish_.level, wish_.language)];
    if (newest_[i].text == expected) continue;
    parts_.judge.find(kRule, fmt::format("{} has {} {}, not the newest: {}", name_,
                                         protocol::kMessageTable[i].type, newest_[i].place,
                                         expected.substr(0, 200)));
  }
}

}  // namespace keisei::simulation

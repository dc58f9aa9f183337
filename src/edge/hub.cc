#include "edge/hub.h"

#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "edge/identity.h"
#include "protocol/codec.h"

namespace keisei::edge {
namespace {

using namespace std::chrono_literals;
using protocol::Audience;

constexpr std::size_t kSlice = 256;
constexpr auto kTick = 50ms;
constexpr std::uint64_t kTicksPerCheck = 20;
constexpr auto kCountInterval = 1s;
constexpr auto kRecountInterval = 5s;

}  // namespace

Hub::Hub(boost::asio::io_context& context, const HubOptions& options, const Clock& clock,
         StreamSwitch& stream_switch, std::function<void(int)> viewers_changed)
    : context_(context),
      options_(options),
      clock_(clock),
      stream_switch_(stream_switch),
      viewers_changed_(std::move(viewers_changed)),
      timer_(context) {
  timer_.expires_after(kTick);
  timer_.async_wait([this](auto failure) {
    if (!failure) tick();
  });
}

void Hub::post_frames(broker::FrameBatch frames) {
  boost::asio::post(context_, [this, frames = std::move(frames)] { take(frames); });
}

std::string_view Hub::refusal(const std::string& address, bool loopback) const {
  if (stopped_) return "shutting down";
  if (members_.size() >= options_.max_viewers) return "too many viewers";
  if (loopback) return {};
  const auto found = per_address_.find(address);
  if (found != per_address_.end() && found->second >= options_.max_viewers_per_address) {
    return "too many viewers from this address";
  }
  return {};
}

void Hub::admit(boost::asio::ip::tcp::socket socket, const std::string& address,
                std::string_view handshake_response, std::string_view early) {
  auto viewer = std::make_shared<Viewer>(std::move(socket), *this);
  viewer->place = members_.size();
  members_.push_back({viewer, address});
  ++per_address_[address];
  ++counters_.joined;
  counters_.viewers = members_.size();
  viewer->start(handshake_response, early);
  count_viewers();
}

void Hub::on_gone(Viewer& viewer, std::string_view why) {
  const std::size_t place = viewer.place;
  if (const auto address = per_address_.find(members_[place].address); --address->second == 0) {
    per_address_.erase(address);
  }
  // The last one moves into the gap. If a fan-out has already passed the gap, that viewer keeps
  // what it was offered and is flushed at the next tick.
  if (place + 1 != members_.size()) {
    members_[place] = std::move(members_.back());
    members_[place].viewer->place = place;
  }
  members_.pop_back();
  counters_.viewers = members_.size();
  if (const auto counter = counters_.left.find(why); counter != counters_.left.end()) {
    ++counter->second;
  } else {
    counters_.left.emplace(why, 1);
  }
}

void Hub::on_hello(Viewer& viewer, bool first) {
  const Subscription& wish = viewer.subscription();
  const protocol::ConnectionEstablished welcome{to_hex(viewer.id()),
                                                protocol::kProtocolVersion,
                                                timestamp(),
                                                protocol::sent_channels().channels(),
                                                wish.level,
                                                wish.language,
                                                wish.channels.channels()};
  viewer.forget_latest();
  viewer.put_queued(std::make_shared<const std::string>(
      frame_bytes(Opcode::text, protocol::encode(welcome, welcome.server_time, 0))));
  for (const Latest& latest : latest_) offer(viewer, latest.message, latest.framed);
  viewer.flush();
  if (first) count_viewers();
}

void Hub::offer(Viewer& viewer, std::size_t message, const Framed& framed) {
  const Subscription& wish = viewer.subscription();
  if (!viewer.greeted()) return;
  const bool is_reply = protocol::kMessageTable[message].route.audience == Audience::viewer;
  if (!is_reply && !wish.channels.has(protocol::kMessageTable[message].route.channel)) return;
  const broker::Bytes& bytes = framed[protocol::variant_index(wish.level, wish.language)];
  if (!bytes) return;
  if (protocol::is_newest_only(message)) {
    viewer.put_latest(protocol::slot_of(message), bytes);
  } else {
    viewer.put_queued(bytes);
  }
}

void Hub::take(const broker::FrameBatch& batch) {
  if (stopped_) return;
  for (const broker::FramePtr& frame : batch.frames) take(*frame);
  if (fanning_out_) {
    again_ = true;
  } else {
    next_ = 0;
    fan_out();
  }
}

void Hub::take(const broker::Frame& frame) {
  ++counters_.frames;
  const Audience audience = frame.route().audience;
  if (audience == Audience::operators) return;
  Framed framed;
  for (std::size_t i = 0; i < framed.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (frame.variants[k] == frame.variants[i]) framed[i] = framed[k];
    }
    if (!framed[i]) {
      framed[i] =
          std::make_shared<const std::string>(frame_bytes(Opcode::text, *frame.variants[i]));
    }
  }
  // Backwards: an overfull queue removes the viewer, and the last one takes its place.
  for (std::size_t i = members_.size(); i-- > 0;) {
    if (i >= members_.size()) continue;
    Viewer& viewer = *members_[i].viewer;
    if (audience == Audience::viewer && to_hex(viewer.id()) != frame.viewer) continue;
    offer(viewer, frame.message, framed);
  }
  if (protocol::is_newest_only(frame.message)) {
    latest_[protocol::slot_of(frame.message)] = {frame.message, std::move(framed)};
  }
}

void Hub::fan_out() {
  fanning_out_ = true;
  for (std::size_t done = 0; next_ < members_.size(); ++done) {
    if (done == kSlice) {
      boost::asio::post(context_, [this] { fan_out(); });
      return;
    }
    const std::shared_ptr<Viewer> viewer = members_[next_].viewer;
    viewer->flush();
    if (next_ < members_.size() && members_[next_].viewer == viewer) ++next_;
  }
  fanning_out_ = false;
  if (std::exchange(again_, false)) {
    next_ = 0;
    boost::asio::post(context_, [this] {
      if (!fanning_out_) fan_out();
    });
  }
}

void Hub::tick() {
  const SteadyTime moment = now();
  const bool check = ++ticks_ % kTicksPerCheck == 0;
  for (std::size_t i = members_.size(); i-- > 0;) {
    if (i >= members_.size()) continue;
    const std::shared_ptr<Viewer> viewer = members_[i].viewer;
    if (viewer->paced()) viewer->flush();
    if (check) viewer->check(moment);
  }
  if (!stopped_) count_viewers();
  timer_.expires_after(kTick);
  timer_.async_wait([this](auto failure) {
    if (!failure) tick();
  });
}

void Hub::count_viewers() {
  const int count = static_cast<int>(members_.size());
  const auto since = now() - counted_at_;
  if (since < (count == counted_ ? kRecountInterval : kCountInterval)) return;
  counted_ = count;
  counted_at_ = now();
  viewers_changed_(count);
}

void Hub::stop() {
  stopped_ = true;
  for (std::size_t i = members_.size(); i-- > 0;) {
    if (i >= members_.size()) continue;
    members_[i].viewer->close(close_code::kGoingAway, "going_away");
  }
}

}  // namespace keisei::edge

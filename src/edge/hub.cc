#include "edge/hub.h"

#include <boost/asio/post.hpp>
#include <chrono>
#include <utility>

#include "protocol/codec.h"

namespace keisei::edge {
namespace {

using namespace std::chrono_literals;
using protocol::Audience;

constexpr std::size_t kSlice = 64;
constexpr auto kTick = 50ms;
constexpr std::uint64_t kTicksPerCheck = 20;

}  // namespace

Hub::Hub(boost::asio::io_context& context, const Clock& clock, EdgeCounters& counters,
         ViewerCount count, OnSaid on_said, Past past)
    : context_(context),
      clock_(clock),
      counters_(counters),
      count_(std::move(count)),
      on_said_(std::move(on_said)),
      past_(std::move(past)),
      timer_(context) {
  schedule_tick();
}

std::shared_ptr<Viewer> Hub::admit(Admission::Seat seat, http::Accepted connection,
                                   const Speech& speech, std::string_view handshake,
                                   std::string_view early) {
  thread_.check();
  auto viewer = std::make_shared<Viewer>(std::move(connection), speech, *this, clock_, counters_);
  viewer->place = members_.size();
  by_id_.emplace(viewer->id(), viewer.get());
  members_.push_back({viewer, std::move(seat)});
  ahead_.joined();
  round_.joined();
  viewer->start(handshake, early);
  return viewer;
}

void Hub::on_gone(Viewer& viewer, Leaving why) {
  thread_.check();
  const std::size_t place = viewer.place;
  by_id_.erase(viewer.id());
  if (place + 1 != members_.size()) {
    members_[place] = std::move(members_.back());
    members_[place].viewer->place = place;
  }
  members_.pop_back();
  ahead_.gone(members_.size());
  round_.gone(members_.size());
  if (!viewer.greeted()) return counters_.strangers_left[why].add();
  counters_.left[why].add();
  count_viewers(-1);
}

void Hub::greet(Viewer& viewer, const Subscription& wish) {
  if (!viewer.greeted()) {
    counters_.joined.add();
    count_viewers(1);
  }
  viewer.subscribe(wish);
  viewer.forget_latest();
  viewer.reply(protocol::ConnectionEstablished{viewer.id(), protocol::kProtocolVersion,
                                               unix_seconds(clock_.wall()),
                                               protocol::sent_channels().channels(), wish.level,
                                               wish.language, wish.channels.channels(), past_()});
  for (Framed& framed : newest_) offer(viewer, framed);
  viewer.flush();
}

void Hub::offer(Viewer& viewer, Framed& framed) {
  if (!viewer.greeted()) return;
  const Subscription& wish = viewer.subscription();
  const std::size_t message = framed.message();
  const protocol::Route& route = protocol::kMessageTable[message].route;
  if (route.audience == Audience::viewers && !wish.channels.has(route.channel)) return;
  const std::size_t variant = protocol::variant_index(wish.level, wish.language);
  const broker::Bytes& bytes = framed.bytes(variant, viewer.framing(), deflater_);
  if (!bytes) return;
  if (!protocol::is_newest_only(message)) return viewer.put_queued(bytes);
  const std::size_t slot = protocol::slot_of(message);
  if (protocol::is_for_joining(message) && !viewer.begin_edition(slot, framed.edition())) return;
  viewer.put_latest(slot, bytes);
}

void Hub::offer_to_all(Framed& framed) {
  // Backwards: an overfull queue removes the viewer, and the last one takes its place.
  for (std::size_t i = members_.size(); i-- > 0;) {
    if (i < members_.size()) offer(*members_[i].viewer, framed);
  }
}

void Hub::take(const broker::Frame& frame) {
  counters_.frames.add();
  switch (frame.route().audience) {
    case Audience::operators:
      return;  // there is none here
    case Audience::viewer:
      if (const auto found = by_id_.find(frame.viewer); found != by_id_.end()) {
        Framed framed(frame);
        offer(*found->second, framed);
      }
      return;
    case Audience::viewers:
      const bool is_for_joining = protocol::is_for_joining(frame.message);
      Framed framed(frame, is_for_joining ? ++editions_ : 0);
      if (!is_for_joining) offer_to_all(framed);
      if (protocol::is_newest_only(frame.message)) {
        newest_[protocol::slot_of(frame.message)] = std::move(framed);
      } else {
        ahead_.begin(members_.size());
      }
      return;
  }
}

void Hub::take(const broker::FrameBatch& batch) {
  thread_.check();
  if (stopped_) return;
  // What a new studio has not shown is not on the air.
  if (std::exchange(epoch_, batch.epoch) != batch.epoch) newest_.fill({});
  for (const broker::FramePtr& frame : batch.frames) take(*frame);
  round_.begin(members_.size());
  if (!std::exchange(fanning_out_, true)) fan_out();
}

void Hub::go_on(Round& round, std::size_t& slice, void (Connection::*serve)()) {
  for (; round.left > 0 && slice > 0; --slice) {
    if (round.next >= members_.size()) round.next = 0;
    const std::shared_ptr<Viewer> viewer = members_[round.next].viewer;
    --round.left;
    ((*viewer).*serve)();
    if (round.next < members_.size() && members_[round.next].viewer == viewer) ++round.next;
  }
}

void Hub::fan_out() {
  std::size_t slice = kSlice;
  go_on(ahead_, slice, &Connection::flush_queued);
  go_on(round_, slice, &Connection::flush);
  fanning_out_ = ahead_.left > 0 || round_.left > 0;
  if (fanning_out_) boost::asio::post(context_, [this] { fan_out(); });
}

void Hub::schedule_tick() {
  timer_.expires_after(kTick);
  timer_.async_wait([this](auto failure) {
    if (!failure) tick();
  });
}

void Hub::tick() {
  thread_.check();
  const bool check = ++ticks_ % kTicksPerCheck == 0;
  for (std::size_t i = members_.size(); i-- > 0;) {
    if (i >= members_.size()) continue;
    const std::shared_ptr<Viewer> viewer = members_[i].viewer;
    if (viewer->paced()) viewer->flush();
    if (check) viewer->check();
  }
  count_viewers();
  schedule_tick();
}

void Hub::count_viewers(int change) {
  greeted_ += change;
  counters_.viewers.set(greeted_);
  if (!stopped_) count_.is(greeted_);
}

void Hub::stop() {
  thread_.check();
  stopped_ = true;
  for (std::size_t i = members_.size(); i-- > 0;) {
    if (i >= members_.size()) continue;
    members_[i].viewer->send_away();
  }
}

}  // namespace keisei::edge

#include "edge/hub.h"

#include <bit>
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
constexpr std::size_t kTicksPerCheck = 20;  // of every viewer

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
  viewer->round = rounds_;
  by_id_.emplace(viewer->id(), viewer.get());
  members_.push_back({viewer, std::move(seat)});
  for (Round* round : {&ahead_, &round_, &checks_}) round->joined();
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
  paced_.erase(&viewer);
  for (Round* round : {&ahead_, &round_, &checks_}) round->gone(members_.size());
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
  viewer.round = rounds_;
  if (wish.pace() == 0) {
    paced_.erase(&viewer);
  } else {
    paced_.insert(&viewer);
  }
  viewer.reply(protocol::ConnectionEstablished{viewer.id(), protocol::kProtocolVersion,
                                               unix_seconds(clock_.wall()),
                                               protocol::sent_channels().channels(), wish.level,
                                               wish.language, wish.channels.channels(), past_()});
  for (Framed& framed : newest_) offer(viewer, framed);
  viewer.flush();
}

void Hub::offer(Viewer& viewer, Framed& framed) {
  if (!viewer.greeted()) return;
  const std::size_t message = framed.message();
  const broker::Bytes& bytes = framed.bytes_for(viewer.subscription(), viewer.framing(), deflater_);
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
      if (!protocol::is_newest_only(frame.message)) {
        offer_to_all(framed);
        ahead_.begin(members_.size());
        return;
      }
      const std::size_t slot = protocol::slot_of(frame.message);
      newest_[slot] = std::move(framed);
      if (!is_for_joining) bundles_.add(slot);
      return;
  }
}

void Hub::take(const broker::FrameBatch& batch) {
  thread_.check();
  if (stopped_) return;
  begin_round();
  // What a new studio has not shown is not on the air.
  if (std::exchange(epoch_, batch.epoch) != batch.epoch) newest_.fill({});
  for (const broker::FramePtr& frame : batch.frames) take(*frame);
  if (!std::exchange(fanning_out_, true)) fan_out();
}

// Whoever has not been served in the round before will get what it brought with that of the next.
void Hub::begin_round() {
  if (round_.left > 0 && bundles_.fresh() != 0) {
    for (const Member& member : members_) {
      if (member.viewer->round != rounds_) offer_fresh(*member.viewer);
    }
  }
  bundles_.clear();
  ++rounds_;
  round_.begin(members_.size());
}

void Hub::offer_fresh(Viewer& viewer) {
  for (protocol::SlotMask left = bundles_.fresh(); left != 0; left &= left - 1) {
    offer(viewer, newest_[static_cast<std::size_t>(std::countr_zero(left))]);
  }
}

void Hub::serve(Viewer& viewer) {
  if (std::exchange(viewer.round, rounds_) == rounds_ || !viewer.greeted()) return viewer.flush();
  std::size_t taken = 0;
  if (viewer.waits_for_nothing()) {
    const Bundle& bundle = bundles_.of(viewer.subscription(), viewer.framing(), deflater_);
    taken = viewer.send_at_once(bundle.vectors());
    if (taken == bundle.bytes()) return;
  }
  offer_fresh(viewer);
  viewer.has_taken(taken);
  viewer.flush();
}

void Hub::go_on(Round& round, std::size_t slice, void (Hub::*act)(Viewer&)) {
  for (; round.left > 0 && slice > 0; --slice) {
    if (round.next >= members_.size()) round.next = 0;
    const std::shared_ptr<Viewer> viewer = members_[round.next].viewer;
    --round.left;
    (this->*act)(*viewer);
    // It may be gone, and another in its place.
    if (round.next < members_.size() && members_[round.next].viewer == viewer) ++round.next;
  }
}

void Hub::fan_out() {
  go_on(ahead_, kSlice, &Hub::serve_ahead);
  if (ahead_.left == 0) go_on(round_, kSlice, &Hub::serve);
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
  for (auto next = paced_.begin(); next != paced_.end();) {
    Viewer* const viewer = *next++;  // it may end, and no other
    if (viewer->paced()) viewer->flush();
  }
  if (checks_.left == 0) checks_.begin(members_.size());
  go_on(checks_, members_.size() / kTicksPerCheck + 1, &Hub::check);
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

#include "studio/studio_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/mp11/algorithm.hpp>
#include <iterator>
#include <memory>
#include <type_traits>
#include <utility>
#include <variant>

namespace keisei::studio {
namespace {

using AlwaysTaken = boost::mp11::mp_list<broker::TrainerOpened, broker::TrainerClosed,
                                         broker::OperatorSaid, broker::ViewersCounted>;

bool is_always_taken(const broker::Input& input) {
  return std::visit(
      []<class T>(const T&) { return boost::mp11::mp_contains<AlwaysTaken, T>::value; }, input);
}

std::size_t bytes_of(const broker::Input& input) {
  const std::size_t said = std::visit(
      []<class T>(const T& one) -> std::size_t {
        if constexpr (std::is_same_v<T, broker::Telemetry>) return one.json.capacity();
        if constexpr (std::is_same_v<T, broker::ViewerSaid>) return one.json.capacity();
        if constexpr (std::is_same_v<T, broker::ChatSaid>) return one.text.capacity();
        return 0;
      },
      input);
  return StudioLoop::kOverhead + said;
}

}  // namespace

StudioLoop::StudioLoop(broker::StudioSide& broker, store::Keeper& keeper, Segments segments,
                       const Clock& clock, Notices& notices, TurnWitness* witness)
    : broker_(broker),
      keeper_(keeper),
      clock_(clock),
      refusals_(notices.topic("studio_refusals", "an input was refused")),
      witness_(witness),
      studio_(std::move(segments), witness ? witness->clock() : clock,
              {[this](std::vector<broker::FramePtr> frames) { publish(std::move(frames)); },
               [this](const Air::Word& word) {
                 broker_.tell({epoch_, word.session, word.word});
               },
               [this](std::vector<store::Entry> entries) { entries_ = std::move(entries); }}),
      unread_(clock, notices.topic("studio", "making the show"),
              fmt::format("nothing was worked in for {} s", kStandstill.count())),
      unkept_(clock, notices.topic("studio_store", "the store's answer"),
              fmt::format("there was none for {} s", kStandstill.count())),
      epoch_(broker.take_over([this](broker::Input input, broker::Receipt receipt) {
        post(std::move(input), std::move(receipt));
      })) {}

StudioLoop::~StudioLoop() {
  let_go();
  broker_.resign(epoch_);
  keeper_.settle();
}

// Inputs come from many threads: a few may go beyond the bound together.
void StudioLoop::post(broker::Input input, broker::Receipt receipt) {
  const std::size_t bytes = bytes_of(input);
  const std::size_t waiting = waiting_.load(std::memory_order_relaxed);
  unread_.look();
  unkept_.look();
  if (waiting + bytes > kMostWaiting + (is_always_taken(input) ? kReserve : 0)) {
    refusals_.happened("too much waits to be worked in");
    return receipt.refuse(broker::Refusal::full);
  }
  waiting_.fetch_add(bytes, std::memory_order_relaxed);
  unread_.begin();
  boost::asio::post(
      context_, [this, bytes, input = std::move(input), receipt = std::move(receipt)]() mutable {
        work_in(input, bytes, std::move(receipt));
      });
}

template <class... What>
void StudioLoop::take_turn(const What&... what) {
  if (witness_) witness_->begin(what...);
  (studio_.handle(what), ...);
  studio_.advance();
  if (witness_) witness_->end();
}

void StudioLoop::work_in(const broker::Input& input, std::size_t bytes, broker::Receipt receipt) {
  take_turn(input);
  unread_.end();
  // std::function wants what can be copied.
  const auto shared = std::make_shared<broker::Receipt>(std::move(receipt));
  // Of what a trainer says again there is nothing new to be kept, but the first time may still be
  // on its way.
  const bool in_turn = std::holds_alternative<broker::Telemetry>(input);
  keep(
      [this, bytes, shared] {
        waiting_.fetch_sub(bytes, std::memory_order_relaxed);
        shared->take(epoch_);
      },
      in_turn);
  arm();
}

void StudioLoop::keep(std::function<void()> done, bool in_turn) {
  if (entries_.empty() && !(in_turn && being_kept_ > 0)) return done();
  const auto promised = std::make_shared<std::vector<store::Entry>>();
  std::copy_if(entries_.begin(), entries_.end(), std::back_inserter(*promised), store::is_promised);
  unkept_.begin();
  ++being_kept_;
  if (!promised->empty() && ++promises_ == 1 && !held_.empty()) wait_for_keeper();
  keeper_.keep(std::exchange(entries_, {}), [this, promised, done = std::move(done)](bool kept) {
    unkept_.end();
    --being_kept_;
    done();
    if (promised->empty()) return;
    boost::asio::post(context_, [this, promised, kept] { hear_kept({promised, kept}); });
  });
}

void StudioLoop::hear_kept(const EntriesKept& kept) {
  --promises_;
  take_turn(kept);
  let_go();
  keep([] {});
  arm();
}

// Entries of the same turn have come before.
void StudioLoop::publish(std::vector<broker::FramePtr> frames) {
  std::move(frames.begin(), frames.end(), std::back_inserter(held_));
  const bool is_waiting = patient_until_ != SteadyTime::max();
  const bool begins_to_wait =
      promises_ == 0 && std::any_of(entries_.begin(), entries_.end(), store::is_promised);
  if (!is_waiting && !begins_to_wait) let_go();
}

void StudioLoop::wait_for_keeper() {
  patient_until_ = clock_.steady() + kPatience;
  patience_.expires_at(patient_until_);
  patience_.async_wait([this](boost::system::error_code failure) {
    if (!failure) let_go();
  });
}

void StudioLoop::let_go() {
  if (std::exchange(patient_until_, SteadyTime::max()) != SteadyTime::max()) patience_.cancel();
  if (!held_.empty()) broker_.publish({epoch_, std::exchange(held_, {})});
}

void StudioLoop::arm() {
  const SteadyTime due = studio_.due();
  if (due == armed_for_) return;
  armed_for_ = due;
  timer_.expires_at(due);
  timer_.async_wait([this](boost::system::error_code failure) {
    if (failure) return;
    armed_for_ = SteadyTime::max();
    take_turn();
    keep([] {});
    arm();
  });
}

void StudioLoop::open() {
  if (std::exchange(is_open_, true)) return;
  take_turn();
  keep([] {});
  arm();
}

void StudioLoop::run() {
  const auto work = boost::asio::make_work_guard(context_);
  open();
  context_.run();
}

SteadyTime StudioLoop::poll() {
  open();
  context_.restart();
  context_.poll();
  return std::min(armed_for_, patient_until_);
}

}  // namespace keisei::studio

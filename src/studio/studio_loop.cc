#include "studio/studio_loop.h"

#include <boost/asio/post.hpp>
#include <boost/mp11/algorithm.hpp>
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

}  // namespace

StudioLoop::StudioLoop(broker::StudioSide& broker, Segments segments, const Clock& clock)
    : broker_(broker),
      studio_(std::move(segments), clock,
              {[this](std::vector<broker::FramePtr> frames) {
                 broker_.publish({epoch_, std::move(frames)});
               },
               [this](const Air::Word& word) {
                 broker_.tell({epoch_, word.session, word.word});
               }}),
      epoch_(broker.take_over([this](broker::Input input, broker::Receipt receipt) {
        post(std::move(input), std::move(receipt));
      })) {}

StudioLoop::~StudioLoop() { broker_.resign(epoch_); }

void StudioLoop::post(broker::Input input, broker::Receipt receipt) {
  if (waiting_.load(std::memory_order_relaxed) >= kMostWaiting && !is_always_taken(input)) {
    return receipt.refuse(broker::Refusal::full);
  }
  waiting_.fetch_add(1, std::memory_order_relaxed);
  boost::asio::post(context_,
                    [this, input = std::move(input), receipt = std::move(receipt)]() mutable {
                      waiting_.fetch_sub(1, std::memory_order_relaxed);
                      studio_.handle(input);
                      studio_.advance();
                      receipt.take(epoch_);
                      arm();
                    });
}

void StudioLoop::arm() {
  const SteadyTime due = studio_.due();
  if (due == armed_for_) return;
  armed_for_ = due;
  timer_.expires_at(due);
  timer_.async_wait([this](boost::system::error_code failure) {
    if (failure) return;
    armed_for_ = SteadyTime::max();
    studio_.advance();
    arm();
  });
}

void StudioLoop::run() {
  const auto work = boost::asio::make_work_guard(context_);
  studio_.advance();
  arm();
  context_.run();
}

}  // namespace keisei::studio

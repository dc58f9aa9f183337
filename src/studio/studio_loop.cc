#include "studio/studio_loop.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <utility>
#include <variant>

namespace keisei::studio {

StudioLoop::StudioLoop(broker::StudioSide& broker, const Content& content, const Clock& clock,
                       const StudioOptions& options)
    : broker_(broker),
      clock_(clock),
      studio_(content, clock, options,
              {[this](Studio::Frames frames) {
                 broker_.publish({epoch_, std::move(frames)});
               },
               [this](broker::Session session, const protocol::StreamControl& word) {
                 broker_.tell({epoch_, session, word});
               }}),
      epoch_(broker.take_over([this](broker::Input input, broker::Receipt receipt) {
        post(std::move(input), std::move(receipt));
      })) {}

StudioLoop::~StudioLoop() { broker_.resign(epoch_); }

void StudioLoop::post(broker::Input input, broker::Receipt receipt) {
  if (waiting_.load(std::memory_order_relaxed) >= kMostWaiting &&
      std::holds_alternative<broker::Telemetry>(input)) {
    return receipt.refuse(broker::Refusal::full);
  }
  waiting_.fetch_add(1, std::memory_order_relaxed);
  boost::asio::post(context_,
                    [this, input = std::move(input), receipt = std::move(receipt)]() mutable {
                      waiting_.fetch_sub(1, std::memory_order_relaxed);
                      take(input);
                      receipt.take(epoch_);
                    });
}

void StudioLoop::take(const broker::Input& input) {
  if (std::holds_alternative<broker::TrainerOpened>(input)) spdlog::info("trainer connected");
  if (std::holds_alternative<broker::TrainerClosed>(input)) spdlog::info("trainer disconnected");
  studio_.handle(input);
  if (!studio_.last_refusal().empty() && studio_.refused().at("undecodable") > refused_logged_) {
    refused_logged_ = studio_.refused().at("undecodable") * 2;  // ever more rarely
    spdlog::warn("telemetry refused: {}", studio_.last_refusal());
  }
  studio_.advance();
  arm();
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

#include "studio/studio_loop.h"

#include <spdlog/spdlog.h>

#include <boost/asio/post.hpp>
#include <utility>
#include <variant>

namespace keisei::studio {

StudioLoop::StudioLoop(broker::Broker& broker, const Content& content, const Clock& clock,
                       const StudioOptions& options)
    : clock_(clock), studio_(content, clock, options, [&broker](const broker::FrameBatch& frames) {
        broker.publish(frames);
      }) {
  broker.on_input([this](broker::Input input) { post(std::move(input)); });
}

void StudioLoop::post(broker::Input input) {
  if (waiting_.load(std::memory_order_relaxed) >= kMostWaiting &&
      std::holds_alternative<broker::Telemetry>(input)) {
    dropped_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  waiting_.fetch_add(1, std::memory_order_relaxed);
  boost::asio::post(context_, [this, input = std::move(input)] {
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    take(input);
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

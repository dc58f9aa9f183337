#include "recording/replay_loop.h"

#include <utility>

#include "broker/newest_frames.h"
#include "studio/air.h"

namespace keisei::recording {
namespace {

using std::chrono::duration;
using std::chrono::duration_cast;

constexpr std::chrono::seconds kTellEvery{1};

double seconds(SteadyTime::duration time) { return duration<double>(time).count(); }

}  // namespace

ReplayLoop::ReplayLoop(broker::StudioSide& broker, std::unique_ptr<Replay> replay,
                       OpenAgain open_again, const ReplayOptions& options, const Clock& clock,
                       OnEnd on_end)
    : broker_(broker),
      replay_(std::move(replay)),
      open_again_(std::move(open_again)),
      options_(options),
      clock_(clock),
      on_end_(std::move(on_end)) {}

ReplayLoop::~ReplayLoop() {
  if (epoch_ != 0) broker_.resign(epoch_);
}

void ReplayLoop::run() {
  const auto work = boost::asio::make_work_guard(context_);
  begin();
  context_.run();
}

// Viewers take the frames of a new studio for a show that begins anew.
void ReplayLoop::begin() {
  epoch_ = broker_.take_over([](const broker::Input&, broker::Receipt receipt) {
    receipt.refuse(broker::Refusal::no_studio);
  });
  has_ended_ = false;
  began_from_ = replay_->begin().steady + options_.from;
  auto present = skip_to(began_from_);
  began_ = clock_.steady();
  publish(std::move(present));
  tell_every_second();
  go_on();
}

// The newest of each kind that was sent until then.
std::vector<broker::FramePtr> ReplayLoop::skip_to(SteadyTime moment) {
  broker::NewestFrames newest;
  for (auto next = replay_->next(); next && next->steady <= moment && !context_.stopped();
       next = replay_->next()) {
    newest.take({epoch_, replay_->take()});
  }
  return newest.all().frames;
}

void ReplayLoop::go_on() {
  const auto next = replay_->next();
  if (!next) return end();
  const auto after = duration<double>(next->steady - began_from_) / options_.speed;
  next_.expires_at(began_ + duration_cast<SteadyTime::duration>(after));
  next_.async_wait([this](boost::system::error_code failure) {
    if (failure) return;
    publish(replay_->take());
    go_on();
  });
}

void ReplayLoop::end() {
  has_ended_ = true;
  tell();
  on_end_(replay_->ending().why);
  if (!options_.loops) return;
  next_.expires_after(options_.pause);
  next_.async_wait([this](boost::system::error_code failure) {
    if (!failure) begin_again();
  });
}

void ReplayLoop::begin_again() {
  auto replay = open_again_();
  if (!replay) return on_end_(replay.error().message);
  replay_ = std::move(*replay);
  begin();
}

void ReplayLoop::tell_every_second() {
  tell();
  second_.expires_after(kTellEvery);
  second_.async_wait([this](boost::system::error_code failure) {
    if (!failure) tell_every_second();
  });
}

// Between two turns too.
Moment ReplayLoop::shown() const {
  if (has_ended_) return replay_->now();
  const auto since = duration<double>(clock_.steady() - began_) * options_.speed;
  const SteadyTime steady = began_from_ + duration_cast<SteadyTime::duration>(since);
  return {steady, replay_->now().wall + (steady - replay_->now().steady)};
}

void ReplayLoop::tell() {
  const Moment now = shown();
  const Moment begin = replay_->begin();
  studio::Air air(now.wall, told_);
  air.send([&](protocol::Level, protocol::Language) {
    return protocol::Replay{
        .state = has_ended_ ? protocol::ReplayState::ended : protocol::ReplayState::playing,
        .recorded_at = unix_seconds(begin.wall),
        .shown_at = unix_seconds(now.wall),
        .position_s = seconds(now.steady - begin.steady),
        .length_s = seconds(replay_->last().steady - begin.steady),
        .speed = options_.speed};
  });
  publish(air.take_frames());
}

void ReplayLoop::publish(std::vector<broker::FramePtr> frames) {
  if (!frames.empty()) broker_.publish({epoch_, std::move(frames)});
}

}  // namespace keisei::recording

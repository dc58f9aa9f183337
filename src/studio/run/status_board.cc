#include "studio/run/status_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/describe/enum.hpp>
#include <cmath>
#include <utility>

namespace keisei::studio {
namespace {

constexpr auto kSlowest = std::chrono::seconds(1);
constexpr KeyFamily<protocol::TrainingState> kTraining("system.training.*");
constexpr KeyFamily kStopped("system.training.stopped");

// What the interval of streaming's cost says. `less`: training was faster with it.
BOOST_DEFINE_ENUM_CLASS(Cost, unknown, none, some, less)
constexpr KeyFamily<Cost> kCost("system.cost.*");

Cost cost_of(const protocol::HookView& hook) {
  if (!hook.impact_low_pct || !hook.impact_high_pct) return Cost::unknown;
  if (*hook.impact_low_pct > 0) return Cost::some;
  return *hook.impact_high_pct < 0 ? Cost::less : Cost::none;
}

std::string in_percent(protocol::Number pct) {
  // Without the sign of a zero.
  return fmt::format("{:.2f}%", std::round(pct.value_or(0) * 100) / 100 + 0.0);
}

}  // namespace

StatusBoard::StatusBoard(const Content& content, const Clock& clock, const StatusOptions& options,
                         Notices& notices)
    : content_(content),
      clock_(clock),
      trainer_(notices.topic("trainer", "hearing the trainer")),
      link_(clock, options.silence_limit),
      figures_(clock.steady()),
      changes_(options.interval),
      next_(clock.steady()) {}

void StatusBoard::on(const Event& event) {
  match(
      event,
      [&](const TrainerJoined&) {
        link_.join();
        changes_.changed();
      },
      [&](const TrainerLeft&) {
        link_.leave();
        changes_.changed();
      },
      [&](const TrainerHeard&) { hear(); },
      [&](const HeartbeatHeard& heard) {
        link_.hear(heard.message);
        changes_.changed();
      },
      [&](const RunBegan& began) {
        run_ = Run();
        updates_.clear();
        evaluations_.clear();
        run_.introduce(began.run);
        if (began.memory) run_.remember(*began.memory);
        link_.introduce(true);
        changes_.changed();
      },
      [&](const RunResumed& resumed) {
        run_.introduce(resumed.run);
        updates_.clear();
        evaluations_.clear();
        link_.introduce(false);
        changes_.changed();
      },
      [&](const UpdateLearned& learned) {
        run_.learn(learned.metrics);
        updates_.happened(clock_.steady());
        changes_.changed();
      },
      [&](const Told<protocol::EvaluationFinished>&) { evaluations_.happened(clock_.steady()); },
      [&](const GameEnded&) { run_.finish_game(); },
      // Viewers come and go all the time: their number waits for the next second's status.
      [&](const broker::ViewersCounted& counted) {
        figures_.count_viewers(counted.edge, counted.viewers, clock_.steady());
      });
  tell();
}

void StatusBoard::tell() {
  if (std::exchange(told_, link_.state()) == link_.state()) return;
  if (told_ == protocol::TrainingState::paused) {
    trainer_.fails(link_.why_paused());
  } else {
    trainer_.works();
  }
}

void StatusBoard::hear() {
  const auto before = link_.state();
  link_.hear();
  if (link_.state() != before) changes_.changed();
}

void StatusBoard::advance(SteadyTime now, Air& air) {
  if (link_.advance(now) || now >= next_) changes_.changed();
  tell();
  if (!changes_.take(now)) return;
  next_ = now + kSlowest;
  air.send([&](protocol::Level level, protocol::Language language) {
    return view(now, level, language);
  });
}

SteadyTime StatusBoard::due() const { return std::min({link_.due(), changes_.due(), next_}); }

protocol::SystemStatus StatusBoard::view(SteadyTime now, protocol::Level level,
                                         protocol::Language language) const {
  protocol::SystemStatus view{};
  view.training = link_.state();
  view.text = content_.text(language, link_.stopped() ? kStopped() : kTraining(link_.state()));
  view.since = link_.since();
  view.run = run_.view(content_, level, language);
  view.update = run_.update();
  view.games = run_.games();
  view.samples_per_s = run_.samples_per_s();
  view.viewers = figures_.viewers(now);
  view.hook = link_.hook_view();
  view.hook.impact_text = cost_text(view.hook, language);
  view.latency_ms = link_.round_trip_ms();
  view.uptime_s = figures_.uptime_s(now);
  view.next_update_at = expected(updates_, now);
  view.next_evaluation_at = expected(evaluations_, now);
  return view;
}

protocol::Number StatusBoard::expected(const Cadence& cadence, SteadyTime now) const {
  const bool is_running = link_.state() == protocol::TrainingState::running;
  const auto next = is_running ? cadence.next(now) : std::nullopt;
  if (!next) return std::nullopt;
  return unix_seconds(clock_.wall()) + std::chrono::duration<double>(*next - now).count();
}

std::string StatusBoard::cost_text(const protocol::HookView& hook,
                                   protocol::Language language) const {
  const protocol::Number low = hook.impact_low_pct;
  const protocol::Number high = hook.impact_high_pct;
  return content_.text(language, kCost(cost_of(hook)),
                       {{"low", in_percent(low)},
                        {"high", in_percent(high)},
                        {"least", in_percent(-high.value_or(0))},
                        {"most", in_percent(-low.value_or(0))}});
}

Keys StatusBoard::keys() const {
  return Run::keys() + kTraining.keys() + kStopped.keys() + kCost.keys();
}

}  // namespace keisei::studio

#include "rl/run/run_stream.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "hook/transport/showcase_url.h"
#include "rl/evaluation/interval.h"

namespace keisei::rl {
namespace {

bool is_on_this_machine(const std::string& url) {
  const auto showcase = hook::parse_showcase_url(url);
  return showcase && (showcase->host == "localhost" || showcase->host == "::1" ||
                      showcase->host.starts_with("127."));
}

hook::HookOptions hook_options(const RunRequest& request, Notices::Teller tell) {
  hook::HookOptions stream;
  stream.tell = std::move(tell);
  stream.url = request.stream_url;
  stream.token_file = request.token_file;
  stream.ca_file = request.stream_ca;
  stream.spill_file = request.run_dir + "/unsent.jsonl";
  stream.publisher_cpu = request.options.stream.publisher_cpu;
  stream.monitor.limit_pct = request.options.stream.impact_limit_pct;
  // Training may keep every core busy; what is streamed should still leave within moments.
  stream.priority = ThreadPriority::lowest;
  if (is_on_this_machine(request.stream_url)) {
    // Asking it again costs nothing, and viewers wait for training to be back.
    stream.backoff_max = stream.breaker_wait = std::chrono::seconds(2);
  }
  return stream;
}

hook::EvaluationEvent event_of(const Evaluation& evaluation) {
  hook::EvaluationEvent event;
  event.update = evaluation.update;
  event.global_step = evaluation.global_step;
  const MatchScore& random = evaluation.against_random();
  if (random.games() > 0) {
    const Interval interval = wilson_interval(random.score(), random.games());
    event.random_games = random.games();
    event.random_score = random.score();
    event.random_low = interval.low;
    event.random_high = interval.high;
  }
  const Rating& rating = evaluation.ratings.network;
  event.elo = rating.elo;
  event.elo_error = rating.high - rating.elo;
  for (std::size_t i = 0; i < kAnchorCount; ++i) {
    const MatchScore& score = evaluation.against_anchors[i];
    const Rating& anchor = evaluation.ratings.anchors[i];
    event.anchor_scores.add({anchor_name(kAnchors[i]), score.wins, score.draws, score.losses,
                             anchor.elo, anchor.high - anchor.elo});
  }
  for (std::size_t i = 0; i < evaluation.skills.size(); ++i) {
    event.skills.add(
        {skill_name(kSkills[i]), evaluation.skills[i].answered, evaluation.skills[i].questions});
  }
  for (const auto& [update, score, age_s] : evaluation.against_past) {
    event.past_scores.add({update, score.wins, score.draws, score.losses});
    if (age_s) event.past_ages.add({update, *age_s});
  }
  return event;
}

}  // namespace

RunStream::RunStream(const RunRequest& request, protocol::RunStarted run, const Clock& clock,
                     Notices::Teller tell)
    : hook_(hook_options(request, std::move(tell)), std::move(run), clock),
      measure_every_(request.options.stream.measure_every_games) {
  hook_.set_measuring(false);  // the first game is complete: someone waits for it
}

void RunStream::add(const hook::GameFinishedEvent& game) {
  hook_.emit(game);
  // All windows of a game are in it or none: viewers are shown whole games.
  hook_.set_measuring(measure_every_ > 0 && (game.game_number + 1) % measure_every_ == 0);
}

void RunStream::add(const hook::MetricsEvent& metrics) {
  hook_.end_steps();
  hook_.emit(metrics);
}

void RunStream::add(const Evaluation& evaluation) { hook_.emit(event_of(evaluation)); }

void RunStream::add_checkpoint(const std::string& path, const MetricsManager& metrics) {
  const std::string name = std::filesystem::path(path).filename().string();
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(path, unknown);
  hook::CheckpointEvent event;
  event.update = metrics.updates();
  event.global_step = metrics.global_timestep();
  event.bytes = unknown ? 0 : static_cast<std::int64_t>(bytes);
  event.name = name;
  hook_.emit(event);
}

protocol::RunStarted describe_run(const Options& options, const std::string& run_id,
                                  std::int64_t parameters, const Clock& clock) {
  protocol::RunStarted run{};
  run.run_id = run_id;
  run.name = options.run.name;
  run.preset = options.run.preset;
  run.device = options.run.device;
  run.parameters = parameters;
  run.tower_depth = options.network.depth;
  run.tower_width = options.network.width;
  run.reward = options.reward.shaped ? protocol::Reward::shaped : protocol::Reward::terminal;
  run.shaping_coefficient = options.reward.shaped ? options.reward.shaping_coefficient : 0;
  run.clip_epsilon = options.ppo.clip_epsilon;
  run.environments = options.environment.count;
  run.started_at = unix_seconds(clock.wall());
  return run;
}

}  // namespace keisei::rl

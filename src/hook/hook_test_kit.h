#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/testing/comes_true.h"
#include "base/testing/told.h"
#include "hook/streaming_hook.h"

// The vocabulary of the hook's tests.
namespace keisei::hook::testing {

using namespace std::chrono_literals;

inline protocol::RunStarted demo_run() {
  protocol::RunStarted run{};
  run.run_id = "r1";
  run.reward = Reward::terminal;
  run.environments = 1;
  return run;
}

inline HookOptions options_for(const std::string& url) {
  HookOptions options;
  options.url = url;
  options.backoff_min = 5ms;
  options.backoff_max = 20ms;
  options.poll_interval = 1ms;
  options.flush_deadline = 30s;
  // The tests run beside whatever the machine does; SCHED_IDLE would make them wait for it.
  options.priority = ThreadPriority::normal;
  options.tell = [](const Notices::Notice&) {};
  return options;
}

inline MoveEvent move_event(int ply) {
  MoveEvent event;
  event.game_number = 1;
  event.ply = ply;
  event.usi = "7g7f";
  return event;
}

inline GameFinishedEvent game_event(std::int64_t number, int moves = 1) {
  GameFinishedEvent event;
  event.game_number = number;
  for (int i = 0; i < moves; ++i) event.moves.add("7g7f");
  event.reason = EndReason::checkmate;
  return event;
}

inline MetricsEvent metrics_event(std::int64_t update) {
  MetricsEvent event;
  event.update = update;
  event.metrics[Metric::policy_loss] = -0.25;
  return event;
}

inline EvaluationEvent evaluation_event(std::int64_t update) {
  EvaluationEvent event;
  event.update = update;
  event.global_step = 64 * update;
  event.random_games = 200;
  event.random_score = 0.75;
  event.random_low = 0.5;
  event.random_high = 0.875;
  event.skills.add({"mate_in_one", 3, 8});
  event.past_scores.add({1, 20, 5, 15});
  event.anchor_scores.add({"capture_greedy", 30, 2, 8, 310.5, kUnknown});
  event.past_ages.add({1, 3300});
  return event;
}

template <class T, class Member>
std::vector<Member> members(const std::vector<T>& messages, Member T::*member) {
  std::vector<Member> result;
  for (const T& message : messages) result.push_back(message.*member);
  return result;
}

}  // namespace keisei::hook::testing

#include "rl/run/run_logs.h"

#include <fmt/format.h>

#include <utility>

#include "rl/run/metrics_text.h"

namespace keisei::rl {

RunLogs::RunLogs(RunLog metrics, RunLog csv, RunLog games, RunLog evaluations)
    : metrics_(std::move(metrics)),
      csv_(std::move(csv)),
      games_(std::move(games)),
      evaluations_(std::move(evaluations)) {}

Result<RunLogs> RunLogs::open(const std::string& directory) {
  auto metrics = RunLog::open(directory + "/metrics.jsonl");
  auto csv = RunLog::open(directory + "/metrics.csv", csv_header());
  auto games = RunLog::open(directory + "/games.jsonl");
  auto evaluations = RunLog::open(directory + "/evaluations.jsonl");
  for (const auto* log : {&metrics, &csv, &games, &evaluations}) {
    if (!*log) return tl::unexpected(log->error());
  }
  return RunLogs(std::move(*metrics), std::move(*csv), std::move(*games), std::move(*evaluations));
}

Result<void> RunLogs::add(const MetricsManager& metrics, double unix_time) {
  const Result<void> line = metrics_.append(metrics_line(metrics, unix_time));
  const Result<void> row = csv_.append(csv_line(metrics, unix_time));
  return line ? row : line;
}

Result<void> RunLogs::add(const hook::GameFinishedEvent& game, std::string_view run_id,
                          double unix_time) {
  return games_.append(game_line(game, run_id, unix_time));
}

Result<void> RunLogs::add(const Evaluation& evaluation, double unix_time) {
  return evaluations_.append(evaluation_line(evaluation, unix_time));
}

std::string game_line(const hook::GameFinishedEvent& game, std::string_view run_id,
                      double unix_time) {
  std::string moves;
  for (const hook::UsiText& move : game.moves) {
    moves += fmt::format(R"({}"{}")", moves.empty() ? "" : ",", move.data());
  }
  const std::string winner = game.winner ? fmt::format(R"("{}")", to_string(*game.winner)) : "null";
  return fmt::format(
      R"({{"time":{:.3f},"game_id":"{}-{}","game_number":{},"update":{},"start_sfen":"{}",)"
      R"("moves":[{}],"winner":{},"reason":"{}"}})",
      unix_time, run_id, game.game_number, game.game_number, game.update, game.start_sfen.data(),
      moves, winner, to_string(game.reason));
}

}  // namespace keisei::rl

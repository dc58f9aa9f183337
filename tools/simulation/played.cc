#include "simulation/played.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "shogi/usi.h"
#include "simulation/policy.h"

namespace keisei::simulation {
namespace {

protocol::Side side_of(shogi::Color color) {
  return color == shogi::Color::black ? protocol::Side::black : protocol::Side::white;
}

bool is_near(double one, double other, double tolerance) {
  return std::abs(one - other) <= tolerance;
}

}  // namespace

void Played::begin_run(const protocol::RunStarted& run) { runs_[run.run_id].name = run.name; }

void Played::begin_game(const std::string& game_id) {
  games_[game_id].emplace_back();
  ++games_count_;
}

void Played::play(const std::string& game_id, shogi::Move move) {
  games_[game_id].back().moves.push_back(move);
  ++moves_count_;
}

void Played::finish(const std::string& game_id, const shogi::GameResult& result) {
  games_[game_id].back().result = result;
}

void Played::learn(const std::string& run_id, std::int64_t update) {
  Run& run = runs_[run_id];
  run.newest_update = std::max(run.newest_update, update);
}

template <class Look>
bool Played::any_line(const std::string& game_id, int ply, Look look) const {
  const auto found = games_.find(game_id);
  if (found == games_.end()) return false;
  const auto count = static_cast<std::size_t>(ply);
  return std::any_of(found->second.begin(), found->second.end(), [&](const Line& line) {
    if (line.moves.size() < count) return false;
    shogi::Position position = shogi::Position::startpos();
    for (std::size_t i = 0; i < count; ++i) position.do_move(line.moves[i]);
    return look(line, position);
  });
}

std::string Played::wrong_in(const protocol::GameState& shown) const {
  if (shown.game_id.empty()) return {};
  const auto is_shown = [&](const Line& line, const shogi::Position& position) {
    if (position.sfen() != shown.sfen) return false;
    if (side_of(position.side_to_move()) != shown.side_to_move) return false;
    if (shown.last_move) {
      const auto last = static_cast<std::size_t>(shown.ply) - 1;
      if (shown.ply < 1 || shogi::to_usi(line.moves[last]) != shown.last_move->move.usi) {
        return false;
      }
    }
    if (!shown.result) return true;
    if (!line.result || line.moves.size() != static_cast<std::size_t>(shown.ply)) return false;
    const auto winner = line.result->winner;
    const bool is_won = winner.has_value();
    return is_won == shown.result->winner.has_value() &&
           (!is_won || side_of(*winner) == *shown.result->winner) &&
           shogi::to_string(line.result->reason) == to_string(shown.result->reason);
  };
  if (any_line(shown.game_id, shown.ply, is_shown)) return {};
  return fmt::format("game {} after {} moves: {} {}{}", shown.game_id, shown.ply,
                     shown.last_move ? shown.last_move->move.usi : "no move", shown.sfen,
                     shown.result ? ", over" : "");
}

std::string Played::wrong_in(const protocol::MovePredictions& shown) const {
  if (shown.game_id.empty()) return {};
  const auto is_shown = [&](const Line&, const shogi::Position& position) {
    const std::vector<Choice> choices = choices_at(position);
    for (std::size_t i = 0; i < shown.predictions.size(); ++i) {
      if (i >= choices.size()) return false;
      const protocol::MovePrediction& one = shown.predictions[i];
      if (one.move.usi != shogi::to_usi(choices[i].move)) return false;
      if (!is_near(one.probability, static_cast<double>(choices[i].probability), 1e-5)) {
        return false;
      }
    }
    return true;
  };
  if (any_line(shown.game_id, shown.ply, is_shown)) return {};
  return fmt::format("predictions in game {} after {} moves", shown.game_id, shown.ply);
}

std::string Played::wrong_in(const protocol::SeAttention& shown) const {
  if (shown.game_id.empty()) return {};
  const auto is_there = [](const Line&, const shogi::Position&) { return true; };
  if (any_line(shown.game_id, shown.ply, is_there)) return {};
  return fmt::format("attention in game {} after {} moves", shown.game_id, shown.ply);
}

std::string Played::wrong_in(const protocol::PpoMetrics& shown) const {
  if (shown.update == 0) return {};
  const auto run = runs_.find(shown.run_id);
  if (run == runs_.end() || shown.update > run->second.newest_update) {
    return fmt::format("update {} of run {}", shown.update, shown.run_id);
  }
  for (const protocol::Metric metric : protocol::enumerators<protocol::Metric>()) {
    const protocol::Number value = shown.metrics[metric];
    const double truth = metric_at(shown.update, metric);
    if (!value || is_near(*value, truth, 1e-3 * std::max(1.0, std::abs(truth)))) continue;
    return fmt::format("{} of update {} is {}, not {}", to_string(metric), shown.update, *value,
                       truth);
  }
  return {};
}

std::string Played::wrong_in(const protocol::NetworkStrength& shown) const {
  for (const protocol::StrengthReading& reading : shown.readings) {
    if (reading.measure != protocol::StrengthMeasure::random_score) continue;
    const double value = reading.value;
    if (!is_near(value, score_at(shown.update), 1e-3)) {
      return fmt::format("score {} after update {}", value, shown.update);
    }
  }
  return {};
}

std::string Played::wrong_in(const protocol::MilestoneReached& shown) const {
  const protocol::MilestoneView& milestone = shown.milestone;
  if (!milestone.game_id) return {};
  const auto is_there = [](const Line&, const shogi::Position&) { return true; };
  if (any_line(*milestone.game_id, milestone.ply.value_or(0), is_there)) return {};
  return fmt::format("milestone {} in game {} after {} moves", milestone.key, *milestone.game_id,
                     milestone.ply.value_or(0));
}

std::string Played::wrong_in(const protocol::SystemStatus& shown) const {
  if (!shown.run) return {};
  const auto run = std::find_if(runs_.begin(), runs_.end(), [&](const auto& one) {
    return one.second.name == shown.run->name;
  });
  if (run == runs_.end()) return "run " + shown.run->name;
  if (shown.update <= run->second.newest_update) return {};
  return fmt::format("update {} of run {}", shown.update, shown.run->name);
}

}  // namespace keisei::simulation

#include "simulation/played.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

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

/// What the network says of a position, for Black.
double said_for_black(const shogi::Position& position) {
  const double mover = (value_at(position) + 1) / 2;
  return position.side_to_move() == shogi::Color::black ? mover : 1 - mover;
}

shogi::Position position_after(const std::vector<shogi::Move>& moves, std::size_t count) {
  shogi::Position position = shogi::Position::startpos();
  for (std::size_t i = 0; i < count; ++i) position.do_move(moves[i]);
  return position;
}

/// What is told may be held against the results of earlier games: that turns it no further.
bool may_stand_for(double told, double said) {
  constexpr double kTurned = 0.2;
  return (told - 0.5) * (said - 0.5) >= 0 || is_near(told, 0.5, kTurned);
}

/// Whether the forecast that is shown, if one is, is made of what the network says of this position
/// and of the one before, and the same where that is told by itself.
bool is_thought(const protocol::GameState& shown, const std::vector<shogi::Move>& moves) {
  const auto& estimate = shown.estimate;
  if (!estimate || estimate->source != protocol::EstimateSource::network) return true;
  const auto count = static_cast<std::size_t>(shown.ply);
  double black = said_for_black(position_after(moves, count));
  if (count > 0) {
    black = (black + said_for_black(position_after(moves, count - 1))) / 2;
  }
  if (!shown.black_win_probability || !shown.forecast) return false;
  const double told = *shown.black_win_probability;
  const auto& [win, draw, loss, raw, calibrated, games, record, verdict] = *shown.forecast;
  return may_stand_for(told, black) && is_near(told, win + draw / 2, 1e-3) &&
         is_near(win + draw + loss, 1, 1e-3) && (!raw || is_near(*raw, black, 1e-3));
}

}  // namespace

void Played::begin_run(const protocol::RunStarted& run) { runs_[run.run_id].name = run.name; }

std::size_t Played::begin_game(const std::string& game_id) {
  ++games_count_;
  std::vector<Line>& lines = games_[game_id];
  lines.emplace_back();
  return lines.size() - 1;
}

void Played::play(const std::string& game_id, std::size_t line, shogi::Move move) {
  games_[game_id].at(line).moves.push_back(move);
  ++moves_count_;
}

void Played::finish(const std::string& game_id, std::size_t line, const shogi::GameResult& result) {
  games_[game_id].at(line).result = result;
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
    return look(line, position_after(line.moves, count));
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
    if (!shown.result) return is_thought(shown, line.moves);
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

// Points are drawn: they are no finer than two characters can say.
std::string Played::wrong_in(const protocol::MetricsHistory& shown) const {
  if (shown.run_id.empty()) return {};
  const auto run = runs_.find(shown.run_id);
  const protocol::HistoryColumns& columns = shown.updates;
  if (run == runs_.end() || columns.newest > run->second.newest_update) {
    return fmt::format("history of run {} up to update {}", shown.run_id, columns.newest);
  }
  if (columns.updates != 1) return {};
  for (const protocol::MetricHistory& one : shown.metrics) {
    const protocol::Series& points = one.line.last;
    const auto [from, to] = protocol::range_of(points);
    for (std::size_t i = 0; i < std::min(points.size(), columns.starts.size()); ++i) {
      const double truth = metric_at(columns.starts[i], one.metric);
      const double tolerance = 1e-3 * std::max({1.0, std::abs(truth), to - from});
      if (!points[i] || is_near(*points[i], truth, tolerance)) continue;
      return fmt::format("{} of update {} is {}, not {}", to_string(one.metric), columns.starts[i],
                         *points[i], truth);
    }
  }
  return {};
}

bool Played::has_reached(const protocol::MilestoneView& milestone, const Line& line) {
  const auto ply = static_cast<std::size_t>(milestone.ply.value_or(0));
  const bool is_at_end = line.result && line.moves.size() == ply;
  const bool is_won = is_at_end && line.result->winner;
  switch (milestone.kind) {
    case protocol::MilestoneKind::checkmate:
      return is_at_end && line.result->reason == shogi::EndReason::checkmate;
    case protocol::MilestoneKind::win:
      return is_won && milestone.side && side_of(*line.result->winner) == *milestone.side;
    case protocol::MilestoneKind::longest_game:
    case protocol::MilestoneKind::shortest_game:
      return is_won && milestone.value && is_near(*milestone.value, milestone.ply.value_or(0), 0.5);
    case protocol::MilestoneKind::dragon:
    case protocol::MilestoneKind::horse:
      return ply > 0 && line.moves[ply - 1].is_promotion();
    default:
      return true;
  }
}

std::string Played::wrong_in(const protocol::MilestoneView& milestone) const {
  if (!milestone.game_id) return {};
  const auto is_there = [&](const Line& line, const shogi::Position&) {
    return has_reached(milestone, line);
  };
  if (any_line(*milestone.game_id, milestone.ply.value_or(0), is_there)) return {};
  return fmt::format("milestone {} in game {} after {} moves", milestone.key, *milestone.game_id,
                     milestone.ply.value_or(0));
}

std::string Played::wrong_in(const protocol::MilestoneReached& shown) const {
  return wrong_in(shown.milestone);
}

std::string Played::wrong_in(const protocol::Milestones& shown) const {
  std::set<std::string> keys;
  for (const protocol::MilestoneView& milestone : shown.milestones) {
    if (!keys.insert(milestone.key).second) return "twice in the list: " + milestone.key;
    if (std::string wrong = wrong_in(milestone); !wrong.empty()) return wrong;
  }
  return {};
}

bool Played::was_played(const protocol::GameFinished& game) const {
  const auto found = games_.find(game.game_id);
  if (found == games_.end()) return false;
  const auto is_same = [](shogi::Move move, const std::string& usi) {
    return shogi::to_usi(move) == usi;
  };
  return std::any_of(found->second.begin(), found->second.end(), [&](const Line& line) {
    return line.result && shogi::to_string(line.result->reason) == to_string(game.reason) &&
           std::equal(line.moves.begin(), line.moves.end(), game.moves.begin(), game.moves.end(),
                      is_same);
  });
}

bool Played::was_thought(const store::KeptMove& move) const {
  const auto is_there = [&](const Line& line, const shogi::Position& position) {
    const auto ply = static_cast<std::size_t>(move.ply);
    return ply < line.moves.size() && shogi::to_usi(line.moves[ply]) == move.usi && move.value &&
           is_near(*move.value, value_at(position), 1e-5);
  };
  return any_line(move.game_id, move.ply, is_there);
}

// Every move of all games would take most of a simulation's time.
std::string Played::wrong_in(const store::RunMemory& kept) const {
  constexpr int kSample = 16;
  for (const store::KeptGame& one : kept.finished) {
    if (!was_played(one.game)) return "game " + one.game.game_id;
  }
  for (const store::KeptMove& move : kept.moves) {
    if (move.ply % kSample != 0 || was_thought(move)) continue;
    return fmt::format("{} after {} moves of game {}", move.usi, move.ply, move.game_id);
  }
  return {};
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

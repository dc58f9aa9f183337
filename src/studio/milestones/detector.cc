#include "studio/milestones/detector.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "studio/milestones/firsts.h"

namespace keisei::studio {
namespace {

using protocol::MilestoneKind;

std::string key_of(MilestoneKind kind, std::string_view detail) {
  Milestone milestone{};
  milestone.kind = kind;
  milestone.detail = detail;
  return milestone.key();
}

Milestone count_reached(MilestoneKind kind, double step, double reading,
                        const protocol::TrainerMetrics& metrics) {
  Milestone milestone{};
  milestone.kind = kind;
  milestone.detail = fmt::format("{:.0f}", step);
  milestone.update = metrics.update;
  milestone.value = reading;
  milestone.reached_at = metrics.emitted_at;
  return milestone;
}

Milestone candidate(const PlayedGame& game, MilestoneKind kind, int ply, double value, double id) {
  const protocol::GameFinished& told = *game.told;
  Milestone milestone{};
  milestone.kind = kind;
  milestone.detail = fmt::format("{:.0f}", id);
  milestone.update = told.update;
  milestone.value = value;
  milestone.moment = Moment{told.game_id, told.game_number, ply};
  milestone.reached_at = told.emitted_at;
  return milestone;
}

void add(std::vector<Milestone>& to, std::optional<Milestone> one) {
  if (one) to.push_back(*std::move(one));
}

}  // namespace

bool MilestoneDetector::is_known(MilestoneKind kind, std::string_view detail) const {
  return known_.contains(key_of(kind, detail));
}

void MilestoneDetector::begin(const store::RunMemory* memory) {
  *this = MilestoneDetector(*castles_);
  if (memory == nullptr) return;
  recall_milestones(*memory);
  for (const store::KeptUpdate& update : memory->updates) counts(update.metrics);
  for (const store::KeptEvaluation& kept : memory->evaluations) strength_.hear(kept.evaluation);
  for (const store::KeptMove& move : memory->moves) {
    thoughts_.hear(move.game_id, move.ply, move.usi, move.value);
  }
  recall_games(*memory);
}

void MilestoneDetector::recall_milestones(const store::RunMemory& memory) {
  for (const store::KeptMilestone& kept : memory.milestones) {
    known_.insert(kept.key);
    const auto milestone = milestone_of(kept);
    if (!milestone || !milestone->value) continue;
    if (milestone->kind == MilestoneKind::longest_game) longest_.know(*milestone->value);
    if (milestone->kind == MilestoneKind::shortest_game) shortest_.know(*milestone->value);
    if (milestone->kind == MilestoneKind::swing) swing_.know(*milestone->value);
  }
}

void MilestoneDetector::recall_games(const store::RunMemory& memory) {
  is_whole_ = memory.is_whole;
  number_ = memory.game_number;
  const bool lack_lengths = !longest_.has_told() || !shortest_.has_told();
  for (const store::KeptGame& kept : memory.finished) {
    const bool has_length = lack_lengths && kept.game.winner;
    if (!has_length && !thoughts_.largest(kept.game)) continue;
    if (const auto game = read_game(kept.game)) records(*game);
  }
  for (const store::KeptGame& kept : memory.finished) thoughts_.forget(kept.game.game_id);
}

// A run that is resumed goes on from a lower number.
void MilestoneDetector::count(std::int64_t number) {
  is_whole_ = is_whole_ && number <= number_ + 1;
  number_ = number;
}

void MilestoneDetector::hear(const protocol::MovePlayed& played) {
  thoughts_.hear(played.game_id, played.ply, played.usi, played.value);
}

std::vector<Milestone> MilestoneDetector::hear(const protocol::GameFinished& finished) {
  count(finished.game_number);
  std::vector<Milestone> found;
  if (const auto game = is_whole_ ? read_game(finished) : std::nullopt) {
    found = firsts(*game);
    for (Milestone& record : records(*game)) found.push_back(std::move(record));
  }
  thoughts_.forget(finished.game_id);
  return only_new(std::move(found));
}

std::vector<Milestone> MilestoneDetector::firsts(const PlayedGame& game) const {
  std::vector<Milestone> found;
  if (!is_known(MilestoneKind::checkmate)) add(found, checkmate_in(game));
  add(found, win_in(game));
  for (const MilestoneKind piece : {MilestoneKind::dragon, MilestoneKind::horse}) {
    if (!is_known(piece)) add(found, promotion_in(game, piece));
  }
  if (!is_known(MilestoneKind::safe_rook)) add(found, safe_rook_in(game));
  for (Milestone& castle : castles_in(game, *castles_, [&](std::string_view id) {
         return is_known(MilestoneKind::castle, id);
       })) {
    found.push_back(std::move(castle));
  }
  return found;
}

std::vector<Milestone> MilestoneDetector::records(const PlayedGame& game) {
  std::vector<Milestone> found;
  const auto plies = static_cast<int>(game.moves.size());
  if (game.winner && plies > 0) {
    add(found, longest_.hear(candidate(game, MilestoneKind::longest_game, plies, plies, plies)));
    add(found, shortest_.hear(candidate(game, MilestoneKind::shortest_game, plies, plies, plies)));
  }
  if (const auto swing = thoughts_.largest(*game.told)) {
    add(found, swing_.hear(candidate(game, MilestoneKind::swing, swing->ply, swing->size,
                                     std::round(swing->size * 100))));
  }
  return found;
}

std::vector<Milestone> MilestoneDetector::counts(const protocol::TrainerMetrics& metrics) {
  std::vector<Milestone> found;
  const auto climb = [&](MilestoneKind kind, Ladder& ladder, std::int64_t reading) {
    const auto figure = static_cast<double>(reading);
    const auto step = ladder.climb(figure);
    if (step) found.push_back(count_reached(kind, *step, figure, metrics));
  };
  climb(MilestoneKind::games, games_, metrics.games);
  climb(MilestoneKind::updates, updates_, metrics.update);
  return found;
}

std::vector<Milestone> MilestoneDetector::hear(const protocol::TrainerMetrics& metrics) {
  return only_new(counts(metrics));
}

std::vector<Milestone> MilestoneDetector::hear(const protocol::EvaluationFinished& evaluation) {
  return only_new(strength_.hear(evaluation));
}

std::vector<Milestone> MilestoneDetector::only_new(std::vector<Milestone> found) {
  std::erase_if(found, [this](const Milestone& one) {
    return known_.size() >= kMostMilestones || !known_.insert(one.key()).second;
  });
  return found;
}

}  // namespace keisei::studio

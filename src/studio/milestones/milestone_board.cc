#include "studio/milestones/milestone_board.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "studio/game/scene.h"

namespace keisei::studio {
namespace {

// What a game shows for the first time, not how long it is or what was counted.
bool is_first(protocol::MilestoneKind kind) {
  using protocol::MilestoneKind;
  constexpr std::array kFirsts = {MilestoneKind::checkmate, MilestoneKind::win,
                                  MilestoneKind::castle,    MilestoneKind::dragon,
                                  MilestoneKind::horse,     MilestoneKind::safe_rook};
  return std::find(kFirsts.begin(), kFirsts.end(), kind) != kFirsts.end();
}

constexpr int kWhole = std::numeric_limits<int>::max();

}  // namespace

void MilestoneBoard::on(const Event& event) {
  match(
      event, [&](const RunBegan& began) { begin(began); },
      [&](const MovePlayed& played) { detector_.hear(played.message); },
      [&](const GameEnded& ended) { hear(ended); },
      [&](const UpdateLearned& learned) { find(detector_.hear(learned.metrics)); },
      [&](const Told<protocol::EvaluationFinished>& finished) {
        find(detector_.hear(finished.message));
      },
      [&](const EntriesKept& kept) { hear(kept); },
      [&](const SceneShown& shown) {
        if (shown.scene->looks_back) return;
        on_screen_ = {shown.scene->game->id(), shown.scene->over ? kWhole : shown.scene->ply};
      });
}

// What a game on screen is still to show is told when it does, or when another game comes on.
bool MilestoneBoard::is_still_to_come(const Milestone& milestone) const {
  return milestone.moment && milestone.moment->game_id == on_screen_.game_id &&
         milestone.moment->ply > on_screen_.ply;
}

void MilestoneBoard::begin(const RunBegan& began) {
  const bool goes_on = is_forgotten_ && !began.is_forgotten && began.run.run_id == run_id_;
  const auto unread = std::exchange(unread_, {});
  run_id_ = began.run.run_id;
  is_forgotten_ = began.is_forgotten;
  detector_.begin(began.memory.get());
  milestones_.clear();
  if (began.memory) {
    for (const store::KeptMilestone& kept : began.memory->milestones) {
      if (auto known = milestone_of(kept))
        milestones_.push_back({*std::move(known), State::kept, true});
    }
  }
  list_due_ = SteadyTime::min();
  if (!goes_on) return;
  for (const protocol::GameFinished& game : unread) find(detector_.hear(game));
}

void MilestoneBoard::hear(const GameEnded& ended) {
  if (!is_forgotten_) return find(detector_.hear(ended.game));
  if (unread_.size() < kMostUnread) unread_.push_back(ended.game);
}

void MilestoneBoard::find(std::vector<Milestone> found) {
  if (is_forgotten_) return;
  for (Milestone& milestone : found) {
    if (milestone.moment && is_first(milestone.kind))
      firsts_.push_back({milestone.moment->game_id});
    milestones_.push_back({std::move(milestone), State::found});
  }
}

void MilestoneBoard::hear(const EntriesKept& kept) {
  for (const store::Entry& entry : *kept.entries) {
    const auto* milestone = std::get_if<store::KeptMilestone>(&entry);
    if (milestone == nullptr || milestone->run_id != run_id_) continue;
    for (Listed& one : milestones_) {
      if (one.state != State::on_its_way || one.milestone.key() != milestone->key) continue;
      one.state = kept.kept ? State::kept : State::lost;
      if (one.told) list_due_ = SteadyTime::min();
    }
  }
  if (!kept.kept) return;
  for (Listed& one : milestones_) {
    if (one.state == State::lost) one.state = State::found;
  }
}

void MilestoneBoard::advance(SteadyTime now, Air& air) {
  for (FirstSeen& first : std::exchange(firsts_, {})) air.announce(std::move(first));
  for (Listed& one : milestones_) {
    if (one.state == State::found) {
      one.state = State::on_its_way;
      air.keep(kept(one.milestone, run_id_));
    }
    const bool is_saved = one.state == State::kept;
    if (one.told || (!is_saved && one.state != State::lost)) continue;
    if (is_still_to_come(one.milestone)) continue;
    one.told = true;
    air.send([&](protocol::Level level, protocol::Language language) {
      return protocol::MilestoneReached{view(one, level, language)};
    });
    if (!list_due_) list_due_ = now + kListDelay;
  }
  if (!list_due_ || now < *list_due_) return;
  list_due_.reset();
  air.send(
      [&](protocol::Level level, protocol::Language language) { return list(level, language); });
}

protocol::Milestones MilestoneBoard::list(protocol::Level level,
                                          protocol::Language language) const {
  protocol::Milestones list{};
  for (auto one = milestones_.rbegin(); one != milestones_.rend(); ++one) {
    if (!one->told) continue;
    ++list.total;
    if (list.milestones.size() == kMostListed) continue;
    list.milestones.push_back(view(*one, level, language));
  }
  list.remembered = !is_forgotten_;
  return list;
}

protocol::MilestoneView MilestoneBoard::view(const Listed& one, protocol::Level level,
                                             protocol::Language language) const {
  auto view = words_.view(one.milestone, one.state == State::kept, level, language);
  view.run_id = run_id_;
  return view;
}

SteadyTime MilestoneBoard::due() const { return list_due_.value_or(SteadyTime::max()); }

}  // namespace keisei::studio

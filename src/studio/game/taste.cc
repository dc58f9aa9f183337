#include "studio/game/taste.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace keisei::studio {
namespace {

using protocol::PickReason;

struct Candidate {
  GameLibrary::Game game;
  ShowPlan plan;
  bool is_first;
  bool is_upset;
};
using Candidates = std::vector<Candidate>;

double suspense(const Candidate& one) { return one.plan.suspense; }
double surprise(const Candidate& one) { return one.plan.surprise; }

/// Those whose measure comes close to the highest.
Candidates best_by(double (*measure)(const Candidate&), const Candidates& all) {
  double most = 0;
  for (const Candidate& one : all) most = std::max(most, measure(one));
  Candidates best;
  for (const Candidate& one : all) {
    if (measure(one) >= Taste::kAlike * most) best.push_back(one);
  }
  return best;
}

/// Those of which it is so, or all if it is of none.
Candidates with(bool Candidate::*mark, const Candidates& all) {
  Candidates marked;
  for (const Candidate& one : all) {
    if (one.*mark) marked.push_back(one);
  }
  return marked.empty() ? all : marked;
}

struct Choice {
  Candidate game;
  PickReason reason;  // the last rule that left something out
  std::size_t alike;  // games that this rule chose from
};

Choice choose(Candidates left) {
  PickReason reason = PickReason::only;
  std::size_t alike = left.size();
  const auto narrow = [&](Candidates narrowed, PickReason why) {
    if (narrowed.size() < left.size()) {
      reason = why;
      alike = left.size();
    }
    left = std::move(narrowed);
  };
  narrow(best_by(suspense, left), PickReason::suspense);
  narrow(best_by(surprise, left), PickReason::surprise);
  narrow(with(&Candidate::is_first, left), PickReason::first);
  narrow(with(&Candidate::is_upset, left), PickReason::upset);
  if (left.size() > 1) return {left.back(), PickReason::newest, left.size()};
  return {left.back(), reason, alike};
}

}  // namespace

bool Taste::is_upset(const FeaturedGame& game) {
  if (!game.finish() || !game.finish()->winner) return false;
  const bool black_won = *game.finish()->winner == shogi::Color::black;
  double sum = 0;
  int count = 0;
  for (int ply = game.first_ply() + 1; ply < game.last_ply(); ++ply) {
    if (const protocol::Number black = game.black_forecast(ply)) {
      sum += black_won ? *black : 1 - *black;
      ++count;
    }
  }
  return count > 0 && sum <= kUnderdog * count;
}

std::optional<Pick> Taste::choose(const GameLibrary& library, const Pace& pace,
                                  std::chrono::milliseconds longest) {
  const std::int64_t newest = library.newest_finished();
  Candidates candidates;
  for (const GameLibrary::Game& game : library.finished()) {
    const bool is_first = library.has_first(*game);
    if (game->update() + kFresh < newest && !is_first) continue;
    candidates.push_back(
        {game, plan_of(*game, pace, library.suspense(), longest), is_first, is_upset(*game)});
  }
  if (candidates.empty()) return std::nullopt;
  const int among = static_cast<int>(candidates.size());
  const auto [chosen, reason, alike] = studio::choose(std::move(candidates));
  const std::int64_t behind = newest - chosen.game->update();
  // What is old is on for one thing alone.
  const PickReason what = behind > kFresh ? PickReason::first : reason;
  return Pick{chosen.game,
              chosen.plan.from,
              {what, among, static_cast<int>(alike), behind, 100 * chosen.plan.mean_move}};
}

}  // namespace keisei::studio

#include <gmock/gmock.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <map>
#include <set>

#include "store/store_test_kit.h"

/// What is recalled is what was kept, whatever came in which order, how often, in how many batches
/// and over how many restarts: held against a store that is nothing but lists.
namespace keisei::store::testing {
namespace {

struct PlainGame {
  KeptGame kept;
  std::map<int, KeptMove> thoughts;
};

struct PlainRun {
  std::optional<KeptRun> run;
  int segment = 1;
  std::vector<KeptUpdate> updates;
  std::vector<PlainGame> games;
  std::vector<std::pair<std::string, std::map<int, KeptMove>>> open;
  std::vector<KeptEvaluation> evaluations;
  std::vector<KeptMilestone> milestones;
  std::set<std::string> seen;
};

class PlainStore {
 public:
  void keep(const Entry& entry) {
    std::visit([this](const auto& kept) { add(kept); }, entry);
  }

  Lines lines(const std::string& run_id) const {
    const auto found = runs_.find(run_id);
    if (found == runs_.end()) return {};
    const PlainRun& run = found->second;
    RunMemory memory{};
    memory.run.run_id = run_id;
    if (run.run) memory.run = run.run->run;
    memory.segment = run.segment;
    memory.games = static_cast<std::int64_t>(run.games.size());
    for (const KeptUpdate& update : run.updates) memory.updates.push_back(update);
    for (const PlainGame& game : run.games) memory.finished.push_back(game.kept);
    const auto first_of = [](const auto& all, std::size_t most) {
      return std::max(all.size(), most) - most;
    };
    for (std::size_t i = first_of(run.games, RunMemory::kGamesWithMoves); i < run.games.size();
         ++i) {
      for (const auto& [ply, move] : run.games[i].thoughts) memory.moves.push_back(move);
    }
    for (std::size_t i = first_of(run.open, RunMemory::kOpenGames); i < run.open.size(); ++i) {
      for (const auto& [ply, move] : run.open[i].second) memory.moves.push_back(move);
    }
    memory.evaluations = run.evaluations;
    memory.milestones = run.milestones;
    return lines_of(memory);
  }

 private:
  void add(const KeptRun& kept) { runs_[kept.run.run_id].run = kept; }
  void add(const KeptUpdate& kept) {
    PlainRun& run = runs_[kept.run_id];
    run.segment = std::max(run.segment, kept.segment);
    const auto key = fmt::format("u {} {}", kept.metrics.update, kept.metrics.emitted_at);
    if (run.seen.insert(key).second) run.updates.push_back(kept);
  }
  void add(const KeptMove& kept) {
    PlainRun& run = runs_[kept.run_id];
    bool has_ended = false;
    for (PlainGame& game : run.games) {
      if (game.kept.game.game_id != kept.game_id) continue;
      has_ended = true;
      const auto& moves = game.kept.game.moves;
      const auto ply = static_cast<std::size_t>(kept.ply);
      if (ply < moves.size() && moves[ply] == kept.usi) game.thoughts.try_emplace(kept.ply, kept);
    }
    if (has_ended) return;
    auto open = std::find_if(run.open.begin(), run.open.end(),
                             [&](const auto& game) { return game.first == kept.game_id; });
    if (open == run.open.end())
      open = run.open.emplace(open, kept.game_id, std::map<int, KeptMove>{});
    auto& moves = open->second;
    const auto same = moves.find(kept.ply);
    if (same != moves.end() && same->second.usi == kept.usi) return;
    if (same != moves.end()) moves.erase(same, moves.end());
    moves.emplace(kept.ply, kept);
  }
  void add(const KeptGame& kept) {
    PlainRun& run = runs_[kept.run_id];
    KeptGame timeless = kept;
    timeless.game.emitted_at = 0;
    timeless.game.game_number = timeless.game.update = timeless.segment = 0;
    if (!run.seen.insert("g" + line_of(timeless)).second) return;
    run.segment = std::max(run.segment, kept.segment);
    PlainGame game{kept, {}};
    const auto open = std::find_if(run.open.begin(), run.open.end(),
                                   [&](const auto& one) { return one.first == kept.game.game_id; });
    if (open != run.open.end()) {
      for (const auto& [ply, move] : open->second) {
        const auto at = static_cast<std::size_t>(ply);
        if (at < kept.game.moves.size() && kept.game.moves[at] == move.usi) {
          game.thoughts.emplace(ply, move);
        }
      }
      run.open.erase(open);
    }
    run.games.push_back(std::move(game));
  }
  void add(const KeptEvaluation& kept) {
    PlainRun& run = runs_[kept.run_id];
    const auto key = fmt::format("e {} {}", kept.evaluation.update, kept.evaluation.emitted_at);
    if (run.seen.insert(key).second) run.evaluations.push_back(kept);
  }
  void add(const KeptCheckpoint& kept) { runs_[kept.run_id]; }
  void add(const KeptMilestone& kept) {
    PlainRun& run = runs_[kept.run_id];
    if (run.seen.insert("m " + kept.key).second) run.milestones.push_back(kept);
  }

  std::map<std::string, PlainRun> runs_;
};

template <class T>
T one_of(std::vector<T> values) {
  return *rc::gen::elementOf(std::move(values));
}
protocol::Number any_number() {
  return *rc::gen::arbitrary<bool>() ? protocol::Number(*rc::gen::inRange(-1024, 1024) / 1024.0)
                                     : std::nullopt;
}
std::string any_usi() { return one_of<std::string>({"7g7f", "3c3d", "P*5e", "8h2b+", "odd"}); }

// Of few runs, games and plies, so that they meet.
Entry any_entry() {
  const std::string run_id = one_of<std::string>({"run", "other"});
  const std::string game_id = one_of<std::string>({"run-1", "run-2", "run-3"});
  const int segment = *rc::gen::inRange(1, 4);
  switch (*rc::gen::inRange(0, 10)) {
    case 0: {
      KeptRun kept = run(run_id);
      kept.run.name = one_of<std::string>({"one", "歩\n\"two\""});
      return kept;
    }
    case 1: {
      KeptUpdate kept = update(*rc::gen::inRange(1, 4), segment);
      kept.run_id = run_id;
      kept.metrics.emitted_at = one_of<double>({1763848000.5, 1763849000.25});
      kept.metrics.metrics.clear();
      for (const char* name : {"kl", "loss", "歩"}) {
        if (*rc::gen::arbitrary<bool>()) kept.metrics.metrics[name] = any_number();
      }
      return kept;
    }
    case 2: {
      KeptGame kept =
          game(game_id, *rc::gen::container<Moves>(3, rc::gen::exec([] { return any_usi(); })));
      kept.run_id = run_id;
      kept.segment = segment;
      kept.game.winner =
          *rc::gen::arbitrary<bool>() ? std::optional(protocol::Side::white) : std::nullopt;
      kept.game.reason = one_of<protocol::EndReason>(
          {protocol::EndReason::checkmate, protocol::EndReason::max_plies});
      if (*rc::gen::arbitrary<bool>()) kept.game.start_sfen = "9/9/9/9/9/9/9/9/9 b - 1";
      return kept;
    }
    case 3: {
      KeptEvaluation kept = evaluation(*rc::gen::inRange(1, 4));
      kept.run_id = run_id;
      kept.segment = segment;
      return kept;
    }
    case 4: {
      KeptMilestone kept = milestone(one_of<std::string>({"first_win", "games_100", "歩"}));
      kept.run_id = run_id;
      kept.value = any_number();
      if (*rc::gen::arbitrary<bool>()) kept.game_id.reset();
      if (*rc::gen::arbitrary<bool>()) kept.ply.reset();
      if (*rc::gen::arbitrary<bool>()) kept.side.reset();
      if (*rc::gen::arbitrary<bool>()) kept.game_number.reset();
      return kept;
    }
    case 5: {
      KeptCheckpoint kept = checkpoint();
      kept.run_id = run_id;
      return kept;
    }
    default: {
      KeptMove kept = move(game_id, *rc::gen::inRange(0, 4), any_usi());
      kept.run_id = run_id;
      kept.update = *rc::gen::inRange(0, 1000);
      kept.probability = any_number();
      kept.value = any_number();
      kept.entropy = any_number();
      kept.rank.reset();
      if (*rc::gen::arbitrary<bool>()) kept.rank = *rc::gen::inRange(1, 6);
      return kept;
    }
  }
}

class RecallTest : public StoreTest {};

RC_GTEST_FIXTURE_PROP(RecallTest, GivesWhatWasKept, ()) {
  PlainStore plain;
  const int steps = *rc::gen::inRange(1, 40);
  for (int step = 0; step < steps; ++step) {
    std::vector<Entry> entries(*rc::gen::inRange<std::size_t>(1, 5));
    for (Entry& entry : entries) entry = any_entry();
    for (const Entry& entry : entries) plain.keep(entry);
    store_->keep(std::move(entries), [](bool) {});
    if (*rc::gen::inRange(0, 10) == 0) open();
  }
  RC_ASSERT(recall("run") == plain.lines("run"));
  RC_ASSERT(recall("other") == plain.lines("other"));
}

}  // namespace
}  // namespace keisei::store::testing

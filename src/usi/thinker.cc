#include "usi/thinker.h"

#include <fmt/format.h>

#include <exception>

#include "shogi/declaration.h"
#include "shogi/insight/long_mate.h"
#include "shogi/usi.h"
#include "usi/info_line.h"
#include "usi/position_command.h"

namespace keisei::usi {

using shogi::Game;
using shogi::to_usi;

namespace {

constexpr int kLongestMate = 99;  // plies that `go mate` looks ahead at most

search::SearchOptions search_options(const GoCommand& go, const EngineOptions& options,
                                     const Game& game) {
  constexpr double kPercent = 100;
  search::SearchOptions search;
  search.nodes = static_cast<std::uint64_t>(options.nodes);
  if (go.infinite) search.nodes = 0;
  if (go.nodes) search.nodes = *go.nodes;
  search.tree_bytes = static_cast<std::size_t>(options.hash_mb) << 20;
  search.lines = options.multi_pv;
  if (game.position().ply() < options.temperature_plies) {
    search.temperature = options.temperature_percent / kPercent;
  }
  return search;
}

bool hopeless(const search::Score& score, int resign_percent) {
  if (resign_percent == 0 || (score.mate_in && *score.mate_in > 0)) return false;
  const double chance = (1 + score.value) / 2;
  return 100 * chance < resign_percent;
}

}  // namespace

void Thinker::think(const Game& game, const GoCommand& go, const EngineOptions& options,
                    search::Evaluator* evaluator) {
  finish();
  shared_ = std::make_unique<Shared>();
  times_ = go.times;
  mover_ = game.position().side_to_move();
  margin_ = std::chrono::milliseconds(options.margin_ms);
  if (!go.infinite && !go.ponder) {
    start_clock(go.times);
    shared_->may_answer = true;
  }
  thinking_ = true;
  thread_ = std::thread([this, game, go, options, evaluator, &shared = *shared_] {
    std::string answer;
    try {
      answer =
          go.mate ? mate_answer(game, shared) : best_move(game, go, options, evaluator, shared);
    } catch (const std::exception& error) {
      output_.say(std::string("error: ") + error.what());
      answer = go.mate ? "checkmate timeout" : "bestmove resign";
    }
    shared.wait_until_released();
    thinking_ = false;
    output_.line(answer);
  });
}

void Thinker::start_clock(const search::TimeControl& times) {
  if (const auto time = thinking_time(times, mover_, margin_)) {
    shared_->signal.set_deadline(clock_.steady() + *time);
  }
}

void Thinker::ponder_hit(const search::TimeControl& times) {
  if (!shared_) return;
  const bool said = times.black || times.white || times.byoyomi.count() > 0;
  start_clock(said ? times : times_);
  shared_->release();
}

void Thinker::stop() {
  if (!shared_) return;
  shared_->signal.stop();
  shared_->release();
}

void Thinker::finish() {
  stop();
  if (thread_.joinable()) thread_.join();
}

std::string Thinker::best_move(const Game& asked, const GoCommand& go, const EngineOptions& options,
                               search::Evaluator* evaluator, const Shared& shared) {
  if (asked.legal_moves().empty()) return "bestmove resign";
  if (may_declare(asked.position())) return "bestmove win";
  if (evaluator == nullptr) {
    output_.say("error: no checkpoint is loaded; set the option Checkpoint");
    return "bestmove resign";
  }
  const Game game = playable(asked);
  search::SearchOptions search = search_options(go, options, game);
  // With nothing to choose there is nothing to think about.
  if (game.legal_moves().size() == 1 && !go.infinite) search.nodes = 1;
  search::TreeSearch tree(*evaluator, clock_, random_);
  const auto result = tree.run(game, search, shared.signal, [this](const auto& report) {
    for (const std::string& line : info_lines(report)) output_.line(line);
  });
  const auto& best = result.report.lines.front();
  if (hopeless(best.score, options.resign_percent)) return "bestmove resign";
  std::string answer = "bestmove " + to_usi(result.move);
  if (options.ponder && best.moves.size() > 1 && best.moves.front() == result.move) {
    answer += " ponder " + to_usi(best.moves[1]);
  }
  return answer;
}

std::string Thinker::mate_answer(const Game& game, const Shared& shared) {
  using Verdict = shogi::MateSearch::Verdict;
  const auto begun = clock_.steady();
  const auto mate = find_long_mate(game.position(), kLongestMate, [&] {
    return shared.signal.stopped() || clock_.steady() >= shared.signal.deadline();
  });
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - begun);
  if (mate.verdict == Verdict::no_mate) return "checkmate nomate";
  if (mate.verdict == Verdict::gave_up) {
    output_.say(fmt::format("no mate in {} plies; longer ones are undecided", mate.plies_searched));
    return "checkmate timeout";
  }
  std::string line;
  for (const auto move : mate.line) line += " " + to_usi(move);
  output_.line(fmt::format("info depth {0} time {1} nodes {2} score mate {0} pv{3}",
                           mate.line.size(), ms.count(), mate.nodes, line));
  return "checkmate" + line;
}

}  // namespace keisei::usi

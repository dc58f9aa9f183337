#include "shogi/perft.h"

#include <stdexcept>

#include "harness/measure.h"

namespace {

using keisei::harness::at_least;
using keisei::harness::Measurement;
using keisei::shogi::Position;
namespace harness = keisei::harness;

constexpr std::string_view kTactical =
    "l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1";

/// As perft(), with the last move lists written out: what engines without a counting generator do.
std::uint64_t listed(Position& position, int depth) {
  keisei::shogi::MoveList moves;
  position.legal_moves(moves);
  if (depth == 1) return moves.size();
  std::uint64_t leaves = 0;
  for (const auto move : moves) {
    const auto undo = position.do_move(move);
    leaves += listed(position, depth - 1);
    position.undo_move(move, undo);
  }
  return leaves;
}

using Counter = std::uint64_t (*)(Position&, int);

/// Million leaves per second of processor time, over `times` counts.
double rate(Position position, Counter count, int depth, int times, std::uint64_t expected) {
  const double begin = harness::thread_seconds();
  for (int i = 0; i < times; ++i) {
    if (count(position, depth) != expected) throw std::logic_error("perft counts wrongly");
  }
  return static_cast<double>(expected) * times / (harness::thread_seconds() - begin) / 1e6;
}

std::vector<Measurement> measurements() {
  const Position start = Position::startpos();
  const Position tactical = Position::from_sfen(kTactical).value();
  const auto from_start = [=](Counter count) { return rate(start, count, 5, 1, 19'861'490); };
  const auto from_tactical = [=](Counter count) { return rate(tactical, count, 3, 15, 4'809'015); };
  return {
      {"bulk_mnodes_per_s", at_least(150.0), [=] { return from_start(keisei::shogi::perft); }},
      {"listed_mnodes_per_s", std::nullopt, [=] { return from_start(listed); }},
      {"nonbulk_mnodes_per_s", at_least(25.0),
       [=] { return from_start(keisei::shogi::perft_to_leaves); }},
      {"tactical_bulk_mnodes_per_s", at_least(450.0),
       [=] { return from_tactical(keisei::shogi::perft); }},
      {"tactical_listed_mnodes_per_s", std::nullopt, [=] { return from_tactical(listed); }},
  };
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(argc, argv, "shogi.perft",
                                "Counts the tree of legal moves on one thread.", measurements);
}

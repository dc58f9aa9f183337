// keisei-perft: counts the leaves of the tree of legal moves, to compare rules with other engines.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "shogi/perft.h"
#include "shogi/usi.h"

namespace {

using keisei::shogi::Move;
using keisei::shogi::Position;

struct Branch {
  Move move;
  std::uint64_t leaves = 0;
};

keisei::Result<Position> position_after(const std::string& sfen,
                                        const std::vector<std::string>& moves) {
  auto position =
      sfen.empty() ? keisei::Result<Position>(Position::startpos()) : Position::from_sfen(sfen);
  for (std::size_t i = 0; position && i < moves.size(); ++i) {
    const auto move = keisei::shogi::parse_usi(moves[i], *position);
    if (!move) return keisei::fail(fmt::format("move {}: {}", i + 1, move.error().message));
    position->do_move(*move);
  }
  return position;
}

/// Counts below every root move; threads take one move after the other.
std::vector<Branch> count(const Position& root, int depth, unsigned threads) {
  std::vector<Branch> branches;
  for (const Move move : root.legal_moves()) branches.push_back({move});
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < branches.size(); i = next++) {
      Position position = root;
      position.do_move(branches[i].move);
      branches[i].leaves = keisei::shogi::perft(position, depth - 1);
    }
  };
  std::vector<std::jthread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  others.clear();
  return branches;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Counts the leaves of the tree of legal shogi moves."};
  std::string sfen;
  std::vector<std::string> moves;
  bool divide = false;
  unsigned threads = 1;
  int depth = 0;
  app.add_option("--sfen", sfen, "The position; the start of an even game unless given");
  app.add_option("--moves", moves, "USI moves to play first")->delimiter(' ');
  app.add_flag("--divide", divide, "Also print the count below each root move");
  app.add_option("--threads", threads, "Threads to count with")->check(CLI::Range(1U, 256U));
  app.add_option("depth", depth, "Plies")->required()->check(CLI::Range(1, 20));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }

  const auto root = position_after(sfen, moves);
  if (!root) {
    fmt::print(stderr, "keisei-perft: {}\n", root.error().message);
    return 2;
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto branches = count(*root, depth, threads);
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;

  std::uint64_t leaves = 0;
  for (const Branch& branch : branches) {
    if (divide) fmt::print("{}: {}\n", keisei::shogi::to_usi(branch.move), branch.leaves);
    leaves += branch.leaves;
  }
  fmt::print("{} leaves at depth {} in {:.3f} s, {:.1f} M/s\n", leaves, depth, elapsed.count(),
             static_cast<double>(leaves) / elapsed.count() / 1e6);
  return 0;
}

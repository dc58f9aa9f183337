#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "benches.h"
#include "shogi/perft.h"

namespace {

using keisei::shogi::Position;

/// The tests count up to here.
constexpr std::uint64_t kMostTestedNodes = 20'000'000;

struct Known {
  std::string sfen;
  int depth = 0;
  std::uint64_t nodes = 0;
};

std::vector<Known> deep_lines() {
  std::ifstream table(KEISEI_PERFT_TABLE);
  std::vector<Known> lines;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#') || line.starts_with("sfen,")) continue;
    Known known;
    char comma = 0;
    std::istringstream cells(line);
    std::getline(cells, known.sfen, ',');
    cells >> known.depth >> comma >> known.nodes;
    if (known.nodes > kMostTestedNodes) lines.push_back(known);
  }
  if (lines.empty()) throw std::runtime_error("no deep lines in " KEISEI_PERFT_TABLE);
  return lines;
}

}  // namespace

bool count_deep(bool json) {
  const auto lines = deep_lines();
  std::uint64_t nodes = 0;
  std::size_t equal = 0;
  const double begin = thread_seconds();
  for (const Known& known : lines) {
    Position root = Position::from_sfen(known.sfen).value();
    const auto counted = keisei::shogi::perft(root, known.depth);
    nodes += counted;
    if (counted == known.nodes) ++equal;
    if (!json || counted != known.nodes) {
      fmt::print(json ? stderr : stdout, "  {} depth {}: {} {}\n", known.sfen, known.depth, counted,
                 counted == known.nodes ? "equal" : fmt::format("UNEQUAL, known: {}", known.nodes));
    }
  }
  const double rate = static_cast<double>(nodes) / (thread_seconds() - begin) / 1e6;
  if (json) {
    fmt::print(
        "{{\"bench\":\"shogi.perft_deep\",\"lines\":{},\"equal_lines\":{},\"nodes\":{},"
        "\"mnodes_per_s\":{:.6g},{}}}\n",
        lines.size(), equal, nodes, rate, machine_json());
  } else {
    fmt::print("shogi.perft_deep: {} of {} lines equal, {} nodes at {:.4g} M/s\n", equal,
               lines.size(), nodes, rate);
  }
  return equal == lines.size();
}

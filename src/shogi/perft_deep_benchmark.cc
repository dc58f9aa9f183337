#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

#include "harness/measure.h"
#include "shogi/perft.h"

namespace {

using keisei::shogi::Position;
namespace harness = keisei::harness;

/// The tests count up to here.
constexpr std::uint64_t kMostTestedNodes = 20'000'000;

struct Known {
  std::string sfen;
  int depth = 0;
  std::uint64_t nodes = 0;
};

std::vector<Known> deep_lines() {
  std::ifstream table(KEISEI_TESTDATA "/perft.csv");
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
  if (lines.empty()) throw std::runtime_error("no deep lines in " KEISEI_TESTDATA "/perft.csv");
  return lines;
}

}  // namespace

// Counts every line of the table of known perft numbers that is too deep for the tests.
int main(int argc, char** argv) {
  const bool json =
      harness::read_request(argc, argv, "Counts what the tests have no time for.").json;
  const auto lines = deep_lines();
  std::uint64_t nodes = 0;
  std::size_t equal = 0;
  const double begin = harness::thread_seconds();
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
  const double rate = static_cast<double>(nodes) / (harness::thread_seconds() - begin) / 1e6;
  harness::Report report("shogi.perft_deep");
  report.figure("lines", static_cast<double>(lines.size()))
      .figure("equal_lines", static_cast<double>(equal),
              harness::at_least(static_cast<double>(lines.size())))
      .figure("nodes", static_cast<double>(nodes))
      .figure("mnodes_per_s", rate);
  report.print(json);
  return equal == lines.size() ? 0 : 1;
}

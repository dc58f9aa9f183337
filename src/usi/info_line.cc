#include "usi/info_line.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "shogi/usi.h"

namespace keisei::usi {

using search::Score;
using search::SearchReport;

namespace {

std::string score_text(const Score& score) {
  return score.mate_in ? fmt::format("mate {}", *score.mate_in)
                       : fmt::format("cp {}", centipawns(score.value));
}

}  // namespace

int centipawns(double value) {
  constexpr double kScale = 600;
  constexpr double kNearlyCertain = 0.9999;
  const double bounded = std::clamp(value, -kNearlyCertain, kNearlyCertain);
  return static_cast<int>(std::lround(kScale * std::log((1 + bounded) / (1 - bounded))));
}

std::vector<std::string> info_lines(const SearchReport& report) {
  using std::chrono::duration_cast;
  const auto ms = duration_cast<std::chrono::milliseconds>(report.time).count();
  const double seconds = std::chrono::duration<double>(report.time).count();
  const auto per_second =
      seconds > 0 ? std::llround(static_cast<double>(report.nodes) / seconds) : 0LL;
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < report.lines.size(); ++i) {
    const auto& line = report.lines[i];
    std::string text = fmt::format(
        "info depth {} seldepth {} time {} nodes {} nps {} hashfull {}", line.moves.size(),
        std::max<std::size_t>(line.moves.size(), static_cast<std::size_t>(report.deepest)), ms,
        report.nodes, per_second, report.permille_used);
    if (report.lines.size() > 1) text += fmt::format(" multipv {}", i + 1);
    text += " score " + score_text(line.score) + " pv";
    for (const auto move : line.moves) text += " " + shogi::to_usi(move);
    lines.push_back(std::move(text));
  }
  return lines;
}

}  // namespace keisei::usi

#include "rl/run/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace keisei::rl {
namespace {

std::string duration(double seconds) {
  const auto whole = static_cast<long long>(std::max(0.0, seconds));
  return whole >= 3600 ? fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60)
                       : fmt::format("{}:{:02}", whole / 60, whole % 60);
}

// "1 234 567"
std::string grouped(std::int64_t number) {
  std::string text = fmt::format("{}", number);
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3) {
    text.insert(static_cast<std::size_t>(at), 1, ' ');
  }
  return text;
}

// "–" for what is unknown, so that no line ever says "nan".
std::string fixed(double value, int digits) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, digits) : "–";
}

// Cuts after so many code points; every character we print is one column wide.
std::string fit(const std::string& line, int columns) {
  int seen = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool starts_one = (static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U;
    if (starts_one && ++seen > columns) return line.substr(0, i);
  }
  return line;
}

// Appends the items, as many on a line as fit.
void append(std::vector<std::string>& lines, const std::vector<std::string>& items, int columns) {
  std::string line;
  for (const std::string& item : items) {
    const std::string longer = line.empty() ? item : line + " · " + item;
    if (fit(longer, columns) == longer) {
      line = longer;
      continue;
    }
    if (!line.empty()) lines.push_back(line);
    line = fit(item, columns);
  }
  lines.push_back(line);
}

}  // namespace

std::vector<std::string> progress_lines(const Progress& progress, int columns) {
  using hook::Metric;
  const hook::MetricsEvent& m = progress.metrics;
  const hook::Figures& of = m.metrics;
  std::vector<std::string> counts{
      "update " + grouped(m.update), grouped(m.global_step) + " plies", grouped(m.games) + " games",
      fixed(of[Metric::samples_per_s], 0) + " plies/s", "running " + duration(progress.elapsed_s)};
  if (progress.remaining_s) counts.push_back("left " + duration(*progress.remaining_s));
  std::vector<std::string> lines;
  append(lines, counts, columns);
  append(
      lines,
      {fmt::format("self-play {} s, learning {} s", fixed(of[Metric::selfplay_s], 1),
                   fixed(of[Metric::update_s], 1)),
       fmt::format("entropy {} of {}", fixed(of[Metric::entropy], 2),
                   fixed(of[Metric::entropy_max], 2)),
       "KL " + fixed(of[Metric::kl_divergence], 4), "clip " + fixed(of[Metric::clip_fraction], 2),
       "explained " + fixed(of[Metric::explained_variance], 2),
       "lr " + (std::isfinite(of[Metric::learning_rate])
                    ? fmt::format("{:.1e}", of[Metric::learning_rate])
                    : "–")},
      columns);
  if (!progress.last_game.empty()) append(lines, {progress.last_game}, columns);
  return lines;
}

std::string game_summary(const hook::GameFinishedEvent& game) {
  const char* const result = !game.winner                        ? "drawn"
                             : *game.winner == hook::Side::black ? "Black won"
                                                                 : "White won";
  std::string reason(to_string(game.reason));
  std::replace(reason.begin(), reason.end(), '_', ' ');
  return fmt::format("game {}: {} by {} after {} plies", game.game_number, result, reason,
                     game.moves.size());
}

std::optional<double> time_to(double target, double done, double per_second) {
  if (!(per_second > 0)) return std::nullopt;
  return std::max(0.0, target - done) / per_second;
}

}  // namespace keisei::rl

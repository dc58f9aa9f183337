#include "rl/progress.h"

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

}  // namespace

std::vector<std::string> progress_lines(const Progress& progress, int columns) {
  const hook::MetricsEvent& m = progress.metrics;
  std::vector<std::string> lines;
  lines.push_back(fmt::format(
      "update {} · {} plies · {} games · {} plies/s · running {}{}", grouped(m.update),
      grouped(m.global_step), grouped(m.games), fixed(m.samples_per_s, 0),
      duration(progress.elapsed_s),
      progress.remaining_s ? " · left " + duration(*progress.remaining_s) : std::string()));
  lines.push_back(fmt::format(
      "self-play {} s, learning {} s · entropy {} of {} · KL {} · clip {} · explained {} · lr {}",
      fixed(m.selfplay_s, 1), fixed(m.update_s, 1), fixed(m.entropy, 2), fixed(m.entropy_max, 2),
      fixed(m.kl_divergence_approx, 4), fixed(m.clip_fraction, 2), fixed(m.explained_variance, 2),
      std::isfinite(m.learning_rate) ? fmt::format("{:.1e}", m.learning_rate) : "–"));
  if (!progress.last_game.empty()) lines.push_back(progress.last_game);
  if (!progress.evaluation.empty()) lines.push_back(progress.evaluation);
  for (std::string& line : lines) line = fit(line, columns);
  return lines;
}

std::string game_summary(const hook::GameFinishedEvent& game) {
  const char* const result = game.winner < 0    ? "drawn"
                             : game.winner == 0 ? "Black won"
                                                : "White won";
  std::string reason(game.reason.data());
  std::replace(reason.begin(), reason.end(), '_', ' ');
  return fmt::format("game {}: {} by {} after {} plies", game.game_number, result, reason,
                     game.move_count);
}

std::optional<double> time_to(double target, double done, double per_second) {
  if (!(per_second > 0)) return std::nullopt;
  return std::max(0.0, target - done) / per_second;
}

}  // namespace keisei::rl

#include "rl/evaluation/match_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include "rl/run_log.h"

namespace keisei::rl {

MatchTable::MatchTable(const std::string& directory, std::int64_t latest_update)
    : path_(directory + "/matches.csv") {
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream in(line);
    Match match;
    MatchScore& score = match.score;
    if (in >> match.first >> match.second >> score.wins >> score.draws >> score.losses &&
        std::max(match.first, match.second) <= latest_update) {
      count(match);
    }
  }
}

void MatchTable::count(const Match& match) {
  matches_.push_back(match);
  if (matches_.size() > kMost) matches_.pop_front();
}

Result<void> MatchTable::add(const Match& match) {
  count(match);
  auto log = RunLog::open(path_);
  if (!log) return tl::unexpected(log.error());
  return log->append(fmt::format("{},{},{},{},{}", match.first, match.second, match.score.wins,
                                 match.score.draws, match.score.losses));
}

Rating MatchTable::rate(std::int64_t player) const {
  std::map<std::int64_t, int> players{{kRandomMover, 0}};
  std::vector<Pairing> pairings;
  for (const Match& match : matches_) {
    const auto number = [&](std::int64_t of) {
      return players.emplace(of, static_cast<int>(players.size())).first->second;
    };
    const int first = number(match.first), second = number(match.second);
    pairings.push_back({first, second, match.score.wins, match.score.draws, match.score.losses});
  }
  return rl::rate(static_cast<int>(players.size()),
                  pairings)[static_cast<std::size_t>(players.at(player))];
}

}  // namespace keisei::rl

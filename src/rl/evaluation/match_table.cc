#include "rl/evaluation/match_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <map>
#include <sstream>
#include <string_view>
#include <vector>

#include "rl/run_log.h"

namespace keisei::rl {
namespace {

// "resumed,120": the run went on from update 120.
constexpr std::string_view kResumed = "resumed";

}  // namespace

MatchTable::MatchTable(const std::string& directory, std::int64_t latest_update)
    : path_(directory + "/matches.csv") {
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) read(line);
  if (forget_beyond(latest_update)) to_be_noted_ = latest_update;
  forget_before(latest_update);
  // Only now: the latest may have been of a future that was given up.
  while (matches_.size() > kMost) matches_.pop_front();
}

// The players, wins, draws and losses of the first, and which of their meetings it was. The last is
// missing in files from when all meetings of two had the same seed, and so the same games.
void MatchTable::read(const std::string& line) {
  std::string words = line;
  std::replace(words.begin(), words.end(), ',', ' ');
  std::istringstream in(words);
  if (words.starts_with(kResumed)) {
    std::int64_t update = 0;
    in.ignore(static_cast<std::streamsize>(kResumed.size()));
    if (in >> update) forget_beyond(update);
    return;
  }
  Match match;
  MatchScore& score = match.score;
  if (!(in >> match.first >> match.second >> score.wins >> score.draws >> score.losses)) return;
  int& met = meetings_[{match.first, match.second}];
  int meeting = 0;
  if (!(in >> meeting) && met > 0) {
    std::erase_if(matches_, [&](const Match& earlier) {
      return earlier.first == match.first && earlier.second == match.second;
    });
  }
  matches_.push_back(match);
  ++met;
}

// Whether there was anything to forget.
bool MatchTable::forget_beyond(std::int64_t update) {
  return std::erase_if(matches_, [&](const Match& match) {
           return std::max(match.first, match.second) > update;
         }) > 0;
}

// The meetings of networks that will not be evaluated any more.
void MatchTable::forget_before(std::int64_t update) {
  constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
  meetings_.erase(meetings_.begin(), meetings_.lower_bound({update, kLowest}));
}

int MatchTable::meetings(std::int64_t first, std::int64_t second) const {
  const auto found = meetings_.find({first, second});
  return found == meetings_.end() ? 0 : found->second;
}

Result<void> MatchTable::add(const Match& match) {
  matches_.push_back(match);
  if (matches_.size() > kMost) matches_.pop_front();
  forget_before(match.first);
  const int meeting = ++meetings_[{match.first, match.second}];
  auto log = RunLog::open(path_);
  if (!log) return tl::unexpected(log.error());
  const std::string note =
      to_be_noted_ ? fmt::format("{},{}\n", kResumed, *to_be_noted_) : std::string();
  auto written = log->append(note + fmt::format("{},{},{},{},{},{}", match.first, match.second,
                                                match.score.wins, match.score.draws,
                                                match.score.losses, meeting));
  if (written) to_be_noted_.reset();
  return written;
}

int MatchTable::matches_against(Anchor anchor) const {
  return static_cast<int>(std::count_if(matches_.begin(), matches_.end(), [&](const Match& match) {
    return match.second == player_of(anchor);
  }));
}

Ratings MatchTable::rate(std::int64_t player, std::span<const Pairing> among_anchors) const {
  std::map<std::int64_t, int> players;
  const auto number = [&](std::int64_t of) {
    return players.emplace(of, static_cast<int>(players.size())).first->second;
  };
  for (const Anchor anchor : kAnchors) number(player_of(anchor));  // 0, 1, 2
  std::vector<Pairing> pairings(among_anchors.begin(), among_anchors.end());
  for (const Match& match : matches_) {
    const int first = number(match.first), second = number(match.second);
    pairings.push_back({first, second, match.score.wins, match.score.draws, match.score.losses});
  }
  const std::vector<Rating> all = rl::rate(static_cast<int>(players.size()), pairings);
  Ratings ratings{all[static_cast<std::size_t>(players.at(player))], {}};
  std::copy_n(all.begin(), kAnchorCount, ratings.anchors.begin());
  return ratings;
}

}  // namespace keisei::rl

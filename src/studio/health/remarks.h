#pragma once

#include <string>
#include <vector>

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/health/recent_games.h"
#include "studio/health/update_history.h"

namespace keisei::studio {

/// What else the newest few updates tell, beside the readings that are judged: none of it is good
/// or bad in itself. Nothing for beginners, who get one idea at a time.
class Remarks {
 public:
  explicit Remarks(const Content& content) : content_(content) {}

  std::vector<std::string> write(const UpdateHistory& history, protocol::Level level,
                                 protocol::Language language) const;
  static Keys keys();

 private:
  std::string learning_rate(const UpdateHistory& history, protocol::Language language) const;
  std::string value_loss(const UpdateHistory& history, protocol::Language language) const;
  std::string game_length(const UpdateHistory& history, const RecentGames& games,
                          protocol::Language language) const;
  std::string draws(const UpdateHistory& history, const RecentGames& games,
                    protocol::Language language) const;
  std::string colours(const RecentGames& games, protocol::Language language) const;

  const Content& content_;
};

}  // namespace keisei::studio

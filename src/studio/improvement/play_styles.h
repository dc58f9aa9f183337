#pragma once

#include <array>
#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "protocol/telemetry.h"
#include "shogi/insight/castles.h"
#include "studio/content/content.h"

namespace keisei::studio {

/// What a game is like. `captures`, `drops`, `checks`, `promotions`: in 100 moves; `castles`: the
/// share of the two sides that stand in a complete one after 60 moves; `first_check`: the move that
/// gives it, or the last one.
BOOST_DEFINE_ENUM_CLASS(Trait, captures, drops, checks, promotions, castles, first_check)
using Traits = std::array<double, kEnumerators<Trait>>;
/// Of a trait, beside the rest of the run.
BOOST_DEFINE_ENUM_CLASS(Leaning, less, more)

/// None of a game that is against the rules, or too short to be like anything.
std::optional<Traits> traits_of(const protocol::GameFinished& game, const shogi::Castles& castles);

/// How the featured games around an update differ from the others of the run.
class PlayStyles {
 public:
  /// The newest so many games are known.
  static constexpr std::size_t kMost = 1024;
  /// Nothing is said of fewer games around an update, nor beside fewer than kLeastOthers others.
  static constexpr std::size_t kLeast = 8;
  static constexpr std::size_t kLeastOthers = 24;
  /// Around an update are the games of networks at most so many updates away, or this share of it;
  /// of more than kAround the nearest.
  static constexpr std::int64_t kNear = 10;
  static constexpr double kNearShare = 0.1;
  static constexpr std::size_t kAround = 16;
  /// A trait stands out when its mean differs from that of the other games by so many standard
  /// errors.
  static constexpr double kErrors = 3;
  static constexpr std::size_t kMostTraits = 2;

  struct Outstanding {
    Trait trait;
    Leaning leaning;
    double here;    // mean of the games around the update
    double others;  // mean of the others
  };
  struct Found {
    int games = 0;                           // around the update
    std::vector<Outstanding> outstanding{};  // what differs most first
  };

  void add(std::int64_t update, const Traits& traits);
  void clear() { games_.clear(); }
  Found around(std::int64_t update) const;

  /// Empty if nothing stands out.
  static std::string words(const Found& found, const Content& content, protocol::Level level,
                           protocol::Language language);
  static Keys keys();

 private:
  struct Game {
    std::int64_t update;
    std::array<float, kEnumerators<Trait>> traits;
  };

  std::deque<Game> games_;  // oldest first
};

}  // namespace keisei::studio

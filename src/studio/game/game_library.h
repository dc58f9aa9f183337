#pragma once

#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/counters.h"
#include "protocol/ingest_replies.h"
#include "studio/forecast/forecaster.h"
#include "studio/game/featured_game.h"
#include "studio/game/suspense.h"

namespace keisei::studio {

/// Why a move comes to nothing.
BOOST_DEFINE_ENUM_CLASS(IgnoredMove,
                        repeated,        // its place in the game was told before
                        of_closed_game)  // which was shown, skipped or forgotten

/// The featured environment's recent games: a bounded number of bounded size, each checked as it
/// comes in.
///
/// Which of the finished ones comes on is a matter of Taste. A game whose network is more than
/// kMostBehind updates older than that of the newest finished one is not offered, unless it holds a
/// first of the run and is no older than kFirstBehind; and none that began before one that has been
/// shown.
class GameLibrary {
 public:
  using Game = std::shared_ptr<const FeaturedGame>;
  static constexpr std::size_t kMostGames = 16;
  static constexpr std::int64_t kMostBehind = 10;
  static constexpr std::int64_t kFirstBehind = 30;
  static constexpr std::size_t kMostBytes = 32UL * 1024 * 1024;
  /// Which game will never be shown, or which move of the policy, and why.
  using OnSkipped = std::function<void(protocol::Unusable what, std::string why)>;

  GameLibrary(Counters& counters, OnSkipped on_skipped);

  void add(const protocol::MovePlayed& played);
  void add(const protocol::GameFinished& finished);
  void add(const protocol::Attention& attention);
  /// Its end was told before, perhaps when it was another game with the same moves.
  void repeat(const protocol::GameFinished& finished);
  /// How many moves the trainer leaves out on purpose, to measure what streaming costs: a game with
  /// such gaps is not shown, and nobody is told, which is why a gap is counted and told only now.
  void hear(const protocol::Heartbeat& heartbeat);
  /// Another run begins: its games are not those of the run before. What is kept of it tells what
  /// its forecasts are worth; null if nothing is.
  void begin(const store::RunMemory* memory);
  /// The same run speaks again, perhaps resumed from a checkpoint: it may count games from there.
  void reconnect() { newest_number_ = 0; }

  /// Something happens in the game that the run had not shown before.
  void mark_first(const std::string& game_id) { firsts_.insert(game_id); }
  bool has_first(const FeaturedGame& game) const { return firsts_.contains(game.id()); }

  /// The finished games that may come on, in the order in which they were first heard of.
  std::vector<Game> finished() const;
  /// The update of the newest of them; 0 without any.
  std::int64_t newest_finished() const;
  /// The newest game that is still being played and has a first move; null if there is none.
  Game newest_unfinished() const;
  /// The game comes on screen: neither it nor any that began before is offered again.
  void show(const FeaturedGame& game);
  /// The game is not offered again.
  void remove(const FeaturedGame& game);

  std::size_t size() const { return games_.size(); }
  /// How many games have been heard of.
  std::size_t begun() const { return begun_; }
  /// About as much memory as the games take.
  std::size_t bytes() const;
  /// What the finished games have taught.
  const SuspenseMeter& suspense() const { return suspense_; }

 private:
  struct Closed {
    std::string id;
    double told_until;
  };
  struct Incomplete {
    GameFault fault;
    std::int64_t left_out_before;
    std::string why;
  };

  void close(const FeaturedGame& game);
  template <class Event>
  void add_to(FeaturedGame* game, const Event& event);
  void forget_if_begun_anew(const protocol::MovePlayed& played);
  FeaturedGame* find(const std::string& id);
  FeaturedGame* find_or_make(const std::string& id);
  bool has_overtaken(const FeaturedGame& game) const;
  void sweep();
  void skip(const FeaturedGame& game, const GameBreak& broke);
  void count_and_tell(GameFault fault, std::string why);
  void count_and_tell(const FeaturedGame& game, const BadChoice& choice);
  void make_room();
  bool is_offered(const FeaturedGame& game) const;
  double worth(const FeaturedGame& game) const;

  std::deque<std::shared_ptr<FeaturedGame>> games_;  // by first mention, oldest first
  std::deque<Closed> closed_;                        // not taken up again as they were
  std::deque<std::weak_ptr<FeaturedGame>> shown_;    // removed, but still growing on screen
  std::set<std::string> firsts_;                     // ids
  SuspenseMeter suspense_;
  Forecaster forecaster_;
  std::size_t begun_ = 0;
  std::int64_t newest_number_ = 0;
  std::int64_t newest_update_ = 0;
  std::int64_t left_out_ = 0;           // by all trainers, as far as they have told
  std::int64_t heard_left_out_ = 0;     // by the last one, as it told last
  std::vector<Incomplete> incomplete_;  // since then
  CounterFamily<GameFault> skipped_;
  CounterFamily<ChoiceFault> skipped_choices_;
  CounterFamily<IgnoredMove> ignored_;
  Counter* numbers_back_;
  OnSkipped on_skipped_;
};

}  // namespace keisei::studio

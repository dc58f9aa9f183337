#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

#include "base/clock.h"
#include "studio/game/scene.h"

namespace keisei::studio {

struct DirectorOptions {
  std::chrono::milliseconds per_move{3000};  // where something is at stake (pace.h)
};

/// Chooses the featured environment's games and plays them at a viewer's pace.
///
/// - A finished game is preferred, by Taste; as long as there is none, the newest unfinished game
///   is shown as far as it has come. No game comes on after one that began later: time never runs
///   backwards.
/// - A finished game is shown from its first move if its show is then no longer than kLongestShow,
///   else joined so that its end is seen.
/// - An unfinished game on screen gives way to a finished one after kShortestShow, or is continued
///   (joined again, nearer to its end) if it has itself been finished meanwhile.
/// - After the result comes a look back at what turned the game most, then the next game.
/// - While there is nothing newer to show, earlier moments of the same game are looked back at, so
///   that no picture stands still for longer than kLongestStill.
/// - A game that turns out broken is left as soon as there is another; one whose rest will not
/// come, when there is
///   nothing more of it to show.
/// - When another run begins, nothing is on screen until its first move.
/// - What the operator holds stands still until the operator says otherwise.
/// Only moves that the trainer played and that are legal are ever shown. Times are in moves at the
/// full pace.
class Director {
 public:
  static constexpr int kLongestShow = 20;
  static constexpr int kShortestShow = 8;
  static constexpr int kResult = 2;        // time to read it
  static constexpr int kLongestStill = 5;  // waiting for the trainer
  static constexpr std::size_t kMoments = 4;

  Director(const DirectorOptions& options, Counters& counters, GameLibrary::OnSkipped on_skipped)
      : options_(options), per_move_(options.per_move), library_(counters, std::move(on_skipped)) {}

  GameLibrary& library() { return library_; }
  /// Another run begins, of which this is kept; null if nothing is.
  void start_run(const store::RunMemory* memory = nullptr);
  /// Moves on if it is time and there is something to show. Returns whether the scene changed.
  bool advance(SteadyTime now);
  /// When advance() has something to do without a further event.
  SteadyTime due() const;

  /// Null before the run's first game.
  const Scene* scene() const { return scene_ ? &*scene_ : nullptr; }
  /// When another scene comes; none if that is not known, or is up to the trainer or the operator.
  std::optional<SteadyTime> next_at() const;
  std::chrono::milliseconds per_move() const { return per_move_; }
  /// What is on deserves a longer look.
  void linger() { next_ = std::max(next_, since_ + pace().slow()); }

  // The operator's words.

  void set_pace(std::chrono::milliseconds per_move, SteadyTime now);
  void hold(SteadyTime now);
  bool is_held() const { return is_held_; }
  void go_on(SteadyTime now);
  /// One scene on, over the end of a game too, and holds it. False, and as before, if there is
  /// nothing further to show yet.
  bool step(SteadyTime now);
  /// Another game. False if there is none.
  bool skip(SteadyTime now) { return next_game(now); }
  /// Goes on at the pace of the beginning, with the newest game, be it finished or not. Returns
  /// whether the scene changed.
  bool follow_live(SteadyTime now);

 private:
  Pace pace() const { return {per_move_, library_.suspense()}; }
  std::chrono::milliseconds moves(int count) const { return per_move_ * count; }
  // Where the game is: what is on screen, or where that went when it looked back.
  Scene& place() { return place_ ? *place_ : *scene_; }
  const Scene& place() const { return place_ ? *place_ : *scene_; }
  bool can_play() const { return place().game->can_show(place().ply + 1); }

  bool move_on(SteadyTime now);
  bool go_further(SteadyTime now);
  bool step_on(SteadyTime now);
  bool next_game(SteadyTime now);
  bool has_moved_on() const;
  void show(Pick pick, SteadyTime now);
  bool cut(SteadyTime now);
  void play(SteadyTime now);
  bool look_back(SteadyTime now);
  void stay(std::chrono::milliseconds time, SteadyTime now);
  std::chrono::milliseconds hold_of(const Scene& scene) const;

  DirectorOptions options_;
  std::chrono::milliseconds per_move_;
  GameLibrary library_;
  std::optional<Scene> scene_;
  std::optional<Scene> place_;    // while scene_ looks back
  std::deque<int> moments_;       // to look back at
  bool has_looked_back_ = false;  // at the game that has ended
  SteadyTime next_ = SteadyTime::min();
  SteadyTime since_ = SteadyTime::min();  // the scene is on
  SteadyTime begun_ = SteadyTime::min();  // the game is
  bool waiting_ = false;  // it is time, but the trainer has not told what comes next
  bool is_held_ = false;
  SteadyTime held_since_ = SteadyTime::min();
  bool shown_unfinished_ = false;  // it was not finished when it came on screen
  std::size_t begun_before_ = 0;   // games, when it came on screen
};

}  // namespace keisei::studio

#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "shogi/position.h"
#include "studio/game/game_library.h"

namespace keisei::studio {

struct DirectorOptions {
  std::chrono::milliseconds per_move{3000};
  std::chrono::milliseconds result_pause{6000};  // time to read the result
  int longest_show = 80;     // moves of one game: four minutes at the default pace
  int shown_before_cut = 8;  // moves of an unfinished game before a finished one may replace it
};

/// What is on screen: one position of one game, and how it came about.
struct Scene {
  GameLibrary::Game game;
  int ply = 0;
  shogi::Position position = shogi::Position::startpos();
  std::optional<shogi::Position> before;  // the last move; none in a game's first scene
  std::optional<shogi::Move> move;
  std::optional<shogi::Square> last_to;  // where the move before that went
  bool joined = false;                   // the game is shown from its middle; first scene only
  bool over = false;                     // the position is the game's last

  /// The PPO update after which the network played the last move; in a first scene, the next one.
  std::int64_t update() const { return game->decision(move ? ply - 1 : ply)->update; }
};

/// Chooses the featured environment's games and plays them at a viewer's pace.
///
/// - A finished game is preferred, by GameLibrary's rules; as long as there is none, the newest
///   unfinished game is shown as far as it has come. No game comes on after one that began
///   later: time never runs backwards.
/// - A finished game with more moves left than `longest_show` is joined so that its last
///   `longest_show` moves are seen: random games take hundreds.
/// - An unfinished game on screen gives way to a finished one after `shown_before_cut` moves, or is
///   continued (by the same rule, near its end) if it has itself been finished meanwhile.
/// - The result stays for `result_pause`, and then until there is a next game.
/// - A game that turns out broken is left at once; one whose rest will not come, when there is
///   nothing more of it to show.
/// - When another run begins, nothing is on screen until its first move.
/// Only moves that the trainer played and that are legal are ever shown.
class Director {
 public:
  Director(const DirectorOptions& options, Counters& counters, GameLibrary::OnSkipped on_skipped)
      : options_(options), library_(counters, std::move(on_skipped)) {}

  GameLibrary& library() { return library_; }
  /// Another run begins.
  void start_run();
  /// Moves on if it is time and there is something to show. Returns whether the scene changed.
  bool advance(SteadyTime now);
  /// When advance() has something to do without a further event.
  SteadyTime due() const;

  /// Null before the run's first game.
  const Scene* scene() const { return scene_ ? &*scene_ : nullptr; }
  std::chrono::milliseconds per_move() const { return options_.per_move; }

 private:
  bool move_on(SteadyTime now);
  bool next_game(SteadyTime now);
  bool has_moved_on() const;
  void show(GameLibrary::Game game, SteadyTime now);
  bool cut(SteadyTime now);
  void step(SteadyTime now);

  DirectorOptions options_;
  GameLibrary library_;
  std::optional<Scene> scene_;
  SteadyTime next_ = SteadyTime::min();
  bool waiting_ = false;           // it is time, but the trainer has not told what comes next
  int moves_shown_ = 0;            // of the game on screen
  bool shown_unfinished_ = false;  // it was not finished when it came on screen
  std::size_t begun_before_ = 0;   // games, when it came on screen
};

}  // namespace keisei::studio

#pragma once

#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/telemetry.h"
#include "shogi/insight/material.h"
#include "shogi/position.h"
#include "studio/forecast/forecast_basis.h"

namespace keisei::studio {

struct PolicyChoice {
  shogi::Move move;
  float probability;
};

/// What may come next in a position, as far as the policy's first choices tell. Nothing of it says
/// which of them was played.
struct Outlook {
  bool is_told = false;  // the trainer tells what the policy considered
  bool in_check = false;
  float captures = 0;  // the policy's share of moves that take more than a pawn
  float checks = 0;    // that give check
  float mates = 0;     // that are checkmate

  bool mate_is_likely() const { return mates >= 0.05F; }
};

/// What the network thought in one position, and what it then played.
struct Decision {
  shogi::Move move;
  std::int64_t update;  // the network that decided: after this PPO update
  protocol::Number probability;
  protocol::Number value;  // for the side to move, -1..1
  int legal_moves;         // by the rules if its trainer does not tell
  protocol::Number entropy;
  std::vector<PolicyChoice> top;                   // most probable first; legal moves only
  std::optional<protocol::BoardMap> destinations;  // none if its trainer does not tell
  double played_at = 0;                            // by the trainer's clock
  Outlook outlook{};
  shogi::PieceType captured = shogi::PieceType::none;  // what the move did
  bool promotes = false;
  bool checks = false;

  /// More than a pawn: those are exchanged all the time.
  bool takes_a_piece() const { return shogi::worth_more_than_pawn(captured); }
};

struct Finish {
  std::optional<shogi::Color> winner;
  protocol::EndReason reason;
};

/// Why a game cannot be shown.
BOOST_DEFINE_ENUM_CLASS(GameFault,
                        illegal_move,   // by the rules of shogi
                        gap,            // a move is missing
                        contradiction,  // two messages tell different games
                        too_long,       // longer than any real game
                        overtaken,      // later games came, its end did not
                        left_out)       // moves are missing that its trainer left out on purpose

/// The first thing that was wrong with a game.
struct GameBreak {
  GameFault fault;
  int ply;  // moves played before
  std::string why;
};

/// Why a move that the policy is said to have considered is not shown.
BOOST_DEFINE_ENUM_CLASS(ChoiceFault,
                        unreadable,    // its text is no move
                        illegal_move)  // by the rules of shogi

struct BadChoice {
  ChoiceFault fault;
  int ply;  // moves played before
  std::string why;
};

/// One game of the featured environment as far as the trainer has told it. Every move in it has
/// been checked against the rules; a game with an illegal move, a gap or a contradiction is broken
/// and takes nothing more.
class FeaturedGame {
 public:
  /// `left_out_before`: how many moves the trainer had left out on purpose when the game began.
  explicit FeaturedGame(std::string id, std::int64_t left_out_before = 0,
                        const ForecastBasis& basis = {})
      : id_(std::move(id)), left_out_before_(left_out_before), basis_(basis) {}

  void add(const protocol::MovePlayed& played);
  void add(const protocol::GameFinished& finished);
  void add(const protocol::Attention& attention);

  const std::string& id() const { return id_; }
  std::int64_t left_out_before() const { return left_out_before_; }
  std::int64_t number() const { return number_; }
  /// Of the latest move known; earlier ones may have been decided by an older network.
  std::int64_t update() const { return update_; }
  bool broken() const { return break_.has_value(); }
  const std::optional<GameBreak>& what_broke() const { return break_; }
  /// Of the latest move, which goes without them. Gives each once.
  std::vector<BadChoice> take_bad_choices() { return std::exchange(bad_choices_, {}); }
  /// Whether the move changes nothing: it was told before, or comes before what is known of the
  /// game, or the game is complete without it.
  bool knows(const protocol::MovePlayed& played) const;

  /// The first position known: 0, or later if the studio came into the middle of the game.
  int first_ply() const { return first_ply_; }
  /// How many moves have been played up to the last one known.
  int last_ply() const { return first_ply_ + static_cast<int>(decisions_.size()); }
  /// Finished in training, and every move since first_ply() known.
  bool complete() const { return finish_ && last_ply() == total_plies_ && !decisions_.empty(); }
  std::optional<int> total_plies() const {
    return finish_ ? std::optional<int>(total_plies_) : std::nullopt;
  }
  const std::optional<Finish>& finish() const { return finish_; }
  /// When the newest of what is known of it was told, by the trainer's clock.
  double told_until() const { return told_until_; }
  /// Whether neither a move nor its end is known.
  bool is_rumour() const { return decisions_.empty() && !finish_; }
  /// About as much memory as it takes.
  std::size_t bytes() const { return bytes_; }

  /// The position at first_ply(). Precondition: a move is known.
  const shogi::Position& start() const { return *start_; }
  /// Whether the position after this many moves can be shown with what belongs to it: the network's
  /// view of it, or the end of the game.
  bool can_show(int ply) const;
  /// Null at the end of the game. Precondition: can_show(ply).
  const Decision* decision(int ply) const;
  const protocol::Attention* attention(int ply) const;
  /// What the network believes: its own forecast for Black, 0..1. The mean of what it said of this
  /// position and of the one before, as it favours whoever is to move; at the start of the game
  /// there is none before. Null where it said nothing of one of them. After the last move the
  /// result. For choosing and pacing; viewers are told told_forecast().
  protocol::Number black_forecast(int ply) const;
  /// How far that moves with the move that follows this position; after the last of them to the
  /// result. Null where it is unknown before or after, or not the same mean of two.
  /// Precondition: can_show(ply) and can_show(ply + 1).
  protocol::Number change_after(int ply) const;

  /// Of which its forecast is told, from its first move to its last.
  const ForecastBasis& basis() const { return basis_; }
  /// Black's expected score by black_forecast(), held against the results of games that had ended
  /// before this one began; in whole ten-thousandths, as messages carry it, so that all that is
  /// made of it is made of the same number. After the last move the result.
  protocol::Number told_forecast(int ply) const;
  /// As change_after().
  protocol::Number told_change_after(int ply) const;
  /// Black's, of which that is the mean; none where it is unknown, nor after the last move.
  std::optional<ResultChances> chances(int ply) const;

 private:
  protocol::Number said_for_black(int ply) const;
  void break_off(GameFault fault, int ply, std::string why);
  bool agrees_with_finish(int ply, const std::string& usi) const;
  void hear_again(const protocol::MovePlayed& played);
  // Precondition: it is.
  std::string known_move(int ply) const;
  void decide(const protocol::MovePlayed& played, shogi::Move move);
  void consider(const protocol::PolicyMove& choice, Decision& decision);

  std::string id_;
  std::int64_t left_out_before_;
  ForecastBasis basis_;
  std::int64_t number_ = 0;
  std::int64_t update_ = 0;
  double told_until_ = 0;
  std::optional<GameBreak> break_;
  std::vector<BadChoice> bad_choices_;  // not taken yet
  int first_ply_ = 0;
  std::optional<shogi::Position> start_;
  std::optional<shogi::Position> tip_;
  std::vector<Decision> decisions_;
  std::map<int, protocol::Attention> attention_;
  std::optional<Finish> finish_;
  std::vector<std::string> finished_moves_;
  int total_plies_ = 0;
  std::size_t bytes_ = sizeof(FeaturedGame);
};

}  // namespace keisei::studio

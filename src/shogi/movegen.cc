#include <array>

#include "shogi/attacks.h"
#include "shogi/move_sinks.h"
#include "shogi/position.h"
#include "shogi/threats.h"

// Legal moves directly, with no test of each move afterwards: pinned pieces keep to the line of
// their pin, in check everything but the king aims at the checker or the squares before it, the
// king keeps off what the pieces around it attack, and only the one pawn drop that gives check is
// tested for mate.
namespace keisei::shogi {
namespace {

/// One generation of moves for the side `us` into a sink of move_sinks.h.
template <Color us, typename Sink>
class MoveGenerator {
 public:
  MoveGenerator(const Position& position, Sink& sink)
      : position_(position),
        enemy_(position, kThem),
        own_(position.pieces(us)),
        occupied_(position.occupied()),
        sink_(sink) {}

  void run() {
    Bitboard targets = ~own_;
    Bitboard drop_targets = ~occupied_;
    Bitboard free = own_;
    if (position_.has_king(us)) {
      const Square king = position_.king_square(us);
      free ^= Bitboard(king);
      const auto around = enemy_.around_king(king, occupied_);
      Bitboard checkers = around.checkers;
      std::array<Pin, 8> pins;
      std::size_t pin_count = 0;
      enemy_.aligned(king).for_each([&](Square from) {
        const Bitboard blockers = between(king, from) & occupied_;
        if (blockers.empty()) {
          checkers |= Bitboard(from);
        } else if (!blockers.has_many() && !(blockers & own_).empty()) {
          pins[pin_count++] = {blockers.first(), from};
          free ^= blockers;
        }
      });
      sink_.add(Move::board(king, Square()), king_steps(king) - own_ - around.attacked);
      if (!checkers.empty()) {
        if (checkers.has_many()) return;
        drop_targets = between(king, checkers.first());
        targets = checkers | drop_targets;
      } else {
        // In check, a pinned piece cannot help: its line meets the checker's only at the king.
        for (std::size_t i = 0; i < pin_count; ++i) {
          board_moves(Bitboard(pins[i].pinned), between(king, pins[i].by) | Bitboard(pins[i].by));
        }
      }
    }
    board_moves(free, targets);
    drops(drop_targets);
  }

 private:
  static constexpr Color kThem = ~us;
  static constexpr Bitboard kZone = Bitboard::far_ranks(us, 3);
  static constexpr Bitboard kLastRank = Bitboard::far_ranks(us, 1);
  static constexpr Bitboard kLastTwoRanks = Bitboard::far_ranks(us, 2);

  /// Where a piece from each square may promote.
  static constexpr auto kMayPromote = [] {
    std::array<Bitboard, Square::kCount> targets{};
    for (int s = 0; s < Square::kCount; ++s) {
      targets[static_cast<std::size_t>(s)] = kZone.contains(Square(s)) ? Bitboard::all() : kZone;
    }
    return targets;
  }();

  /// Where a piece could never move again.
  static constexpr Bitboard dead_ends(PieceType type) {
    if (type == PieceType::knight) return kLastTwoRanks;
    return type == PieceType::pawn || type == PieceType::lance ? kLastRank : Bitboard();
  }

  struct Pin {
    Square pinned;
    Square by;
  };

  /// The king's excepted.
  void board_moves(Bitboard movers, Bitboard targets) {
    const auto of = [&](PieceType type) { return movers & position_.pieces(type); };
    pawn_moves(of(PieceType::pawn), targets);
    moves_of<PieceType::knight>(of(PieceType::knight), targets);
    moves_of<PieceType::silver>(of(PieceType::silver), targets);
    moves_of<PieceType::gold>(movers & position_.golds(), targets);
    moves_of<PieceType::lance>(of(PieceType::lance), targets);
    moves_of<PieceType::bishop>(of(PieceType::bishop), targets);
    moves_of<PieceType::horse>(of(PieceType::horse), targets);
    moves_of<PieceType::rook>(of(PieceType::rook), targets);
    moves_of<PieceType::dragon>(of(PieceType::dragon), targets);
  }

  template <PieceType type>
  void moves_of(Bitboard movers, Bitboard targets) {
    movers.for_each([&](Square from) {
      const Bitboard reach = attacks(make_piece(us, type), from, occupied_) & targets;
      if constexpr (can_promote(type)) {
        const Bitboard promoting = reach & kMayPromote[from.index()];
        if (!promoting.empty()) sink_.add(Move::board(from, Square(), true), promoting);
      }
      sink_.add(Move::board(from, Square()), reach - dead_ends(type));
    });
  }

  /// All pawns at once: a step is a shift by one.
  void pawn_moves(Bitboard pawns, Bitboard targets) {
    constexpr int kBack = us == Color::black ? 1 : -1;
    const Bitboard reached =
        targets & Bitboard(us == Color::black ? pawns.bits() >> 1 : pawns.bits() << 1);
    const Bitboard promoting = reached & kZone;
    if (!promoting.empty()) sink_.add_steps(promoting, kBack, true);
    sink_.add_steps(reached - kLastRank, kBack, false);
  }

  void drops(Bitboard targets) {
    if (targets.empty() || position_.hand_is_empty(us)) return;
    if (position_.hand_count(us, PieceType::pawn) > 0) pawn_drops(targets);

    // The drops on one square are one vector, of which those that apply come first: lances and
    // knights are last, so that their forbidden ranks only shorten it. (Technique: nshogi.)
    DropKinds kinds{};
    std::size_t count = 0;
    const auto add = [&](PieceType type) {
      if (position_.hand_count(us, type) > 0) kinds[count++] = Move::drop(type, Square()).bits();
    };
    add(PieceType::silver);
    add(PieceType::gold);
    add(PieceType::bishop);
    add(PieceType::rook);
    const std::size_t on_last_rank = count;
    add(PieceType::lance);
    const std::size_t on_second_rank = count;
    add(PieceType::knight);
    if (count == 0) return;

    if (on_last_rank > 0) sink_.add_drops(kinds, on_last_rank, targets & kLastRank);
    if (on_second_rank > 0) {
      sink_.add_drops(kinds, on_second_rank, (targets & kLastTwoRanks) - kLastRank);
    }
    sink_.add_drops(kinds, count, targets - kLastTwoRanks);
  }

  void pawn_drops(Bitboard targets) {
    // Nifu by carries: in each file, eight ones added to the first eight bits carry into the ninth
    // if there is a pawn; where the ninth stays clear, the whole file is open.
    constexpr Bits128 kNinth = Bitboard::rank(8).bits();
    constexpr Bits128 kOthers = (~Bitboard::rank(8)).bits();
    const Bits128 pawns = (own_ & position_.pieces(PieceType::pawn)).bits();
    const Bits128 pawnless = ~(((pawns & kOthers) + kOthers) | pawns) & kNinth;
    const Bitboard open_files(pawnless | (pawnless - (pawnless >> 8)));

    Bitboard squares = (targets & open_files) - kLastRank;
    if (position_.has_king(kThem)) {
      const Bitboard checking =
          steps(kThem, PieceType::pawn, position_.king_square(kThem)) & squares;
      if (!checking.empty() && pawn_drop_mates(checking.first())) squares ^= checking;
    }
    sink_.add(Move::drop(PieceType::pawn, Square()), squares);
  }

  /// Whether a pawn dropped on the square before the enemy's king would be mate.
  bool pawn_drop_mates(Square drop) const {
    const Threats ours(position_, us);
    const Square king = position_.king_square(kThem);
    const Bitboard after = occupied_ | Bitboard(drop);

    // The king takes the pawn or steps aside.
    const Bitboard escapes = king_steps(king) - position_.pieces(kThem);
    if (!(escapes - ours.around_king(king, after).attacked).empty()) return false;

    // Another piece takes the pawn, without opening a line to its king.
    Bitboard takers = position_.attackers(kThem, drop) - Bitboard(king);
    while (!takers.empty()) {
      const Bitboard taker(takers.first());
      if (!ours.slide_to(king, after ^ taker)) return false;
      takers ^= taker;
    }
    return true;
  }

  const Position& position_;
  const Threats enemy_;
  const Bitboard own_;
  const Bitboard occupied_;
  Sink& sink_;
};

template <typename Sink>
void generate(const Position& position, Sink& sink) {
  if (position.side_to_move() == Color::black) {
    MoveGenerator<Color::black, Sink>(position, sink).run();
  } else {
    MoveGenerator<Color::white, Sink>(position, sink).run();
  }
}

}  // namespace

void Position::legal_moves(MoveList& moves) const {
  MoveWriter writer(moves.storage());
  generate(*this, writer);
  moves.set_end(writer.end());
}

std::size_t Position::count_legal_moves() const {
  MoveCounter counter;
  generate(*this, counter);
  return counter.count();
}

}  // namespace keisei::shogi

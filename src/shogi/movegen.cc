#include <array>
#include <cstring>

#include "shogi/attacks.h"
#include "shogi/position.h"

// Legal moves directly, with no test of each move afterwards: pinned pieces keep to the line of
// their pin, in check everything but the king aims at the checker or the squares before it, and
// only the one pawn drop that gives check is tested for mate.
namespace keisei::shogi {
namespace {

/// Squares attacked by the sliding pieces of one color, and by everything.
class Attackers {
 public:
  Attackers(const Position& position, Color color)
      : position_(position),
        color_(color),
        all_(position.pieces(color)),
        rooks_(position.rooks() & all_),
        bishops_(position.bishops() & all_),
        lances_(position.pieces(PieceType::lance) & all_) {}

  /// Sliding pieces that would attack the square on an empty board.
  Bitboard aligned(Square square) const {
    const auto s = square.index();
    return (kAttacks.rook_lines[s] & rooks_) | (kAttacks.bishop_lines[s] & bishops_) |
           (kAttacks.lance_lines[index(~color_)][s] & lances_);
  }

  Bitboard steppers(Square square) const {
    const Bitboard near = all_ & kAttacks.step_sources[index(color_)][square.index()];
    if (near.empty()) return near;
    const auto from = [&](PieceType type) { return steps(~color_, type, square); };
    const auto pieces = [&](PieceType type) { return position_.pieces(type); };
    return near & ((from(PieceType::pawn) & pieces(PieceType::pawn)) |
                   (from(PieceType::knight) & pieces(PieceType::knight)) |
                   (from(PieceType::silver) & pieces(PieceType::silver)) |
                   (from(PieceType::gold) & position_.golds()) |
                   (from(PieceType::king) & (pieces(PieceType::king) | pieces(PieceType::horse) |
                                             pieces(PieceType::dragon))));
  }

  bool slide_to(Square square, Bitboard occupied) const {
    Bitboard rest = aligned(square);
    while (!rest.empty()) {
      const Square from = rest.first();
      if ((between(square, from) & occupied).empty()) return true;
      rest = Bitboard(rest.bits() & (rest.bits() - 1));
    }
    return false;
  }

  bool reach(Square square, Bitboard occupied) const {
    return slide_to(square, occupied) || !steppers(square).empty();
  }

 private:
  const Position& position_;
  const Color color_;
  const Bitboard all_;
  const Bitboard rooks_;
  const Bitboard bishops_;
  const Bitboard lances_;
};

}  // namespace

/// One generation of moves for the side `us`.
template <Color us>
class MoveGenerator {
 public:
  MoveGenerator(const Position& position, Move* out)
      : position_(position),
        enemy_(position, kThem),
        own_(position.pieces(us)),
        occupied_(position.occupied()),
        out_(out) {}

  /// Writes the moves; returns the end.
  Move* run() {
    Bitboard targets = ~own_;
    Bitboard drop_targets = ~occupied_;
    Bitboard free = own_;
    if (position_.has_king(us)) {
      const Square king = position_.king_square(us);
      free ^= Bitboard(king);
      Bitboard checkers = enemy_.steppers(king);
      std::array<Pin, 8> pins;
      std::size_t pin_count = 0;
      enemy_.aligned(king).for_each([&](Square from) {
        const Bitboard gap = between(king, from);
        const Bitboard blockers = gap & occupied_;
        if (blockers.empty()) {
          checkers |= Bitboard(from);
        } else if (!blockers.has_many() && !(blockers & own_).empty()) {
          pins[pin_count++] = {blockers.first(), from};
          free ^= blockers;
        }
      });
      king_moves(king);
      if (!checkers.empty()) {
        if (checkers.has_many()) return out_;
        drop_targets = between(king, checkers.first());
        targets = checkers | drop_targets;
      } else {
        // In check, a pinned piece cannot help: its line meets the checker's only at the king.
        for (std::size_t i = 0; i < pin_count; ++i) pinned_moves(king, pins[i], targets);
      }
    }
    board_moves(free, targets);
    drops(drop_targets);
    return out_;
  }

 private:
  static constexpr Color kThem = ~us;
  static constexpr Bitboard kZone = Bitboard::far_ranks(us, 3);
  static constexpr Bitboard kLastRank = Bitboard::far_ranks(us, 1);
  static constexpr Bitboard kLastTwoRanks = Bitboard::far_ranks(us, 2);

  /// Where a piece from each square may promote.
  static constexpr auto kPromoting = [] {
    std::array<Bitboard, Square::kCount> targets{};
    for (int s = 0; s < Square::kCount; ++s) {
      targets[static_cast<std::size_t>(s)] = kZone.contains(Square(s)) ? Bitboard::all() : kZone;
    }
    return targets;
  }();

  struct Pin {
    Square pinned;
    Square by;
  };

  void emit(Move origin, Bitboard targets) {
    Move* out = out_;
    targets.for_each(
        [&](Square to) { *out++ = Move(static_cast<std::uint16_t>(origin.bits() | to.index())); });
    out_ = out;
  }
  void emit(Square from, Bitboard targets) { emit(Move::board(from, Square()), targets); }

  /// Both choices for a piece that can promote; `stuck` are the squares it may not enter
  /// unpromoted.
  void emit_both(Square from, Bitboard targets, Bitboard stuck) {
    if (targets.empty()) return;
    const Bitboard promoting = targets & kPromoting[from.index()];
    if (!promoting.empty()) emit(Move::board(from, Square(), true), promoting);
    emit(from, targets - stuck);
  }

  void king_moves(Square king) {
    const Bitboard without_king = occupied_ ^ Bitboard(king);
    const Move origin = Move::board(king, Square());
    Move* out = out_;
    (king_steps(king) - own_).for_each([&](Square to) {
      *out = Move(static_cast<std::uint16_t>(origin.bits() | to.index()));
      if (!enemy_.reach(to, without_king)) ++out;
    });
    out_ = out;
  }

  void pinned_moves(Square king, const Pin& pin, Bitboard targets) {
    const Piece piece = position_.piece_on(pin.pinned);
    const Bitboard line = between(king, pin.by) | Bitboard(pin.by);
    const Bitboard reach = attacks(piece, pin.pinned, occupied_) & targets & line;
    const PieceType type = type_of(piece);
    if (!can_promote(type)) return emit(pin.pinned, reach);
    Bitboard stuck;
    if (type == PieceType::knight) stuck = kLastTwoRanks;
    if (type == PieceType::pawn || type == PieceType::lance) stuck = kLastRank;
    emit_both(pin.pinned, reach, stuck);
  }

  void board_moves(Bitboard free, Bitboard targets) {
    const auto free_of = [&](PieceType type) { return free & position_.pieces(type); };

    pawn_moves(free_of(PieceType::pawn), targets);
    free_of(PieceType::knight).for_each([&](Square from) {
      emit_both(from, steps(us, PieceType::knight, from) & targets, kLastTwoRanks);
    });
    free_of(PieceType::silver).for_each([&](Square from) {
      emit_both(from, steps(us, PieceType::silver, from) & targets, Bitboard());
    });
    (free & position_.golds()).for_each([&](Square from) {
      emit(from, steps(us, PieceType::gold, from) & targets);
    });
    free_of(PieceType::lance).for_each([&](Square from) {
      emit_both(from, lance_attacks(us, from, occupied_) & targets, kLastRank);
    });
    (free & position_.bishops()).for_each([&](Square from) {
      slider_moves(from, bishop_attacks(from, occupied_), targets);
    });
    (free & position_.rooks()).for_each([&](Square from) {
      slider_moves(from, rook_attacks(from, occupied_), targets);
    });
  }

  void slider_moves(Square from, Bitboard sliding, Bitboard targets) {
    const Piece piece = position_.piece_on(from);
    if (is_promoted(type_of(piece))) {
      emit(from, (sliding | kAttacks.steps[index(piece)][from.index()]) & targets);
    } else {
      emit_both(from, sliding & targets, Bitboard());
    }
  }

  /// All pawns at once: a step is a shift by one.
  void pawn_moves(Bitboard pawns, Bitboard targets) {
    constexpr int kBack = us == Color::black ? 1 : -1;
    const Bitboard reached =
        targets & Bitboard(us == Color::black ? pawns.bits() >> 1 : pawns.bits() << 1);
    const auto step_to = [](Square to, bool promote) {
      return Move::board(Square(static_cast<int>(to.index()) + kBack), to, promote);
    };
    Move* out = out_;
    const Bitboard promoting = reached & kZone;
    if (!promoting.empty()) {
      promoting.for_each([&](Square to) { *out++ = step_to(to, true); });
    }
    (reached - kLastRank).for_each([&](Square to) { *out++ = step_to(to, false); });
    out_ = out;
  }

  void drops(Bitboard targets) {
    if (targets.empty() || position_.hand_is_empty(us)) return;
    if (position_.hand_count(us, PieceType::pawn) > 0) pawn_drops(targets);

    // The drops on one square are written as one vector of eight, of which those that apply come
    // first: lances and knights are last, so that their forbidden ranks only shorten the vector.
    // (Technique: nshogi.)
    using Moves [[gnu::vector_size(16)]] = std::uint16_t;
    Moves kinds{};
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

    const auto write = [&](Bitboard squares, std::size_t kinds_here) {
      Move* out = out_;
      squares.for_each([&](Square to) {
        const Moves moves = kinds | static_cast<std::uint16_t>(to.index());
        std::memcpy(static_cast<void*>(out), &moves, sizeof moves);
        out += kinds_here;
      });
      out_ = out;
    };
    if (on_last_rank > 0) write(targets & kLastRank, on_last_rank);
    if (on_second_rank > 0) write((targets & kLastTwoRanks) - kLastRank, on_second_rank);
    write(targets - kLastTwoRanks, count);
  }

  void pawn_drops(Bitboard targets) {
    // Nifu by carries: in each file, the kNinth bit minus the pawn leaves the kNinth bit set only
    // where there is no pawn; that bit is then spread over the file.
    constexpr Bits128 kNinth = Bitboard::rank(8).bits();
    const Bits128 pawnless = (kNinth - (own_ & position_.pieces(PieceType::pawn)).bits()) & kNinth;
    const Bitboard open_files(pawnless | (pawnless - (pawnless >> 8)));

    Bitboard squares = (targets & open_files) - kLastRank;
    if (position_.has_king(kThem)) {
      const Bitboard checking =
          steps(kThem, PieceType::pawn, position_.king_square(kThem)) & squares;
      if (!checking.empty() && pawn_drop_mates(checking.first())) squares ^= checking;
    }
    Move* out = out_;
    squares.for_each([&](Square to) { *out++ = Move::drop(PieceType::pawn, to); });
    out_ = out;
  }

  /// Whether a pawn dropped on the square before the enemy's king would be mate.
  bool pawn_drop_mates(Square drop) const {
    const Attackers ours(position_, us);
    const Square king = position_.king_square(kThem);
    const Bitboard after = occupied_ | Bitboard(drop);

    // The king takes the pawn or steps aside.
    Bitboard escapes = king_steps(king) - position_.pieces(kThem);
    const Bitboard without_king = after ^ Bitboard(king);
    while (!escapes.empty()) {
      if (!ours.reach(escapes.first(), without_king)) return false;
      escapes = Bitboard(escapes.bits() & (escapes.bits() - 1));
    }

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
  const Attackers enemy_;
  const Bitboard own_;
  const Bitboard occupied_;
  Move* out_;
};

void Position::legal_moves(MoveList& moves) const {
  moves.set_end(side_ == Color::black ? MoveGenerator<Color::black>(*this, moves.storage()).run()
                                      : MoveGenerator<Color::white>(*this, moves.storage()).run());
}

}  // namespace keisei::shogi

"""King, rook and two golds against a lone king: a corner of shogi small enough for an example.

Black is the learner and White's king flees at random. All moves are legal shogi; the game ends by
mate, by stalemate (which loses in shogi), when White takes a piece (Black resigns), by the fourth
repetition or after MAX_PLIES.
"""

import random
from typing import Dict, List, NamedTuple, Optional, Tuple

import numpy as np

ACTIONS = 13527
PLANES = 6
MAX_PLIES = 60

_KING = [(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1) if (r, c) != (0, 0)]
_STRAIGHT = [(-1, 0), (1, 0), (0, -1), (0, 1)]
_DIAGONAL = [(-1, -1), (-1, 1), (1, -1), (1, 1)]
_GOLD = _STRAIGHT + [(-1, -1), (-1, 1)]  # Black's
_STEPS = {"K": _KING, "G": _GOLD, "R": [], "+R": _DIAGONAL, "k": _KING}


class Move(NamedTuple):
    source: int
    to: int
    promotes: bool = False

    @property
    def action(self) -> int:
        shifted = self.to - 1 if self.to > self.source else self.to
        return self.source * 160 + shifted * 2 + self.promotes

    @property
    def usi(self) -> str:
        def square(s: int) -> str:
            return f"{9 - s % 9}{'abcdefghi'[s // 9]}"

        return square(self.source) + square(self.to) + ("+" if self.promotes else "")


class Result(NamedTuple):
    winner: Optional[str]
    reason: str


class MateGame:
    """Squares are row * 9 + column, as in Keisei's action space. Black always moves first."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        while True:
            squares = rng.sample(range(81), 4)
            king = rng.randrange(27)
            self.pieces: Dict[int, str] = dict(zip(squares, ("K", "R", "G", "G")))
            if king not in self.pieces and not self._attacks(king):
                self.pieces[king] = "k"
                break
        self.black_to_move = True
        self.moves: List[Move] = []
        self.result: Optional[Result] = None
        self.start_sfen = self.sfen()
        self._checks: List[bool] = []  # after each of Black's moves
        self._seen: Dict[Tuple[bool, Tuple[Tuple[int, str], ...]], List[int]] = {}

    def sfen(self) -> str:
        ranks = []
        for row in range(9):
            rank, empty = "", 0
            for column in range(9):
                piece = self.pieces.get(row * 9 + column)
                if piece is None:
                    empty += 1
                    continue
                rank += (str(empty) if empty else "") + piece
                empty = 0
            ranks.append(rank + (str(empty) if empty else ""))
        side = "b" if self.black_to_move else "w"
        return f"{'/'.join(ranks)} {side} - {len(self.moves) + 1}"

    def planes(self) -> np.ndarray:
        """[6, 9, 9]: Black's king, rook, dragon and golds, White's king; ply / MAX_PLIES."""
        planes = np.zeros((PLANES, 81), np.float32)
        for square, piece in self.pieces.items():
            planes[("K", "R", "+R", "G", "k").index(piece), square] = 1
        planes[5] = len(self.moves) / MAX_PLIES
        return planes.reshape(PLANES, 9, 9)

    def legal_moves(self) -> List[Move]:
        """Black's; there is always one."""
        white_king = self._square_of("k")
        moves = []
        for square, piece in list(self.pieces.items()):
            if piece == "k":
                continue
            for to in self._targets(square, piece):
                if self.pieces.get(to) is not None:
                    continue  # an own piece; the king is never left to be taken
                if piece == "K" and self._adjacent(to, white_king):
                    continue
                moves.append(Move(square, to))
                if piece == "R" and (square < 27 or to < 27):
                    moves.append(Move(square, to, True))
        return moves

    def play(self, move: Move) -> None:
        """Black's move and, unless it ends the game, White's answer is due with `flee`."""
        self._move(move)
        king = self._square_of("k")
        self._checks.append(bool(self._attacks(king)))
        if not self._escapes():
            self.result = Result("black", "checkmate" if self._checks[-1] else "stalemate")
        else:
            self._end_by_length()

    def flee(self) -> Move:
        """White's answer, at random."""
        move = self._rng.choice(self._escapes())
        takes = move.to in self.pieces
        self._move(move)
        if takes:
            self.result = Result("white", "resignation")
        else:
            self._end_by_length()
        return move

    def _move(self, move: Move) -> None:
        piece = self.pieces.pop(move.source)
        self.pieces[move.to] = "+R" if move.promotes else piece
        self.moves.append(move)
        self.black_to_move = not self.black_to_move

    def _end_by_length(self) -> None:
        position = (self.black_to_move, tuple(sorted(self.pieces.items())))
        times = self._seen.setdefault(position, [])
        times.append(len(self._checks))
        if len(times) == 4:
            perpetual = all(self._checks[times[0]:])
            self.result = (Result("white", "perpetual_check") if perpetual
                           else Result(None, "repetition"))
        elif len(self.moves) >= MAX_PLIES:
            self.result = Result(None, "max_plies")

    def _square_of(self, wanted: str) -> int:
        return next(square for square, piece in self.pieces.items() if piece == wanted)

    def _escapes(self) -> List[Move]:
        king = self._square_of("k")
        del self.pieces[king]  # a rook sees through where the king stood
        safe = []
        for to in self._targets(king, "k"):
            taken = self.pieces.pop(to, None)
            # Black's king would not be left standing to be taken, so it is never `taken`.
            if not self._attacks(to):
                safe.append(Move(king, to))
            if taken is not None:
                self.pieces[to] = taken
        self.pieces[king] = "k"
        return safe

    def _attacks(self, square: int) -> List[int]:
        """Where Black's pieces that attack the square stand."""
        return [s for s, piece in self.pieces.items()
                if piece != "k" and square in self._targets(s, piece)]

    @staticmethod
    def _adjacent(a: int, b: int) -> bool:
        return max(abs(a // 9 - b // 9), abs(a % 9 - b % 9)) == 1

    def _targets(self, square: int, piece: str) -> List[int]:
        """Squares that the piece reaches, own pieces included."""
        row, column = divmod(square, 9)
        targets = [(row + r) * 9 + column + c for r, c in _STEPS[piece]
                   if 0 <= row + r < 9 and 0 <= column + c < 9]
        if piece in ("R", "+R"):
            for r, c in _STRAIGHT:
                y, x = row + r, column + c
                while 0 <= y < 9 and 0 <= x < 9:
                    targets.append(y * 9 + x)
                    if y * 9 + x in self.pieces:
                        break
                    y, x = y + r, x + c
        return targets

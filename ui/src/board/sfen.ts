import type { Side } from "../protocol/messages.ts";

export const KINDS = ["K", "R", "B", "G", "S", "N", "L", "P"] as const;
export const PROMOTED = ["+R", "+B", "+S", "+N", "+L", "+P"] as const;
/** In the order in which hands are shown. */
export const HAND_KINDS = ["R", "B", "G", "S", "N", "L", "P"] as const;

export type PieceKind = (typeof KINDS)[number] | (typeof PROMOTED)[number];
export type HandKind = (typeof HAND_KINDS)[number];

export interface Piece {
  side: Side;
  kind: PieceKind;
}

export type Hand = Partial<Record<HandKind, number>>;

/** What can be drawn of a position. No rules: whether it is legal is the server's business. */
export interface Position {
  /** 81 squares as the board is drawn: rank "a" first, file 9 first in it. */
  squares: (Piece | null)[];
  hands: Record<Side, Hand>;
  sideToMove: Side;
}

const ALL_KINDS: readonly string[] = [...KINDS, ...PROMOTED];

function pieceFrom(letters: string): Piece | null {
  const kind = letters.toUpperCase();
  if (!ALL_KINDS.includes(kind)) return null;
  return { side: kind === letters ? "black" : "white", kind: kind as PieceKind };
}

function readRank(text: string): (Piece | null)[] | null {
  const squares: (Piece | null)[] = [];
  for (const token of text.match(/\+?[A-Za-z]|\d|./g) ?? []) {
    if (/^[1-9]$/.test(token)) {
      for (let n = Number(token); n > 0; n--) squares.push(null);
      continue;
    }
    const piece = pieceFrom(token);
    if (!piece) return null;
    squares.push(piece);
  }
  return squares.length === 9 ? squares : null;
}

function readHands(text: string): Record<Side, Hand> | null {
  const hands: Record<Side, Hand> = { black: {}, white: {} };
  if (text === "-") return hands;
  if (!/^(\d{0,2}[RBGSNLPrbgsnlp])+$/.test(text)) return null;
  for (const [, number, letter = ""] of text.matchAll(/(\d*)([A-Za-z])/g)) {
    const kind = letter.toUpperCase() as HandKind;
    hands[kind === letter ? "black" : "white"][kind] = number ? Number(number) : 1;
  }
  return hands;
}

/** Reads an SFEN; null if it is not one. */
export function readSfen(sfen: string): Position | null {
  const [board = "", side = "", hand = ""] = sfen.trim().split(/\s+/);
  const ranks = board.split("/").map(readRank);
  const hands = readHands(hand);
  if (ranks.length !== 9 || !hands || (side !== "b" && side !== "w")) return null;
  const squares: (Piece | null)[] = [];
  for (const rank of ranks) {
    if (!rank) return null;
    squares.push(...rank);
  }
  return { squares, hands, sideToMove: side === "b" ? "black" : "white" };
}

export function kingSquare(position: Position, side: Side): number | null {
  const index = position.squares.findIndex((piece) => piece?.kind === "K" && piece.side === side);
  return index < 0 ? null : index;
}

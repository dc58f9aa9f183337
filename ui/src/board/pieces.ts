import type { Side } from "../protocol/messages.ts";
import kanjiFile from "./kanji.json";
import type { Piece, PieceKind } from "./sfen.ts";

interface Outline {
  width: number;
  height: number;
  path: string;
}

/** Outlines in 1/1000 em around their centre, y downwards. */
export const OUTLINES: Record<string, Outline> = kanjiFile.kanji;

/** Real pieces, in millimetres (width at the foot, height); a square is 37.8 high. */
const SIZES: Record<string, { width: number; height: number }> = {
  K: { width: 28.7, height: 31.8 },
  R: { width: 27.7, height: 31.0 },
  B: { width: 27.7, height: 31.0 },
  G: { width: 26.7, height: 30.0 },
  S: { width: 26.7, height: 30.0 },
  N: { width: 25.5, height: 28.8 },
  L: { width: 23.8, height: 28.4 },
  P: { width: 22.8, height: 27.2 },
};
const UNITS_PER_MM = 2.36;

const KANJI: Record<PieceKind, string> = {
  K: "玉",
  R: "飛",
  B: "角",
  G: "金",
  S: "銀",
  N: "桂",
  L: "香",
  P: "歩",
  "+R": "龍",
  "+B": "馬",
  "+S": "全",
  "+N": "圭",
  "+L": "杏",
  "+P": "と",
};

/** Black has the jewelled king, White the plain one, as the lower and the higher player would. */
export function pieceKanji({ kind, side }: Piece): string {
  return kind === "K" && side === "white" ? "王" : KANJI[kind];
}

export interface PieceShape {
  width: number;
  height: number;
  /** The five-sided outline around the piece's centre, point upwards. */
  face: string;
  /** The band along the foot that is seen as the piece's thickness. */
  foot: string;
  kanji: string;
  /** Where and how large the kanji's outline (1/1000 em) is drawn. */
  kanjiY: number;
  kanjiScale: number;
  isPromoted: boolean;
}

const n = (value: number) => value.toFixed(1);

/** A piece as paths in board units, for canvas and SVG alike. White's is turned by the drawer. */
export function pieceShape(piece: Piece): PieceShape {
  const base = piece.kind.replace("+", "");
  const size = SIZES[base] ?? { width: 26, height: 30 };
  const width = size.width * UNITS_PER_MM;
  const height = size.height * UNITS_PER_MM;
  const [w, h] = [width / 2, height / 2];
  const shoulderX = w * 0.76;
  const shoulderY = -h + height * 0.17;
  const kanji = pieceKanji(piece);
  const outline = OUTLINES[kanji] ?? { width: 900, height: 900, path: "" };
  return {
    width,
    height,
    face:
      `M0 ${n(-h)}L${n(shoulderX)} ${n(shoulderY)}L${n(w)} ${n(h - 1.5)}Q${n(w)} ${n(h)} ${n(w - 2)} ${n(h)}` +
      `L${n(-w + 2)} ${n(h)}Q${n(-w)} ${n(h)} ${n(-w)} ${n(h - 1.5)}L${n(-shoulderX)} ${n(shoulderY)}Z`,
    foot: `M${n(-w + 0.4)} ${n(h - 4)}L${n(w - 0.4)} ${n(h - 4)}L${n(w)} ${n(h)}L${n(-w)} ${n(h)}Z`,
    kanji: outline.path,
    kanjiY: height * 0.065,
    kanjiScale: Math.min((width * 0.72) / outline.width, (height * 0.62) / outline.height),
    isPromoted: piece.kind.startsWith("+"),
  };
}

export const PIECE_COLOURS = {
  light: "#fbecc8",
  face: "#f4deb0",
  edge: "#a9823f",
  foot: "#d8b673",
  ink: "#1b140a",
  promoted: "#b3261e",
} as const;

export const turned = (side: Side): boolean => side === "white";

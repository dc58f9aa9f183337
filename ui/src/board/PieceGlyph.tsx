import { PIECE_COLOURS, pieceShape, turned } from "./pieces.ts";
import type { Piece } from "./sfen.ts";

/** One piece as SVG, for hands; the same shape as on the board. */
export function PieceGlyph({ piece }: { piece: Piece }) {
  const shape = pieceShape(piece);
  return (
    <svg viewBox="-37 -41 74 82" className="piece-glyph" aria-hidden="true" focusable="false">
      <g transform={turned(piece.side) ? "rotate(180)" : undefined}>
        <path d={shape.face} fill={PIECE_COLOURS.face} />
        <path d={shape.foot} fill={PIECE_COLOURS.foot} />
        <path d={shape.face} fill="none" stroke={PIECE_COLOURS.edge} strokeWidth="1.3" />
        <path
          d={shape.kanji}
          fill={PIECE_COLOURS.ink}
          transform={`translate(0 ${shape.kanjiY}) scale(${shape.kanjiScale})`}
        />
      </g>
    </svg>
  );
}

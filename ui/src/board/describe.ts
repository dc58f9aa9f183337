import type { Language, Side } from "../protocol/messages.ts";
import { squareName } from "../store/format.ts";
import { fill, uiText } from "../store/text.ts";
import { HAND_KINDS, type Position } from "./sfen.ts";

function describeSide(position: Position, side: Side, language: Language): string {
  const text = uiText(language).board;
  const standing = position.squares.flatMap((piece, index) => {
    if (piece?.side !== side) return [];
    const square = squareName(index, language);
    return [fill(text.placed, { piece: text.pieces[piece.kind], square })];
  });
  const held = HAND_KINDS.flatMap((kind) => {
    const n = position.hands[side][kind] ?? 0;
    return n > 0 ? [fill(text.held, { piece: text.pieces[kind], n })] : [];
  });
  return fill(held.length > 0 ? text.standing_and_held : text.standing, {
    side: text[side],
    pieces: standing.join(text.between),
    hand: held.join(text.between),
  });
}

/** The position in words, for those who hear the page instead of seeing it. */
export function describePosition(position: Position, language: Language): string {
  return (["black", "white"] as const)
    .map((side) => describeSide(position, side, language))
    .join(language === "ja" ? "" : " ");
}

import type { Side } from "../protocol/messages.ts";
import { squareName } from "../store/format.ts";
import type { UiText } from "../store/text.ts";
import { HAND_KINDS, type Position } from "./sfen.ts";

function describeSide(position: Position, side: Side, text: UiText): string {
  const standing = position.squares.flatMap((piece, index) =>
    piece?.side === side ? [`${text.board.pieces[piece.kind]} ${squareName(index)}`] : [],
  );
  const held = HAND_KINDS.flatMap((kind) => {
    const number = position.hands[side][kind] ?? 0;
    return number > 0 ? [`${text.board.pieces[kind]} ×${number}`] : [];
  });
  const hand = held.length > 0 ? `; ${text.board.hand_prefix}: ${held.join(", ")}` : "";
  return `${text.board[side]}: ${standing.join(", ")}${hand}.`;
}

/** The position in words, for those who hear the page instead of seeing it. */
export function describePosition(position: Position, text: UiText): string {
  return `${describeSide(position, "black", text)} ${describeSide(position, "white", text)}`;
}

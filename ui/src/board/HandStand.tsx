import type { Side } from "../protocol/messages.ts";
import { useText } from "../store/hooks.ts";
import { fill } from "../store/text.ts";
import { PieceGlyph } from "./PieceGlyph.tsx";
import { HAND_KINDS, type Hand } from "./sfen.ts";

interface HandStandProps {
  side: Side;
  hand: Hand;
  isToMove: boolean;
  isInCheck: boolean;
}

/** A player's captured pieces on their stand, with the player's name. */
export function HandStand({ side, hand, isToMove, isInCheck }: HandStandProps) {
  const text = useText();
  let turn = isToMove ? text.board.to_move : "";
  if (isInCheck) turn = text.board.check;
  const held = HAND_KINDS.filter((kind) => (hand[kind] ?? 0) > 0);
  const described = held.map((kind) => `${text.board.pieces[kind]} ×${hand[kind]}`).join(", ");
  const name = fill(text.board.hand_of, { side: text.board[side] });
  return (
    <section
      className={`hand hand-${side}`}
      aria-label={`${name}: ${described || text.board.empty_hand}`}
      data-hand={side}
    >
      <h2 className="hand-name" data-to-move={isToMove}>
        <span className="hand-mark" aria-hidden="true">
          {side === "black" ? "▲" : "△"}
        </span>
        {text.board[side]}
      </h2>
      <p className="hand-turn" data-check={isInCheck}>
        {turn}
      </p>
      <ul className="hand-pieces" aria-hidden="true">
        {held.map((kind) => (
          <li key={kind} className="hand-piece" data-kind={kind} data-count={hand[kind]}>
            <PieceGlyph piece={{ side, kind }} />
            <span className="hand-count">{(hand[kind] ?? 0) > 1 ? `×${hand[kind]}` : ""}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

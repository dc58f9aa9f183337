import type { MovePredictions, SeAttention } from "../protocol/messages.ts";
import type { StreamState } from "./streamStore.ts";

type Known = Pick<StreamState, "gameState" | "movePredictions" | "seAttention">;

function ofPosition<T extends { game_id: string; ply: number }>(known: Known, data?: T): T | null {
  const game = known.gameState?.data;
  return game && data && data.game_id === game.game_id && data.ply === game.ply ? data : null;
}

/** The predictions for the very position on the board, else null. */
export function predictionsOnBoard(known: Known): MovePredictions | null {
  return ofPosition(known, known.movePredictions?.data);
}

/** The activity map of the very position on the board, else null. */
export function attentionOnBoard(known: Known): SeAttention | null {
  return ofPosition(known, known.seAttention?.data);
}

import type { MovePredictions, SeAttention } from "../protocol/messages.ts";
import type { StreamState } from "./streamStore.ts";

type Known = Pick<StreamState, "latest">;

/** The predictions for the very position on the board, else null. */
export function predictionsOnBoard(known: Known): MovePredictions | null {
  const game = known.latest.game_state?.data;
  const data = known.latest.move_prediction?.data;
  return game && data && data.game_id === game.game_id && data.ply === game.ply ? data : null;
}

/** A trainer may measure activity only every few moves; an older map than this says nothing here. */
const OLDEST_MAP = 8;

/** The latest activity map of this game, if it is recent; `movesAgo` tells how old it is. */
export function attentionOnBoard(known: Known): SeAttention | null {
  const game = known.latest.game_state?.data;
  const data = known.latest.se_attention?.data;
  if (!game || !data || data.game_id !== game.game_id) return null;
  const age = game.ply - data.ply;
  return age >= 0 && age <= OLDEST_MAP ? data : null;
}

/** How many moves ago the activity map was measured; 0 without one. */
export function movesAgo(known: Known): number {
  const attention = attentionOnBoard(known);
  return attention ? (known.latest.game_state?.data.ply ?? 0) - attention.ply : 0;
}

import type { PlayedMove } from "../../protocol/messages.ts";
import type { Slice } from "./slice.ts";

export interface MoveInGame extends PlayedMove {
  ply: number;
}

const KEPT = 400;

/** Moves of the featured game that were seen here, oldest first; another game starts anew. */
export const moves: Slice<readonly MoveInGame[]> = {
  initial: [],
  next(seen, message, { latest }) {
    if (message.type !== "game_state") return seen;
    const { game_id, ply, last_move } = message.data;
    const isSameGame = latest.game_state?.data.game_id === game_id;
    const earlier = isSameGame ? seen.filter((move) => move.ply < ply) : [];
    return last_move ? [...earlier, { ...last_move, ply }].slice(-KEPT) : earlier;
  },
};

import type { EndReason, Side } from "../../protocol/messages.ts";
import { takesBack } from "../latest.ts";
import type { Slice } from "./slice.ts";

/** How a game ended, without words: they are in the language that the viewer reads now. */
export interface EndedGame {
  gameId: string;
  gameNumber: number;
  plies: number;
  winner: Side | null;
  reason: EndReason;
}

const KEPT = 5;

/** Featured games that ended while this page was open, newest first. */
export const endedGames: Slice<readonly EndedGame[]> = {
  initial: [],
  next(ended, message) {
    if (message.type === "game_state" && takesBack(message)) return [];
    if (message.type !== "game_state" || !message.data.result) return ended;
    const { game_id, game_number, ply, result } = message.data;
    if (ended.some(({ gameId }) => gameId === game_id)) return ended;
    const game = {
      gameId: game_id,
      gameNumber: game_number,
      plies: ply,
      winner: result.winner,
      reason: result.reason,
    };
    return [game, ...ended].slice(0, KEPT);
  },
};

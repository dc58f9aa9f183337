import type { ArchivedGame, GameState, Language, Side, WinEstimate } from "../protocol/messages.ts";
import { percent } from "./format.ts";
import type { EndedGame } from "./slices/endedGames.ts";
import type { MoveInGame } from "./slices/moves.ts";
import type { StreamState } from "./streamStore.ts";
import { fill, moveName, resultText, uiText } from "./text.ts";

const LONGEST_CURVE = 200;
const RESULT_SHARES = { black: 1, white: 0, draw: 0.5 } as const;

/** What the network said of a position, from Black's side. */
function saidForBlack(game: ArchivedGame, ply: number): number | null {
  const next = game.moves[ply];
  if (!next || next.value === null) return null;
  const share = (next.value + 1) / 2;
  return next.side === "black" ? share : 1 - share;
}

/**
 * The network's own forecast for Black: the mean of this position and the one before, as it favours
 * whoever is to move; at the end the result. Unlike the live show's it is not held against results.
 */
function blackForecast(game: ArchivedGame, ply: number): number | null {
  if (isAtEnd(game, ply)) return RESULT_SHARES[game.game.winner ?? "draw"];
  const now = saidForBlack(game, ply);
  if (ply === 0) return now;
  const before = saidForBlack(game, ply - 1);
  return now === null || before === null ? null : (now + before) / 2;
}

/** What that is of; how sure it is, nobody knows. */
function estimateAt(game: ArchivedGame, ply: number): WinEstimate | null {
  if (blackForecast(game, ply) === null) return null;
  const next = game.moves[ply];
  if (!next) return { source: "result", update: game.game.update, error: null };
  return next.update === null ? null : { source: "network", update: next.update, error: null };
}

function isAtEnd(game: ArchivedGame, ply: number): boolean {
  return ply === game.moves.length && game.unreadable_from === null;
}

function sideToMove(game: ArchivedGame, ply: number): Side {
  const next = game.moves[ply];
  if (next) return next.side;
  const last = game.moves.at(-1);
  if (last) return last.side === "black" ? "white" : "black";
  return game.start_sfen.split(" ")[1] === "w" ? "white" : "black";
}

/** How the game ended, as lists of ended games have it. */
export function endOf({ game }: Pick<ArchivedGame, "game">): EndedGame {
  return {
    gameId: game.game_id,
    gameNumber: game.game_number,
    plies: game.plies,
    winner: game.winner,
    reason: game.reason,
  };
}

/** What the network thought of the move that led to the position, in a sentence. */
function sentence(game: ArchivedGame, ply: number, language: Language): string {
  const text = uiText(language).archive;
  if (isAtEnd(game, ply) && ply > 0) return resultText(endOf(game), language);
  const last = game.moves[ply - 1];
  if (!last) return text.before_first;
  const move = moveName(last, language);
  if (last.probability === null) return move;
  const share = percent(last.probability);
  return last.rank === null
    ? fill(text.played, { move, share })
    : fill(text.played_ranked, { move, share, rank: last.rank });
}

/** The position after so many moves, told as the show tells the game that is on. */
export function stateAt(game: ArchivedGame, ply: number, language: Language): GameState {
  const last = game.moves[ply - 1];
  const { game: facts } = game;
  const forecasts = Array.from({ length: ply + 1 }, (_, at) => blackForecast(game, at));
  return {
    game_id: facts.game_id,
    game_number: facts.game_number,
    update: facts.update,
    ply,
    total_plies: facts.plies,
    sfen: last?.sfen ?? game.start_sfen,
    side_to_move: sideToMove(game, ply),
    in_check: last?.in_check ?? false,
    last_move: last
      ? { move: last.move, side: last.side, probability: last.probability, rank: last.rank }
      : null,
    black_win_probability: blackForecast(game, ply),
    estimate: estimateAt(game, ply),
    forecast: null,
    evaluation_history: forecasts.slice(-LONGEST_CURVE),
    result: isAtEnd(game, ply)
      ? { winner: facts.winner, reason: facts.reason, text: resultText(endOf(game), language) }
      : null,
    commentary: sentence(game, ply, language),
    note: "",
    // It never grows old.
    seconds_per_move: Number.POSITIVE_INFINITY,
    scene: null,
    pick: null,
    played_at: null,
    next_at: null,
    held: false,
    drama: null,
  };
}

function movesTo(game: ArchivedGame, ply: number): MoveInGame[] {
  return game.moves.slice(0, ply).map(({ move, side, probability, rank }, before) => ({
    move,
    side,
    probability,
    rank,
    ply: before + 1,
  }));
}

type Viewer = Pick<StreamState, "level" | "language">;

/** The state of a page on which this game is on: the board and its panels draw it as any other. */
export function finishedState(
  game: ArchivedGame,
  ply: number,
  viewer: Viewer,
): Partial<StreamState> {
  const data = stateAt(game, ply, viewer.language);
  return {
    ...viewer,
    map: "off",
    connectionStatus: "connected",
    latest: { game_state: { data, timestamp: 0, ...viewer } },
    moves: movesTo(game, ply),
  };
}

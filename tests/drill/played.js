// What was really played: the trainers' game logs, replayed by a rules library that is not ours,
// and, for games that never ended there, what the trainers said of them.
import { Position } from "tsshogi";

/** Board, turn and hands. The number behind them is no part of the position. */
export const placed = (sfen) => sfen.split(" ").slice(0, 3).join(" ");

/** The positions of a game before each move and after the last; fewer if a move is illegal. */
export function replayed(start, moves) {
  const position = Position.newBySFEN(start);
  const positions = [placed(position.sfen)];
  for (const usi of moves) {
    const move = position.createMoveByUSI(usi);
    if (!move || !position.doMove(move)) break;
    positions.push(placed(position.sfen));
  }
  return positions;
}

/**
 * Where a game was after so many moves: a game that a resumed run plays anew has the same id, so
 * there may be more than one answer.
 */
export class Played {
  #moments = new Map(); // "game ply position" → {source, moves that led there}
  #winners = new Map(); // game → Set
  illegal = []; // games of the trainers' own that break the rules

  // `usi`: null where the game began, undefined if nobody said.
  #add(source, game, ply, sfen, usi) {
    const key = `${game} ${ply} ${sfen}`;
    if (!this.#moments.has(key)) this.#moments.set(key, { source, moves: new Set() });
    this.#moments.get(key).moves.add(usi);
  }

  /** A line of games.jsonl, or a game_finished message, which say the same. */
  addGame({ game_id, start_sfen, moves, winner }, source) {
    const positions = replayed(start_sfen, moves);
    if (positions.length !== moves.length + 1) this.illegal.push(game_id);
    positions.forEach((sfen, ply) => {
      this.#add(source, game_id, ply, sfen, ply > 0 ? moves[ply - 1] : null);
    });
    if (!this.#winners.has(game_id)) this.#winners.set(game_id, new Set());
    this.#winners.get(game_id).add(winner);
  }

  /** The move_played messages of one connection, in order: each tells the position before it. */
  addMoves(messages) {
    const before = new Map(); // game → its latest move
    for (const { game_id, ply, sfen, usi } of messages) {
      const last = before.get(game_id);
      this.#add(
        "telemetry",
        game_id,
        ply,
        placed(sfen),
        last?.ply === ply - 1 ? last.usi : undefined,
      );
      before.set(game_id, { ply, usi });
    }
  }

  /** Who says that this was played ("log", "telemetry"); undefined if nobody does. */
  sourceOf({ game_id, ply, sfen, usi }) {
    const moment = this.#moments.get(`${game_id} ${ply} ${placed(sfen)}`);
    if (!moment) return undefined;
    const { source, moves } = moment;
    return usi === null || moves.has(usi) || moves.has(undefined) ? source : undefined;
  }

  hasWinner(gameId, winner) {
    return this.#winners.get(gameId)?.has(winner) ?? false;
  }
}

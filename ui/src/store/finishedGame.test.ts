import { describe, expect, it } from "vitest";
import {
  archivedGame,
  archivedMove,
  gameSummary,
  SECOND_SFEN,
  START_SFEN,
} from "../protocol/testMessages.ts";
import { gameFace } from "./faces.ts";
import { finishedState, stateAt } from "./finishedGame.ts";
import { createStreamStore } from "./streamStore.ts";

const GAME = archivedGame();

describe("a finished game", () => {
  it("begins where it began", () => {
    const state = stateAt(GAME, 0, "en");
    expect(state.sfen).toBe(START_SFEN);
    expect(state.side_to_move).toBe("black");
    expect(state.last_move).toBeNull();
    expect(state.result).toBeNull();
    expect(state.evaluation_history).toEqual([state.black_win_probability]);
  });

  it("stands after a move as the archive says", () => {
    const state = stateAt(GAME, 1, "en");
    expect(state.sfen).toBe(SECOND_SFEN);
    expect(state.side_to_move).toBe("white");
    expect(state.last_move).toMatchObject({ side: "black", probability: 0.25, rank: 2 });
    expect(state.total_plies).toBe(2);
  });

  it("tells the forecast as the live show does, and at its end the result", () => {
    expect(stateAt(GAME, 0, "en").black_win_probability).toBeCloseTo(0.75);
    // The mean of 0.75 and, as White to move says -0.2, of 0.6.
    expect(stateAt(GAME, 1, "en").black_win_probability).toBeCloseTo(0.675);
    const end = stateAt(GAME, 2, "en");
    expect(end.black_win_probability).toBe(0);
    expect(end.evaluation_history).toHaveLength(3);
    expect(end.evaluation_history[1]).toBeCloseTo(0.675);
    expect(end.result).toMatchObject({ winner: "white", reason: "resignation" });
  });

  it("says which network's estimate that is, and that the result is nobody's", () => {
    const moves = [archivedMove({ update: 7 }), archivedMove({ side: "white", update: 9 })];
    const game = archivedGame({ moves });
    expect(stateAt(game, 0, "en").estimate).toMatchObject({ source: "network", update: 7 });
    expect(stateAt(game, 1, "en").estimate).toMatchObject({ source: "network", update: 9 });
    expect(stateAt(game, 2, "en").estimate).toMatchObject({ source: "result" });
  });

  it("claims nothing where no value is kept, of this position or of the one before", () => {
    const game = archivedGame({
      moves: [archivedMove({ value: null }), archivedMove({ side: "white" }), archivedMove()],
    });
    expect(stateAt(game, 0, "en").black_win_probability).toBeNull();
    expect(stateAt(game, 0, "en").estimate).toBeNull();
    expect(stateAt(game, 1, "en").black_win_probability).toBeNull();
    expect(stateAt(game, 1, "en").estimate).toBeNull();
    expect(stateAt(game, 2, "en").black_win_probability).toBeCloseTo(0.5);
  });

  it("has no end where its record is cut", () => {
    const game = archivedGame({ unreadable_from: 2, game: gameSummary({ plies: 5 }) });
    expect(stateAt(game, 2, "en").result).toBeNull();
    expect(stateAt(game, 2, "en").black_win_probability).toBeNull();
  });

  it("says what the network gave the move", () => {
    expect(stateAt(GAME, 0, "en").commentary).toBe("Before the first move.");
    expect(stateAt(GAME, 1, "en").commentary).toMatch(/▲P-7f.*25\.0.*number 2/);
    expect(stateAt(GAME, 1, "ja").commentary).toMatch(/▲７六歩.*25\.0.*第2候補/);
    const outside = archivedGame({ moves: [archivedMove({ rank: null }), archivedMove()] });
    expect(stateAt(outside, 1, "en").commentary).not.toMatch(/number/);
  });

  it("is a page's state that never grows old", () => {
    const store = createStreamStore({ level: "beginner", language: "ja", map: "off" });
    store.setState(finishedState(GAME, 2, { level: "beginner", language: "ja" }));
    expect(gameFace(store.getState(), 1e12)).toEqual({ kind: "live" });
    expect(store.getState().moves.map(({ ply, move }) => [ply, move.usi])).toEqual([
      [1, "7g7f"],
      [2, "3c3d"],
    ]);
  });
});

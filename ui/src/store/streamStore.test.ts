import { describe, expect, it } from "vitest";
import {
  connectionEstablished,
  gameResult,
  gameState,
  message,
  movePredictions,
  playedMove,
  ppoMetrics,
  replay,
  seAttention,
} from "../protocol/testMessages.ts";
import { attentionOnBoard, movesAgo, predictionsOnBoard } from "./onBoard.ts";
import { createStreamStore } from "./streamStore.ts";

const settings = { level: "intermediate", language: "en", map: "destinations" } as const;

function storeWith(...messages: ReturnType<typeof message>[]) {
  const store = createStreamStore(settings);
  for (const one of messages) store.getState().receive(one, 0);
  return store.getState();
}

describe("the stream store", () => {
  it("keeps the latest message of each kind with the time it was made", () => {
    const state = storeWith(
      message("ppo_metrics", ppoMetrics({ update: 3 }), 10),
      message("ppo_metrics", ppoMetrics({ update: 4 }), 20),
    );
    expect(state.latest.ppo_metrics).toMatchObject({ timestamp: 20, data: { update: 4 } });
  });

  it("learns the server's clock from the answer to its hello", () => {
    const store = createStreamStore(settings);
    const established = connectionEstablished({ server_time: 1500 });
    store.getState().receive(message("connection_established", established), 1000);
    expect(store.getState().clockOffset).toBe(500);
  });

  it("takes the clock of a recording in a replay", () => {
    const store = createStreamStore(settings);
    store.getState().receive(message("replay", replay({ shown_at: 400 })), 1000);
    expect(store.getState().clockOffset).toBe(-600);
  });

  it("knows a message as made for the level that the server last confirmed", () => {
    const store = createStreamStore({ ...settings, level: "beginner" });
    const { receive, change } = store.getState();
    const levelOfMetrics = () => store.getState().latest.ppo_metrics?.level;
    receive(message("connection_established", connectionEstablished({ level: "beginner" })), 0);
    change({ level: "advanced" });
    receive(message("ppo_metrics", ppoMetrics()), 0);
    expect(levelOfMetrics()).toBe("beginner");
    receive(message("connection_established", connectionEstablished({ level: "advanced" })), 0);
    expect(levelOfMetrics()).toBe("beginner");
    receive(message("ppo_metrics", ppoMetrics()), 0);
    expect(levelOfMetrics()).toBe("advanced");
  });

  it("collects the moves of a game", () => {
    const state = storeWith(
      message("game_state", gameState({ ply: 1 })),
      message("game_state", gameState({ ply: 2, last_move: playedMove({ side: "white" }) })),
    );
    expect(state.moves.map(({ ply, side }) => [ply, side])).toEqual([
      [1, "black"],
      [2, "white"],
    ]);
  });

  it("does not count a move twice when its state comes again in another language", () => {
    const state = storeWith(
      message("game_state", gameState({ ply: 1 })),
      message("game_state", gameState({ ply: 1, commentary: "先手" })),
    );
    expect(state.moves).toHaveLength(1);
  });

  it("forgets the moves when another game begins", () => {
    const state = storeWith(
      message("game_state", gameState({ ply: 1 })),
      message("game_state", gameState({ game_id: "game-2", ply: 0, last_move: null })),
    );
    expect(state.moves).toEqual([]);
  });

  it("remembers a finished game once", () => {
    const end = gameState({ result: gameResult() });
    const state = storeWith(message("game_state", end), message("game_state", end));
    expect(state.endedGames).toEqual([
      { gameId: "game-1", gameNumber: 7, plies: 1, winner: "black", reason: "checkmate" },
    ]);
  });

  it("forgets what belongs to the run before when another begins", () => {
    const none = { game_id: "", ply: 0 };
    const state = storeWith(
      message("game_state", gameState({ result: gameResult() })),
      message("move_prediction", movePredictions()),
      message("se_attention", seAttention()),
      message("game_state", gameState({ ...none, last_move: null, result: null })),
      message("move_prediction", movePredictions({ ...none, predictions: [] })),
      message("se_attention", seAttention(none)),
    );
    expect(state.latest).toEqual({});
    expect([state.moves, state.endedGames]).toEqual([[], []]);
  });

  it("counts what could not be read", () => {
    const store = createStreamStore(settings);
    store.getState().refuse();
    store.getState().refuse();
    expect(store.getState().badMessages).toBe(2);
  });
});

describe("what lies over the board", () => {
  it("belongs to the very position that is shown", () => {
    const state = storeWith(
      message("game_state", gameState({ ply: 1 })),
      message("move_prediction", movePredictions({ ply: 1 })),
      message("se_attention", seAttention({ ply: 1 })),
    );
    expect(predictionsOnBoard(state)?.ply).toBe(1);
    expect(attentionOnBoard(state)?.ply).toBe(1);
  });

  it("disappears as soon as the next move is played", () => {
    const state = storeWith(
      message("game_state", gameState({ ply: 1 })),
      message("move_prediction", movePredictions({ ply: 1 })),
      message("game_state", gameState({ ply: 2 })),
    );
    expect(predictionsOnBoard(state)).toBeNull();
  });

  it("may be an activity map of a few moves ago, and says how many", () => {
    const at = (ply: number) =>
      storeWith(
        message("game_state", gameState({ ply })),
        message("se_attention", seAttention({ ply: 4 })),
      );
    expect([attentionOnBoard(at(6))?.ply, movesAgo(at(6))]).toEqual([4, 2]);
    expect(attentionOnBoard(at(13))).toBeNull();
    expect(attentionOnBoard(at(3))).toBeNull();
  });

  it("is never taken from another game", () => {
    const state = storeWith(
      message("game_state", gameState({ game_id: "game-2", ply: 1 })),
      message("se_attention", seAttention({ ply: 1 })),
    );
    expect(attentionOnBoard(state)).toBeNull();
  });
});

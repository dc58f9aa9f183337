import { describe, expect, it } from "vitest";
import { gameState, message, ppoMetrics, systemStatus } from "../protocol/testMessages.ts";
import { gameFace, metricsFace, statusFace } from "./faces.ts";
import { createStreamStore } from "./streamStore.ts";

/** What a connected page knows after these messages. */
function known(...messages: ReturnType<typeof message>[]) {
  const store = createStreamStore({ level: "beginner", language: "en", map: "off" });
  store.getState().setConnectionStatus("connected");
  for (const one of messages) store.getState().receive(one, 0);
  return store.getState();
}

describe("a panel", () => {
  it("waits until its first message", () => {
    expect(metricsFace(known(), 100)).toEqual({ kind: "waiting" });
  });

  it("is live while its message is fresh", () => {
    const state = known(message("ppo_metrics", ppoMetrics(), 100));
    expect(metricsFace(state, 130)).toEqual({ kind: "live" });
  });

  it("is stale, with its age, once two updates should have come", () => {
    const state = known(message("ppo_metrics", ppoMetrics(), 100));
    expect(metricsFace(state, 200)).toEqual({ kind: "stale", age: 100, lost: false });
  });

  it("gives a slow run the time of three iterations", () => {
    const metrics = { ...ppoMetrics().metrics, selfplay_s: 60, update_s: 40 };
    const state = known(message("ppo_metrics", ppoMetrics({ metrics }), 100));
    expect(metricsFace(state, 390).kind).toBe("live");
    expect(metricsFace(state, 401).kind).toBe("stale");
  });

  it.each(["paused", "waiting"] as const)("is stale at once when training is %s", (training) => {
    const state = known(
      message("ppo_metrics", ppoMetrics(), 100),
      message("system_status", systemStatus({ training }), 103),
    );
    expect(metricsFace(state, 104)).toMatchObject({ kind: "stale", age: 4 });
  });

  it("is stale at once when the connection is lost", () => {
    const state = known(message("system_status", systemStatus(), 100));
    expect(statusFace({ ...state, connectionStatus: "reconnecting" }, 100)).toEqual({
      kind: "stale",
      age: 0,
      lost: true,
    });
  });

  it("gives a slow featured game the time of several moves", () => {
    const state = known(message("game_state", gameState({ seconds_per_move: 10 }), 100));
    expect(gameFace(state, 145).kind).toBe("live");
    expect(gameFace(state, 151).kind).toBe("stale");
  });

  it("does not call a game old that the operator has paused", () => {
    const state = known(message("game_state", gameState({ held: true }), 100));
    expect(gameFace(state, 1_000).kind).toBe("live");
  });
});

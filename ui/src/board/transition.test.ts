import { describe, expect, it } from "vitest";
import { gameState } from "../protocol/testMessages.ts";
import { makeScene, type Scene } from "./scene.ts";
import { makeTransition, progressAt } from "./transition.ts";

function sceneOf(ply: number): Scene {
  const scene = makeScene({
    game: gameState({ ply }),
    predictions: null,
    attention: null,
    map: "off",
    arrows: 0,
    labelled: false,
  });
  if (!scene) throw new Error("no scene");
  return scene;
}

describe("a transition", () => {
  const move = makeTransition(sceneOf(1), sceneOf(2), 1000, false);

  it("slides the next move for 250 ms, fast at first", () => {
    expect(progressAt(move, 1000).slide).toBe(0);
    expect(progressAt(move, 1125).slide).toBeGreaterThan(0.5);
    expect(progressAt(move, 1250).slide).toBe(1);
  });

  it("lets the origin glow on after the piece has arrived", () => {
    expect(progressAt(move, 1250).glow).toBeGreaterThan(0.5);
    expect(progressAt(move, 1250).done).toBe(false);
  });

  it("comes to rest within a second", () => {
    expect(progressAt(move, 1900)).toEqual({ slide: 1, glow: 0, fade: 1, done: true });
  });

  it("does not slide between positions that are not one move apart", () => {
    const jump = makeTransition(sceneOf(1), sceneOf(5), 1000, false);
    expect(progressAt(jump, 1001)).toMatchObject({ slide: 1, glow: 0 });
  });

  it("moves nothing for those who want reduced motion", () => {
    const still = makeTransition(sceneOf(1), sceneOf(2), 1000, true);
    expect(progressAt(still, 1000)).toEqual({ slide: 1, glow: 0, fade: 1, done: true });
  });
});

import { describe, expect, it } from "vitest";
import { gameState, movePredictions, seAttention } from "../protocol/testMessages.ts";
import { fullShare, isNextMove, makeScene, type Scene, type SceneInput } from "./scene.ts";

function scene(changes: Partial<SceneInput> = {}): Scene {
  const made = makeScene({
    game: gameState(),
    predictions: movePredictions(),
    attention: seAttention(),
    map: "destinations",
    arrows: 3,
    labelled: false,
    ...changes,
  });
  if (!made) throw new Error("no scene");
  return made;
}

describe("a scene", () => {
  it("marks the last move", () => {
    expect(scene().lastMove).toEqual({ from: 56, to: 47 });
  });

  it("marks the checked king of the side to move", () => {
    expect(scene({ game: gameState({ in_check: true }) }).check).toBe(4);
    expect(scene().check).toBeNull();
  });

  it("shows where the next move may land, the likeliest square in full colour", () => {
    const heat = scene().heat;
    expect(heat?.strength[47]).toBe(1);
    expect(heat?.strength[0]).toBeCloseTo(0.6 / 80 / 0.4);
  });

  it("stays pale while the network is undecided", () => {
    const destinations = Array.from({ length: 81 }, () => 1 / 81);
    const heat = scene({ predictions: movePredictions({ destinations }) }).heat;
    expect(Math.max(...(heat?.strength ?? []))).toBeLessThan(0.1);
    expect(fullShare(destinations)).toBe(0.2);
  });

  it("shows the activity map in its own colour, as it was measured", () => {
    const heat = scene({ map: "activity" }).heat;
    expect(heat?.strength).toEqual(seAttention().weights);
    expect(heat?.colour).not.toBe(scene().heat?.colour);
  });

  it("shows an earlier position's activity paler", () => {
    const game = gameState({ ply: 3 });
    const heat = scene({ map: "activity", game }).heat;
    expect(Math.max(...(heat?.strength ?? []))).toBeLessThan(0.6);
  });

  it.each(["off", "matters"] as const)("has no map when the choice is %s", (map) => {
    expect(scene({ map }).heat).toBeNull();
  });

  it("has no map while the position's own has not come", () => {
    expect(scene({ predictions: null }).heat).toBeNull();
    expect(scene({ map: "activity", attention: null }).heat).toBeNull();
  });

  it("draws as many arrows as the level asks for", () => {
    expect(scene({ arrows: 1 }).arrows).toEqual([{ from: 56, to: 47, probability: 0.4 }]);
    expect(scene({ arrows: 0 }).arrows).toEqual([]);
  });

  it("prints figures only where they are asked for and matter", () => {
    expect(scene().heat?.labels).toEqual([]);
    const labels = scene({ labelled: true }).heat?.labels ?? [];
    expect(labels.filter(Boolean)).toEqual(["40"]);
  });

  it("is not made of a position that cannot be read", () => {
    expect(
      makeScene({
        game: gameState({ sfen: "nonsense" }),
        predictions: null,
        attention: null,
        map: "off",
        arrows: 0,
        labelled: false,
      }),
    ).toBeNull();
  });
});

describe("isNextMove", () => {
  const before = scene({ game: gameState({ ply: 1 }) });

  it("holds for the same game one move later", () => {
    expect(isNextMove(before, scene({ game: gameState({ ply: 2 }) }))).toBe(true);
  });

  it.each([
    ["the same position again", gameState({ ply: 1 })],
    ["a jump", gameState({ ply: 3 })],
    ["another game", gameState({ game_id: "game-2", ply: 2 })],
  ])("does not hold for %s", (_, game) => {
    expect(isNextMove(before, scene({ game }))).toBe(false);
  });

  it("does not hold without a scene before", () => {
    expect(isNextMove(null, before)).toBe(false);
  });
});

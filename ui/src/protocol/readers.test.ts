import { describe, expect, it } from "vitest";
import { decode } from "./messages.ts";
import { asBoardMap, asSeries, Refused } from "./readers.ts";
import { gameState, ppoMetrics } from "./testMessages.ts";

function decoded(type: string, data: unknown) {
  return decode(JSON.stringify({ type, timestamp: 1, seq: 1, data }));
}

describe("a series", () => {
  it("lies between its ends, in two digits of base 64 a point", () => {
    expect(asSeries({ from: 0.25, to: 0.75, points: "AA//..gA" }, "")).toEqual([
      0.25,
      0.75,
      null,
      expect.closeTo(0.5, 3),
    ]);
  });

  it("may be empty or constant", () => {
    expect(asSeries({ from: 0, to: 0, points: "" }, "")).toEqual([]);
    expect(asSeries({ from: 0.5, to: 0.5, points: "AAAA" }, "")).toEqual([0.5, 0.5]);
  });

  it.each(["A", "A*", "AAA", ".A"])("is not %s", (points) => {
    expect(() => asSeries({ from: 0, to: 1, points }, "history")).toThrow(Refused);
  });

  it("reaches the page as numbers", () => {
    const game = { ...gameState(), evaluation_history: { from: 0.5, to: 1, points: "AA//" } };
    const result = decoded("game_state", game);
    expect(result.ok && result.message.data).toMatchObject({ evaluation_history: [0.5, 1] });
  });
});

describe("a message", () => {
  it("has every metric of the table", () => {
    const { entropy, ...others } = ppoMetrics().metrics;
    expect(entropy).not.toBeNull();
    const result = decoded("ppo_metrics", { ...ppoMetrics(), metrics: others });
    expect(result).toEqual({ ok: false, error: "ppo_metrics.metrics.entropy: expected a number" });
  });

  it("names the field that is wrong", () => {
    const result = decoded("game_state", { ...gameState(), evaluation_history: [0.5] });
    expect(result).toEqual({
      ok: false,
      error: "game_state.evaluation_history: expected an object",
    });
  });

  it("has 81 squares in a board map", () => {
    expect(() => asBoardMap([1, 2], "weights")).toThrow("weights: expected 81 numbers");
  });
});

import { describe, expect, it } from "vitest";
import { wholePercents } from "./wholePercents.ts";

describe("whole percents", () => {
  it("sum to 100 and stay within one of what they stand for", () => {
    for (const shares of [
      [0.414, 0.204, 0.382],
      [1 / 3, 1 / 3, 1 / 3],
      [0.995, 0.0025, 0.0025],
      [0.5049, 0.2902, 0.2049],
    ]) {
      const whole = wholePercents(shares);
      expect(whole.reduce((sum, one) => sum + one, 0)).toBe(100);
      whole.forEach((one, place) => {
        expect(Math.abs(one - (shares[place] ?? 0) * 100)).toBeLessThan(1);
      });
    }
  });

  it("are those of a result without a rest", () => {
    expect(wholePercents([0, 1, 0])).toEqual([0, 100, 0]);
  });
});

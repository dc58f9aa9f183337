import { describe, expect, it } from "vitest";
import { retryDelay } from "./backoff.ts";

describe("retryDelay", () => {
  it("starts at half a second at most", () => {
    expect(retryDelay(0, () => 1)).toBe(500);
  });

  it("doubles with every attempt", () => {
    expect([1, 2, 3].map((attempt) => retryDelay(attempt, () => 1))).toEqual([1000, 2000, 4000]);
  });

  it("never waits longer than five seconds, however long the showcase is away", () => {
    expect(retryDelay(2000, () => 1)).toBe(5000);
  });

  it("spreads viewers over half of the time", () => {
    expect(retryDelay(3, () => 0)).toBe(2000);
  });
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { growth, minutes } from "./memory.js";
import { randomFrom } from "./random.js";

// Minutes of a program that grows by so many MB an hour, with noise of 1 MB.
function life(count, perHour, random, level = 50) {
  return Array.from({ length: count }, (_, minute) => ({
    x: minute / 60,
    y: level + (perHour * minute) / 60 + 2 * random() - 1,
  }));
}

test("a leak is told from noise", () => {
  const random = randomFrom(1);
  const { slope, low, high } = growth([life(60, 12, random), life(60, 12, random, 70)]);
  assert.ok(low > 8 && high < 16, `${slope} (${low} to ${high})`);
});
test("noise is no leak", () => {
  const { low, high } = growth([life(100, 0, randomFrom(2))]);
  assert.ok(low < 0 && high > 0, `${low} to ${high}`);
});
test("a program that is larger after each start does not grow", () => {
  const random = randomFrom(3);
  const { low } = growth([50, 60, 70].map((level) => life(40, 0, random, level)));
  assert.ok(low < 1, `${low}`);
});
test("a few minutes tell nothing", () => {
  assert.equal(growth([life(5, 100, randomFrom(4))]), undefined);
});
test("what a program takes while it warms up is left out", () => {
  const samples = [0, 4, 5, 6].map((minute) => ({ age: minute * 60_000, bytes: minute * 1e6 }));
  assert.deepEqual(
    minutes(samples).map(({ y }) => y),
    [5, 6],
  );
});

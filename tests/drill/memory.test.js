import assert from "node:assert/strict";
import { test } from "node:test";
import { FILLING, growth, minutes } from "./memory.js";
import { randomFrom } from "./random.js";

const NOISE = 0.1; // MB, from one minute to another

// So many minutes of a program, each at `level(hours)` MB and some noise.
function life(count, random, level) {
  return Array.from({ length: count }, (_, minute) => ({
    x: minute / 60,
    y: level(minute / 60) + NOISE * (2 * random() - 1),
  }));
}
const leak =
  (perHour, from = 20) =>
  (hours) =>
    from + perHour * hours;

test("a leak of 1 MB an hour is found in an hour", () => {
  for (let seed = 0; seed < 200; ++seed) {
    const { slope, low, high } = growth([life(45, randomFrom(seed), leak(1))]);
    assert.ok(low > 0.5 && high < 1.5, `${slope} (${low} to ${high})`);
  }
});
test("no growth is found where there is none", () => {
  let found = 0;
  for (let seed = 0; seed < 400; ++seed) {
    const { low, high } = growth([life(45, randomFrom(seed), leak(0))]);
    if (low > 0 || high < 0) ++found;
  }
  assert.ok(found <= 400 * 0.08, `${found} of 400`);
});
test("what comes and goes is no growth", () => {
  const games = (hours) => 20 + 1.5 * (Math.floor(hours * 6) % 2); // ten minutes each
  const { low, high } = growth([life(48, randomFrom(2), games)]);
  assert.ok(low < 0 && high > 0, `${low} to ${high}`);
});
test("a memory that wanders is no growth", () => {
  let found = 0;
  for (let seed = 0; seed < 400; ++seed) {
    const random = randomFrom(seed);
    let away = 0;
    const wander = () => {
      away = 0.8 * away + (2 * random() - 1);
      return 20 + away;
    };
    if (growth([life(45, random, wander)]).low > 0) ++found;
  }
  assert.ok(found <= 400 * 0.06, `${found} of 400`);
});
test("growth by steps is growth", () => {
  const staircase = (hours) => 20 + 0.5 * Math.floor(hours * 6);
  const { low } = growth([life(48, randomFrom(3), staircase)]);
  assert.ok(low > 1, `${low}`);
});
test("a program that is larger after each start does not grow", () => {
  const random = randomFrom(4);
  const { low, high } = growth([50, 60, 70].map((level) => life(40, random, leak(0, level))));
  assert.ok(low < 0.1 && high > -0.1, `${low} to ${high}`);
});
test("a few minutes tell nothing", () => {
  assert.equal(growth([life(19, randomFrom(5), leak(100))]), undefined);
});

const sample = (minute, inUse) => ({ age: minute * 60_000, inUse });
test("from each minute on the least counts for as long as a fault lasts, once all has filled", () => {
  const samples = [
    ...[sample(FILLING - 1, 1e6), sample(FILLING, 7e6), sample(FILLING + 0.5, 5e6)],
    ...[1, 2, 3, 4].map((minute) => sample(FILLING + minute, 9e6)),
    ...[sample(FILLING + 4.5, undefined), sample(FILLING + 5, 6e6), sample(FILLING + 6, 2e6)],
  ];
  assert.deepEqual(minutes(samples), [
    { x: FILLING / 60, y: 5 },
    { x: (FILLING + 1) / 60, y: 6 },
  ]);
});
test("a program that is young has no such minutes", () => {
  assert.deepEqual(minutes([sample(1, 5e6)]), []);
});

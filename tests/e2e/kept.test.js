// Whether what is kept is right is itself judged by rules: here each is broken on purpose. All data is
// made up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gameFaults, historyFaults, milestoneFaults, updateFaults } from "./kept.js";

const always = { isSure: () => true, isDue: () => true };
const game = (number, more = {}) => ({
  ...{ game_id: `run-${number}`, game_number: number, update: number, start_sfen: "", moves: [] },
  ...{ winner: "black", reason: "checkmate", time: number, emitted_at: number, ...more },
});
const update = (number, loss = number / 10) => ({
  ...{ update: number, time: number, emitted_at: number, "ppo/policy_loss": loss },
});
const logged = [1, 2, 3].map((number) => update(number));

test("games that were logged and games that are kept are held against one another", () => {
  const games = [game(1), game(2)];
  assert.deepEqual(gameFaults(games, games, always), []);
  assert.match(gameFaults([game(1)], games, always).join(), /run-2 was logged and is not kept/);
  assert.match(gameFaults(games, [game(1)], always).join(), /run-2 is kept and was not logged/);
  assert.match(gameFaults([...games, game(2)], games, always).join(), /twice/);
  const other = game(2, { moves: ["7g7f"] });
  assert.equal(gameFaults([game(1), other], games, always).length, 2);
});
test("what is not due may be missing, and not be wrong", () => {
  const moments = { isSure: () => true, isDue: () => false };
  assert.deepEqual(gameFaults([], [game(1)], moments), []);
  assert.deepEqual(updateFaults([], logged, moments), []);
  assert.equal(gameFaults([game(2)], [game(1)], moments).length, 1);
});
test("an update is kept once", () => {
  assert.deepEqual(updateFaults(logged, logged, always), []);
  assert.match(updateFaults(logged.slice(1), logged, always).join(), /update 1 .* kept 0 times/);
  assert.match(updateFaults([...logged, update(3)], logged, always).join(), /kept 2 times/);
  assert.match(updateFaults([...logged, update(4)], logged, always).join(), /not logged/);
});

/** A history of these updates, in segments of so many columns, the points from 0 to 1. */
function history(values, segments = [values.length], starts = values.map((_, i) => i + 1)) {
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const points = values.map((value) => {
    const k = Math.round(value * 4095);
    return DIGITS[k >> 6] + DIGITS[k & 63];
  });
  const series = { from: 0, to: 1, points: points.join("") };
  const line = { min: series, max: series, mean: series, last: series };
  return {
    segment: segments.length,
    forgotten: 0,
    updates: {
      updates: 1,
      starts,
      segments: segments.map((columns, i) => ({ segment: i + 1, columns })),
    },
    metrics: [{ metric: "policy_loss", line }],
  };
}
test("each point of the history was logged, and each logged update is a point", () => {
  assert.deepEqual(historyFaults(history([0.1, 0.2, 0.3]), logged, always), []);
  assert.match(historyFaults(history([0.1, 0.2]), logged, always).join(), /update 3.* not shown/);
  const wrong = historyFaults(history([0.1, 0.25, 0.3]), logged, always).join();
  assert.match(wrong, /column 1 ends at 0\.2.* not logged/);
  assert.match(wrong, /update 2.* not shown/);
  assert.match(historyFaults(history([]), logged, always).join(), /empty/);
});
test("what was learned again is in the newest segment", () => {
  const again = [...logged, update(3, 0.7)];
  const right = history([0.1, 0.2, 0.3, 0.7], [3, 1], [1, 2, 3, 3]);
  assert.deepEqual(historyFaults(right, again, always), []);
  const swapped = history([0.1, 0.2, 0.7, 0.3], [3, 1], [1, 2, 3, 3]);
  assert.match(historyFaults(swapped, again, always).join(), /update 3, 0\.7, is not shown/);
  const forgetful = { ...history([0.7], [1], [3]), segment: 1, forgotten: 1 };
  assert.deepEqual(historyFaults(forgetful, again, always), []);
});

const milestone = (key, game_id = null) => ({ key, game_id });
const reached = [milestone("checkmate", "run-1"), milestone("win/black", "run-1")];
test("milestones stay, come once, and are those of the log", () => {
  const log = { games: [game(1), game(2, { winner: "white" })], updates: logged };
  const all = [...reached, milestone("win/white", "run-2")];
  const faults = (now, before = []) => milestoneFaults(now, before, log, always).join();
  assert.equal(faults(all, reached), "");
  assert.match(faults([...all, all[0]]), /twice/);
  assert.match(faults(all, [milestone("horse", "run-2")]), /horse was/);
  assert.match(faults(reached), /win\/white is of undefined, and the first was run-2/);
  assert.match(faults([...all, milestone("dragon", "run-9")]), /nobody finished the game run-9/);
  const late = [milestone("checkmate", "run-2"), ...all.slice(1)];
  assert.match(faults(late), /checkmate is of run-2, and the first was run-1/);
});
test("ten updates are a milestone", () => {
  const log = { games: [], updates: [update(10)] };
  assert.match(milestoneFaults([], [], log, always).join(), /10 updates are no milestone/);
  assert.deepEqual(milestoneFaults([milestone("updates/10")], [], log, always), []);
});

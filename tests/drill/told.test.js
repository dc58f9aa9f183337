import assert from "node:assert/strict";
import { test } from "node:test";
import { read, unasked, unfulfilled } from "./told.js";

const DUTY = [{ by: "trainer", what: /showcase/ }];
const BEGINS = "keisei-train: streaming to the showcase: stopped working: connection refused";
const ENDS = "keisei-train: streaming to the showcase: works again (was: connection refused)";
const said = (texts, { by = "trainer", life = 0 } = {}) =>
  texts.map((text, at) => ({ by, life, line: read({ at, text }) }));

test("a fault that is told when it begins and when it ends is told once", () => {
  assert.deepEqual(unfulfilled(DUTY, said([BEGINS, ENDS])), []);
});
test("silence is found", () => {
  assert.equal(unfulfilled(DUTY, said([])).length, 2);
  assert.equal(unfulfilled(DUTY, said([BEGINS])).length, 1);
});
test("the same line twice is found, whatever its numbers", () => {
  assert.equal(unfulfilled(DUTY, said([BEGINS, BEGINS, ENDS])).length, 1);
  const refusal = (n) => `[warning] telemetry refused: ply ${n}`;
  assert.equal(unfulfilled([], said([refusal(1), refusal(2)])).length, 1);
});
test("a program that is started anew may say what its predecessor said", () => {
  const two = [...said([BEGINS, ENDS]), ...said([BEGINS, ENDS], { life: 1 })];
  assert.deepEqual(unfulfilled(DUTY, two), []);
});
test("lines that tell how a run does are no warnings", () => {
  assert.deepEqual(unfulfilled([], said(["update 1 · 64 plies", "update 2 · 128 plies"])), []);
});
test("a line of the wrong program does not count", () => {
  assert.equal(unfulfilled(DUTY, said([BEGINS, ENDS], { by: "showcase" })).length, 2);
});
test("a turn that no fault asked for is found", () => {
  assert.deepEqual(unasked(DUTY, said([BEGINS, ENDS])), []);
  assert.equal(unasked([], said([BEGINS, ENDS])).length, 1);
});

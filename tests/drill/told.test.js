import assert from "node:assert/strict";
import { test } from "node:test";
import { byFault, read, unasked, unfulfilled } from "./told.js";

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
test("a warning that no fault asked for is found, unless it is allowed", () => {
  const loss = said(["2026-11-28T08:02:16.041Z warning hook_losses: lost events: ring_full"]);
  assert.equal(unasked([], loss).length, 1);
  assert.deepEqual(unasked([], loss, [{ by: "trainer", line: /hook_losses/ }]), []);
  assert.equal(unasked([], loss, [{ by: "trainer", line: /trainers_door/ }]).length, 1);
});

const LOST = "keisei-train: streaming to the showcase: stopped working: connection lost";
test("a second telling after the recovery is found, whatever its reason", () => {
  assert.equal(unfulfilled(DUTY, said([BEGINS, ENDS, LOST, ENDS])).length, 1);
});
test("another reason is told after a minute, not sooner", () => {
  const turns = (second) => [
    ...said([BEGINS]),
    { by: "trainer", life: 0, line: read({ at: second, text: LOST }) },
    { by: "trainer", life: 0, line: read({ at: 90_000, text: ENDS }) },
  ];
  assert.deepEqual(unfulfilled(DUTY, turns(60_000)), []);
  assert.equal(unfulfilled(DUTY, turns(4_000)).length, 1);
});
test("a recovery that is told twice is found", () => {
  assert.equal(unfulfilled(DUTY, said([BEGINS, ENDS, ENDS])).length, 1);
});
test("a thing may stop working as often as its fault allows", () => {
  const often = [{ ...DUTY[0], times: 2 }];
  assert.deepEqual(unfulfilled(often, said([BEGINS, ENDS, BEGINS, ENDS])), []);
  assert.equal(unfulfilled(often, said([BEGINS, ENDS, BEGINS, ENDS, BEGINS, ENDS])).length, 1);
});
test("what happens again is summed up: the same line with a count comes a minute later", () => {
  const line = (at, text) => ({ by: "showcase", life: 0, line: read({ at, text }) });
  const first = line(0, "warning games: a game cannot be shown");
  const more = (at) => line(at, "warning games: a game cannot be shown (3 times)");
  assert.deepEqual(unfulfilled([], [first, more(60_000)]), []);
  assert.equal(unfulfilled([], [first, more(5_000)]).length, 1);
});

test("what is told between two faults is judged with the first of them", () => {
  const faced = [
    { fault: { name: "cut", told: DUTY }, from: 10, to: 20 },
    { fault: { name: "stop", told: [] }, from: 100, to: 120 },
  ];
  const at = (moment) => ({ by: "trainer", life: 0, line: read({ at: moment, text: BEGINS }) });
  const parts = byFault(faced, [0, 5, 15, 60, 130, 500].map(at), { begin: 1, end: 200 });
  assert.deepEqual(
    parts.map(({ fault, told }) => [fault.name, told.map(({ line }) => line.at)]),
    [
      ["no fault yet", [5]],
      ["cut", [15, 60]],
      ["stop", [130]],
    ],
  );
});

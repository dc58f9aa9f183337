import assert from "node:assert/strict";
import { test } from "node:test";
import { temporaryFolder } from "../e2e/processes.js";
import { evidenceOf, keep, kept } from "./evidence.js";
import { FAULTS } from "./faults.js";

const program = { name: "trainer", lines: [{ at: 5, text: "a line" }], startedAt: 1 };
const drill = {
  show: {
    runFolders: [],
    deaths: [],
    programs: [{ ...program, endedAt: Number.POSITIVE_INFINITY, child: () => {} }],
    transcript: { conversations: [{ messages: [{ type: "heartbeat" }], acknowledged: 1 }] },
  },
  witness: { shown: [{ at: 3, type: "system_status" }], invalid: [], visits: [] },
  watch: {
    silences: [4],
    counters: [{ at: 4, skipped: new Map([["gap", 2]]) }],
    unread: [],
    looks: 7,
    games: new Map([["0 r1-1", { game_id: "r1-1" }]]),
    memory: new Map([[program, [{ age: 2_000, resident: 5, inUse: 3 }]]]),
  },
  faced: [{ fault: FAULTS[2], from: 2, to: 6, problems: [] }],
  mishaps: ["the drill itself"],
  begin: 1,
  over: 9,
};

test("evidence is read as it was kept, with the faults that it is about", async () => {
  const folder = await temporaryFolder();
  try {
    const evidence = await evidenceOf(drill);
    const path = `${folder.path}/evidence`;
    await keep(path, evidence);
    const again = await kept(path);
    assert.deepEqual(again, evidence);
    assert.equal(again.faced[0].fault, FAULTS[2]);
    const samples = [{ age: 2_000, resident: 5, inUse: 3 }];
    assert.deepEqual(again.memory, [{ name: "trainer", samples }]);
  } finally {
    await folder.remove();
  }
});

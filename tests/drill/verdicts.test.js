// What is said of a program's memory: by what it had in use, not by what was resident.
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomFrom } from "./random.js";
import { memoryVerdict } from "./verdicts.js";

const HOUR = 3_600_000;
const EVERY = 2_000;
const random = randomFrom(1);

// An hour of a trainer that works: every other second or so it needs 80 MB more for a moment.
function life({ perHour = 0, steps = 0 }, name = "trainer") {
  const samples = Array.from({ length: HOUR / EVERY }, (_, i) => {
    const age = i * EVERY;
    const kept = 120e6 + (perHour * 1e6 * age) / HOUR;
    const busy = random() < 0.5 ? 80e6 * random() : 0;
    const freed = steps * 1.6e6 * Math.floor((3 * age) / HOUR); // and not given back
    return { age, inUse: kept + busy, resident: kept + 160e6 + freed };
  });
  return { name, samples };
}
const verdict = (...memory) => memoryVerdict({ memory, begin: 0, over: 2 * HOUR }, "trainer");

test("a leak of 1 MB an hour fails", () => {
  assert.match(verdict(life({ perHour: 1 })).findings.join(), /grows by 1\.\d\d MB an hour/);
});
test("flat memory passes, with the slope and its interval, though what is resident rises by steps", () => {
  const { findings, facts } = verdict(life({ steps: 1 }));
  assert.deepEqual(findings, []);
  assert.match(facts, /in use, .* resident; -?0\.\d\d MB an hour \(-?0\.\d\d to -?0\.\d\d\)/);
});
test("memory that goes so much up and down that growth could hide in it fails, and says so", () => {
  const restless = life({});
  for (const sample of restless.samples) {
    sample.inUse += 3e6 * Math.cos((2 * Math.PI * sample.age) / (HOUR / 2));
  }
  assert.match(
    verdict(restless).findings.join(),
    /cannot be told whether it grows: \d+\.\d\d MB an hour could hide/,
  );
});
test("another program's leak is not this one's", () => {
  assert.deepEqual(verdict(life({}), life({ perHour: 5 }, "showcase")).findings, []);
});
test("a program that tells nothing of its memory fails", () => {
  const silent = { name: "trainer", samples: [{ age: 5_000, resident: 5e6, inUse: undefined }] };
  assert.match(verdict(silent).findings.join(), /nothing to judge by/);
});
test("a long drill in which no life was long enough fails, a short one does not", () => {
  const short = { name: "trainer", samples: life({}).samples.slice(0, 100) };
  assert.match(verdict(short).findings.join(), /long enough/);
  const drill = { memory: [short], begin: 0, over: HOUR / 4 };
  assert.deepEqual(memoryVerdict(drill, "trainer").findings, []);
});

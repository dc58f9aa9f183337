// The real showcase and its real trainer are killed again and again: what is kept is then what the
// trainer logged, each game and update once. KEISEI_KILLS says how often (5), KEISEI_SEED whom and
// when.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomFrom } from "../drill/random.js";
import {
  gameFaults,
  historyFaults,
  isSameUpdate,
  milestoneFaults,
  milestonesOf,
  pastOf,
  readLogs,
  remembered,
  updateFaults,
} from "./kept.js";
import {
  eventually,
  freePort,
  isUp,
  startShowcase,
  startTrainer,
  temporaryFolder,
} from "./processes.js";

const KILLS = Number(process.env.KEISEI_KILLS ?? 5);
const SEED = Number(process.env.KEISEI_SEED ?? 12);

let folder;
let port;
let showcase;
let trainer;
let milestones = []; // as they were after the kill before
const trainerKills = []; // seconds since the epoch
const processes = [];
const started = (process) => {
  processes.push(process);
  return process;
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const OFTEN = ["--set", "checkpoint.interval_s=5"]; // a killed trainer repeats little
const train = () => startTrainer({ port, folder: folder.path, args: OFTEN });

async function killShowcase(random) {
  await showcase.stop("SIGKILL");
  await pause(random() * 1_000);
  showcase = started(startShowcase({ port, folder: folder.path }));
  await eventually("the showcase answers", () => isUp(port), { within: 20_000 });
}

async function killTrainer(random) {
  trainerKills.push(Date.now() / 1000);
  await trainer.stop("SIGKILL");
  await pause(random() * 1_000);
  const learned = (await readLogs(folder.path)).updates.length;
  trainer = started(train());
  const goesOn = async () => (await readLogs(folder.path)).updates.length > learned;
  await eventually("the trainer goes on", goesOn, { within: 180_000 });
}

/** Of what a trainer said within a second before it was killed nobody knows whom it reached. */
const isSure = (time) => !trainerKills.some((kill) => time > kill - 1 && time < kill + 0.1);

/** What is kept, in the store and of what viewers get, is what was logged until now. */
async function holdAgainstLogs() {
  const { games, updates } = await readLogs(folder.path);
  const until = Math.max(...[...games, ...updates].map(({ time }) => time));
  const moments = { isSure, isDue: (time) => isSure(time) && time <= until };
  let faults = ["what is kept cannot be read"];
  let reached = milestones;
  const isRight = async () => {
    const kept = remembered(folder.path);
    const history = await pastOf(port);
    reached = await milestonesOf(port, history.run_id);
    const log = await readLogs(folder.path);
    faults = [
      ...gameFaults(kept.games, log.games, moments),
      ...updateFaults(kept.updates, log.updates, moments),
      ...historyFaults(history, log.updates, moments),
      ...milestoneFaults(reached, milestones, log, moments),
    ];
    return faults.length === 0;
  };
  // What is logged in the very moment of the reading is there the next time.
  await eventually("what is kept is right", isRight, { within: 30_000 }).catch(() => {});
  assert.deepEqual(faults, []);
  milestones = reached;
}

before(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  showcase = started(startShowcase({ port, folder: folder.path }));
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  trainer = started(train());
  await eventually("a game is kept", () => remembered(folder.path).games.length > 0, {
    within: 180_000,
  });
});

after(async () => {
  for (const process of processes) {
    await process.stop("SIGKILL");
    if (globalThis.process.exitCode)
      console.error(`--- ${process.name}\n${process.log.slice(-5_000)}`);
  }
  await folder?.remove();
});

test(`after each of ${KILLS} kills at moments of seed ${SEED}, what is kept is what was logged`, async () => {
  const random = randomFrom(SEED);
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(random() * 5_000);
    await (kill % 2 === 0 ? killShowcase : killTrainer)(random);
    await holdAgainstLogs();
  }
  const numberOfGames = async () => (await readLogs(folder.path)).games.length;
  const before = await numberOfGames();
  await eventually("another game is logged", async () => (await numberOfGames()) > before, {
    within: 180_000,
  });
  await holdAgainstLogs();
  assert.ok(milestones.length > 0, "something was reached");
  assert.ok(!/store: stopped working/.test(processes.map(({ log }) => log).join("")));
});

test("what is kept of an update is what the trainer logged", async () => {
  const { updates } = remembered(folder.path);
  const { updates: logged } = await readLogs(folder.path);
  let compared = 0;
  for (const { update, metrics, emitted_at } of updates.slice(0, -1)) {
    const line = logged.find((one) => isSameUpdate({ update, emitted_at }, one));
    if (!line && !isSure(emitted_at)) continue;
    for (const [name, value] of Object.entries(metrics)) {
      if (!(name in line) || value === null) continue;
      assert.ok(
        Math.abs(value - line[name]) <= 1e-6 * Math.abs(line[name]) + 1e-9,
        `update ${update}, ${name}: ${value} is ${line[name]}`,
      );
      compared++;
    }
  }
  assert.ok(compared > updates.length, `${compared} numbers of ${updates.length} updates`);
});

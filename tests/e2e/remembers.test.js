// The real showcase and its real trainer are killed again and again: what is kept is then what the
// trainer logged, each game and update once. KEISEI_KILLS says how often (5), KEISEI_SEED whom and
// when.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  bin,
  eventually,
  freePort,
  isUp,
  readJsonl,
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
const trainerKills = []; // seconds since the epoch
const processes = [];
const started = (process) => {
  processes.push(process);
  return process;
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** Numbers from 0 to 1 (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What the store remembers, by the type of the message. */
function remembered() {
  const output = execFileSync(
    join(bin, "keisei_store_printing"),
    [join(folder.path, "showcase/show.db")],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const messages = output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const of = (type) => messages.filter((one) => one.type === type).map((one) => one.data);
  return { games: of("game_finished"), updates: of("trainer_metrics") };
}

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
  const learned = (await metricsLog()).length;
  trainer = started(train());
  await eventually("the trainer goes on", async () => (await metricsLog()).length > learned);
}

/** Of what a trainer said within a second before it was killed nobody knows whom it reached. */
const isSure = (time) => !trainerKills.some((kill) => time > kill - 1 && time < kill + 0.1);

const gameLog = () => readJsonl(join(folder.path, "run/games.jsonl"));
const metricsLog = () => readJsonl(join(folder.path, "run/metrics.jsonl"));
const played = ({ game_id, game_number, update, start_sfen, moves, winner, reason }) => ({
  ...{ game_id, game_number, update, start_sfen, moves, winner, reason },
});
/** A resumed trainer learns an update again: then it is another one. */
const isOf = ({ update, emitted_at }, line) =>
  update === line.update && Math.abs(emitted_at - line.time) < 1;
const text = (game) => JSON.stringify(played(game));

before(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  showcase = started(startShowcase({ port, folder: folder.path }));
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  trainer = started(train());
  await eventually("a game is kept", () => remembered().games.length > 0, { within: 180_000 });
});

after(async () => {
  for (const process of processes) {
    await process.stop("SIGKILL");
    if (globalThis.process.exitCode)
      console.error(`--- ${process.name}\n${process.log.slice(-5_000)}`);
  }
  await folder?.remove();
});

test(`after ${KILLS} kills at moments of seed ${SEED}, what is kept is what was logged`, async () => {
  const random = randomFrom(SEED);
  for (let kill = 0; kill < KILLS; kill++) {
    await pause(random() * 5_000);
    await (kill % 2 === 0 ? killShowcase : killTrainer)(random);
  }
  const before = (await gameLog()).length;
  await eventually("the trainer logs another game", async () => (await gameLog()).length > before, {
    within: 180_000,
  });
  const games = await gameLog();
  const updates = await metricsLog();
  const kept = await eventually("the last of them are kept", () => {
    const now = remembered();
    const hasGame = now.games.some((game) => text(game) === text(games.at(-1)));
    return hasGame && now.updates.some((one) => isOf(one, updates.at(-1))) && now;
  });

  const keptGames = kept.games.map(text);
  assert.equal(new Set(keptGames).size, keptGames.length, "a game is kept once");
  const sure = games.filter(({ time }) => isSure(time)).map(text);
  assert.deepEqual(
    sure.filter((game) => !keptGames.includes(game)),
    [],
    "logged games are kept",
  );
  const loggedGames = (await gameLog()).map(text);
  assert.deepEqual(
    kept.games.filter((game) => isSure(game.emitted_at) && !loggedGames.includes(text(game))),
    [],
    "kept games were logged",
  );

  const times = (line) => kept.updates.filter((one) => isOf(one, line)).length;
  for (const line of updates.filter(({ time }) => isSure(time))) {
    assert.equal(times(line), 1, `update ${line.update} of ${line.time} is kept once`);
  }
  const loggedUpdates = await metricsLog();
  for (const one of kept.updates.filter(({ emitted_at }) => isSure(emitted_at))) {
    assert.ok(
      loggedUpdates.some((line) => isOf(one, line)),
      `update ${one.update} of ${one.emitted_at} was logged`,
    );
  }
  assert.ok(!/store: stopped working/.test(processes.map(({ log }) => log).join("")));
});

test("what is kept of an update is what the trainer logged", async () => {
  const { updates } = remembered();
  const logged = await metricsLog();
  let compared = 0;
  for (const { update, metrics, emitted_at } of updates.slice(0, -1)) {
    const line = logged.find((one) => isOf({ update, emitted_at }, one));
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

// The real showcase is killed again and again under a real trainer: what it kept is then what the
// trainer logged, each game and update once. KEISEI_KILLS says how often (5), KEISEI_SEED when.
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

const gameLog = () => readJsonl(join(folder.path, "run/games.jsonl"));
const metricsLog = () => readJsonl(join(folder.path, "run/metrics.jsonl"));
const played = ({ game_id, game_number, update, start_sfen, moves, winner, reason }) => ({
  ...{ game_id, game_number, update, start_sfen, moves, winner, reason },
});
const byNumber = (a, b) => a.game_number - b.game_number;

before(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  showcase = started(startShowcase({ port, folder: folder.path }));
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  started(startTrainer({ port, folder: folder.path }));
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
    await showcase.stop("SIGKILL");
    await pause(random() * 1_000);
    showcase = started(startShowcase({ port, folder: folder.path }));
    await eventually("the showcase answers", () => isUp(port), { within: 20_000 });
  }
  const logged = (await gameLog()).length;
  await eventually("the trainer logs another game", async () => (await gameLog()).length > logged, {
    within: 180_000,
  });
  const games = (await gameLog()).map(played).sort(byNumber);
  const updates = (await metricsLog()).map((line) => line.update);
  await eventually("the last of them are kept", () => {
    const kept = remembered();
    return (
      kept.games.some((game) => game.game_id === games.at(-1).game_id) &&
      kept.updates.some(({ update }) => update === updates.at(-1))
    );
  });

  const kept = remembered();
  const known = new Set(games.map((game) => game.game_id));
  assert.deepEqual(
    kept.games
      .map(played)
      .filter((game) => known.has(game.game_id))
      .sort(byNumber),
    games,
  );
  assert.deepEqual(
    kept.updates.map(({ update }) => update).filter((update) => update <= updates.at(-1)),
    updates,
  );
  assert.ok(!/store: stopped working/.test(processes.map(({ log }) => log).join("")));
});

test("what is kept of an update is what the trainer logged", async () => {
  const { updates } = remembered();
  const logged = new Map((await metricsLog()).map((line) => [line.update, line]));
  let compared = 0;
  for (const { update, metrics } of updates.slice(0, -1)) {
    const line = logged.get(update).metrics ?? logged.get(update);
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

// keisei-train tells whoever looks at its terminal that it does not stream, and why.
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import {
  eventually,
  freePort,
  isUp,
  startShowcase,
  startTrainer,
  temporaryFolder,
} from "./processes.js";

const small = [
  ...["--threads", "1", "--set", "network.depth=1", "--set", "network.width=8"],
  ...["--set", "environment.count=4", "--set", "environment.max_plies=40"],
  ...["--set", "ppo.steps=16", "--set", "ppo.minibatch=32", "--set", "evaluation.interval_s=0"],
];

async function show(context) {
  const { path: folder, remove } = await temporaryFolder();
  const port = await freePort();
  const started = [];
  const start = {
    showcase: () => started[started.push(startShowcase({ port, folder })) - 1],
    trainer: (...args) => start.trainerWith({}, ...args),
    trainerWith: (how, ...args) =>
      started[started.push(startTrainer({ port, folder, ...how, args: [...small, ...args] })) - 1],
  };
  context.after(async () => {
    for (const process of started.reverse()) await process.stop();
    await remove();
  });
  return { folder, port, start };
}

const toldBy = (trainer) =>
  trainer.log.split("\n").filter((line) => line.includes("streaming to the showcase"));

for (const [name, options, reason, how = {}] of [
  [
    "a wrong token",
    ({ folder }) => ["--token-file", join(folder, "wrong")],
    /refused the token in .*wrong \(HTTP 401\)/,
  ],
  [
    "a missing token file",
    ({ folder }) => ["--token-file", join(folder, "none")],
    /none: No such file/,
  ],
  ["a folder for a token file", ({ folder }) => ["--token-file", folder], /is a folder/],
  ["no token", () => [], /no token file was given/, { hasToken: false }],
  [
    "wss:// to a plain port",
    ({ port }) => ["--stream", `wss://127.0.0.1:${port}/ingest`],
    /is that port for ws:\/\//,
  ],
]) {
  test(`${name} is told once, with the reason`, async (context) => {
    const { folder, port, start } = await show(context);
    await writeFile(join(folder, "wrong"), `${"x".repeat(64)}\n`);
    await mkdir(join(folder, "showcase"), { recursive: true });
    start.showcase();
    await eventually("the page is up", () => isUp(port));
    const trainer = start.trainerWith(how, ...options({ folder, port }));
    await eventually("it is told", () => toldBy(trainer).length > 0);
    await eventually("training goes on", () => trainer.log.includes("update 3 "));
    assert.equal(toldBy(trainer).length, 1, trainer.log);
    assert.match(toldBy(trainer)[0], /^keisei-train: .*stopped working/);
    assert.match(toldBy(trainer)[0], reason);
  });
}

test("a showcase that comes and goes is told at each turn", async (context) => {
  const { port, start } = await show(context);
  const trainer = start.trainer();
  await eventually("nobody listens", () => toldBy(trainer).length === 1);
  assert.match(toldBy(trainer)[0], /cannot connect to 127.0.0.1:\d+: Connection refused/);
  const showcase = start.showcase();
  await eventually("it streams", () => toldBy(trainer).length === 2);
  assert.match(toldBy(trainer)[1], /works again/);
  await showcase.stop("SIGKILL");
  await eventually("it does not", () => toldBy(trainer).length === 3);
  assert.match(toldBy(trainer)[2], /stopped working: connection lost/);
  assert.equal(await isUp(port).catch(() => false), false);
});

test("a trainer that another replaced is told, and leaves that one alone", async (context) => {
  const { folder, port, start } = await show(context);
  start.showcase();
  await eventually("the page is up", () => isUp(port));
  const first = start.trainer();
  await eventually("it learns", () => first.log.includes("update 1 "));
  const second = start.trainer("--run-dir", join(folder, "other"));
  await eventually("the first is told", () => toldBy(first).length === 1);
  assert.match(toldBy(first)[0], /another trainer took over/);
  await eventually("the second learns", () => second.log.includes("update 20 "));
  assert.equal(toldBy(first).length, 1);
  assert.deepEqual(toldBy(second), []);
});

// The real trainer, the real showcase and the page in real Chromium: what a viewer sees is what the
// trainer played and measured, nobody is told of trouble while there is none, and it comes back after
// either process is killed. The demo as it is, but for games that end sooner.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Operator } from "../kit/operator.js";
import { portsIn } from "../kit/programs.js";
import {
  bin,
  eventually,
  freePort,
  isUp,
  launchChromium,
  readJsonl,
  startShowcase,
  startTrainer,
  temporaryFolder,
} from "./processes.js";
import { answerProblem, heldAgainstSchema, holdPageAgainstSchema, violations } from "./schema.js";

let folder;
let port;
let showcase;
let trainer;
let browser;
let page;
const processes = [];
const shortGames = ["--set", "environment.max_plies=100"];
const pageErrors = [];

const started = (process) => {
  processes.push(process);
  return process;
};
const gameLog = () => readJsonl(join(folder.path, "run/games.jsonl"));
const metricsLog = () => readJsonl(join(folder.path, "run/metrics.jsonl"));

const board = () =>
  page.getByTestId("board").evaluate((element) => ({
    sfen: element.dataset.sfen,
    gameId: element.dataset.gameId,
    ply: Number(element.dataset.ply),
    lastMove: element.dataset.lastMove,
  }));
const heat = () => page.getByTestId("board").getAttribute("data-heat");
const training = () => page.locator("[data-training]").first().getAttribute("data-training");
const connection = () => page.locator("[data-connection]").first().getAttribute("data-connection");

/** The legal moves after a game's first moves by the rules library, as USI; it refuses an illegal one. */
function legalMoves(start, moves) {
  const played = moves.length > 0 ? ["--moves", moves.join(" ")] : [];
  const output = execFileSync(
    join(bin, "keisei-perft"),
    ["--divide", "--sfen", start, ...played, "--", "1"],
    { encoding: "utf8" },
  );
  return [...output.matchAll(/^([1-9][a-i][1-9][a-i]\+?|[PLNSGBR]\*[1-9][a-i])\b/gm)].map(
    (m) => m[1],
  );
}

before(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  showcase = started(startShowcase({ port, folder: folder.path }));
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  trainer = started(startTrainer({ port, folder: folder.path, args: shortGames }));
  browser = await launchChromium();
  page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  holdPageAgainstSchema(page);
  page.on("pageerror", (error) => pageErrors.push(error.message));
  await page.goto(`http://127.0.0.1:${port}/?level=advanced`);
});

after(async () => {
  await browser?.close();
  for (const process of processes) {
    await process.stop("SIGKILL");
    if (globalThis.process.exitCode)
      console.error(`--- ${process.name}\n${process.log.slice(-20_000)}`);
  }
  await folder?.remove();
});

test("a move on screen is a legal move of a game in the trainer's own log", async () => {
  // Every position that the page shows, until one belongs to a game that the trainer has logged.
  const seen = [];
  const { shown, game } = await eventually(
    "a move of a logged game on screen",
    async () => {
      const now = await board();
      if (now.lastMove && seen.at(-1)?.sfen !== now.sfen) seen.push(now);
      const games = new Map((await gameLog()).map((entry) => [entry.game_id, entry]));
      const match = seen.find((entry) => entry.ply > 0 && games.has(entry.gameId));
      return match && { shown: match, game: games.get(match.gameId) };
    },
    { within: 180_000 },
  );
  assert.equal(shown.lastMove, game.moves[shown.ply - 1]);
  // Replay the log by the rules: every move before it was legal, and so is this one.
  const earlier = game.moves.slice(0, shown.ply - 1);
  assert.ok(
    legalMoves(game.start_sfen, earlier).includes(shown.lastMove),
    `${shown.lastMove} after ${earlier}`,
  );
});

test("a metric on screen equals the trainer's log", async () => {
  const reading = await eventually(
    "a KL divergence on screen",
    async () => {
      const data = await page.getByTestId("metrics").evaluate((panel) => ({
        update: panel.dataset.update,
        value: panel.querySelector('[data-metric="kl_divergence"]').dataset.value,
      }));
      return data.value && data.update ? data : null;
    },
    { within: 90_000 },
  );
  const logged = (await metricsLog()).find((line) => line.update === Number(reading.update));
  assert.ok(logged, `update ${reading.update} is in the log`);
  const value = logged.metrics?.["ppo/kl_divergence_approx"] ?? logged["ppo/kl_divergence_approx"];
  assert.ok(
    Math.abs(Number(reading.value) - value) <= 1e-6 + 1e-4 * Math.abs(value),
    `${reading.value} is ${value}`,
  );
});

test("metrics move on with real updates and the heatmap is there", async () => {
  const updateOnScreen = () => page.getByTestId("metrics").getAttribute("data-update").then(Number);
  const first = await updateOnScreen();
  await eventually("a later update on screen", async () => (await updateOnScreen()) > first, {
    within: 90_000,
  });
  await eventually("a heatmap on screen", async () => (await heat()) === "shown");
});

/** What a program said, without the lines that it is there to say. */
function unforeseen({ log }, foreseen) {
  return log.split("\n").filter((line) => line && !foreseen.some((pattern) => pattern.test(line)));
}

test("nobody is told of trouble while there is none", async () => {
  // Every second of them is measured, which leaves moves out.
  await eventually("six featured games", async () => (await gameLog()).length >= 6, {
    within: 400_000,
  });
  const operator = new Operator({
    tokenFile: join(folder.path, "showcase/operator.token"),
    controlPort: portsIn(showcase.log).control,
  });
  const counters = await operator.counters();
  const counted = [
    "keisei_studio_telemetry_unused_total",
    "keisei_studio_games_skipped_total",
    "keisei_studio_hook_events_dropped_total",
    "keisei_edge_telemetry_refused_total",
  ].flatMap((name) => [...counters.byReason(name)].map(([reason, count]) => [name, reason, count]));
  const onPurpose = ["left_out", "measuring"];
  assert.deepEqual(
    counted.filter(([, reason, count]) => count > 0 && !onPurpose.includes(reason)),
    [],
  );
  assert.ok(counters.value('keisei_studio_games_skipped_total{reason="left_out"}') > 0);
  assert.deepEqual(await operator.notices(), []);
  assert.deepEqual(
    unforeseen(showcase, [
      / info show: a new operator token is in /,
      / info show: .* is showing on /,
    ]),
    [],
  );
  assert.deepEqual(
    unforeseen(trainer, [
      /^run \S+ · /,
      /^a new run · /,
      /^update \d+ · /,
      /^evaluation of update /,
    ]),
    [],
  );
});

test("every logged game is in the archive as it was played", async () => {
  const games = await gameLog();
  assert.ok(games.length >= 6);
  for (const { game_id, start_sfen, moves, winner, reason } of games) {
    const run = game_id.slice(0, game_id.lastIndexOf("-"));
    const path = `http://127.0.0.1:${port}/api/v1/games/${run}/${game_id}`;
    const answer = await eventually("the game is kept", async () => {
      const asked = await fetch(path);
      return asked.ok && (await asked.json());
    });
    assert.equal(answerProblem("ArchivedGame", answer), undefined);
    assert.equal(answer.start_sfen, start_sfen);
    assert.deepEqual(
      answer.moves.map(({ move }) => move.usi),
      moves,
    );
    assert.deepEqual([answer.game.winner, answer.game.reason], [winner, reason]);
    const usi = await (await fetch(`${path}.usi`)).text();
    assert.ok(usi.endsWith(`moves ${moves.join(" ")}\n`), usi);
  }
});

test("a killed trainer is shown as paused within 3 s, and the page resumes with its successor", async () => {
  await trainer.stop("SIGKILL");
  await eventually("'paused' on screen", async () => (await training()) === "paused", {
    within: 3_000,
  });
  trainer = started(startTrainer({ port, folder: folder.path, args: shortGames }));
  await eventually("'running' on screen", async () => (await training()) === "running", {
    within: 60_000,
  });
});

test("a killed showcase does not harm training, and page and trainer reconnect", async () => {
  const updates = (await metricsLog()).length;
  await showcase.stop("SIGKILL");
  await eventually("'disconnected' on screen", async () => (await connection()) !== "connected", {
    within: 5_000,
  });
  await eventually("training goes on", async () => (await metricsLog()).length > updates, {
    within: 90_000,
  });
  assert.ok(trainer.running);
  showcase = started(startShowcase({ port, folder: folder.path }));
  await eventually("the page is connected again", async () => (await connection()) === "connected");
  await eventually("the trainer is connected again", async () => (await training()) === "running");
  await eventually("moves are on screen again", async () => (await board()).lastMove);
});

test("all that the page heard follows the published schema", () => {
  assert.ok(heldAgainstSchema() > 0);
  assert.deepEqual(violations, []);
});

test("the page threw no error", () => assert.deepEqual(pageErrors, []));

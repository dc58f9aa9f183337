// The archive in real Chromium before the real showcase, which is told a recorded run: a finished
// game is listed, read back as it was played, and opened by its permanent link.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  eventually,
  freePort,
  isUp,
  launchChromium,
  operatorToken,
  startShowcase,
  temporaryFolder,
} from "./processes.js";
import { answerProblem } from "./schema.js";
import { DEMO, loadTelemetry, onlyGame, playTelemetry } from "./telemetry.js";

let folder;
let port;
let showcase;
let trainer;
let browser;
let played;
let runId;
let runName;
const pageErrors = [];

const at = (path) => `http://127.0.0.1:${port}${path}`;
const gamePath = (ending = "") => `/api/v1/games/${runId}/${DEMO.game}${ending}`;

before(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  showcase = startShowcase({ port, folder: folder.path, secondsPerMove: 0.05 });
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  const token = await operatorToken(folder.path);
  const lines = onlyGame(await loadTelemetry(DEMO.file), DEMO.game);
  const said = (type) => lines.find(({ message }) => message.type === type).message.data;
  played = said("game_finished");
  ({ run_id: runId, name: runName } = said("run_started"));
  trainer = await playTelemetry({ port, token, lines });
  await eventually("the game is kept", async () => (await fetch(at(gamePath()))).ok);
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await trainer?.close();
  await showcase?.stop("SIGKILL");
  await folder?.remove();
});

async function openPage(query) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  page.on("pageerror", (error) => pageErrors.push(error.message));
  await page.goto(at(`/?lang=en&${query}`));
  return page;
}
const board = (page) => page.getByTestId("board");
const standsAt = (page, ply) =>
  eventually(
    `move ${ply} on the board`,
    async () => (await board(page).getAttribute("data-ply")) === String(ply),
  );

test("a game is listed as it ended", async () => {
  const list = await (await fetch(at(`/api/v1/games?run=${runId}&reason=${played.reason}`))).json();
  assert.equal(answerProblem("GameList", list), undefined);
  assert.equal(list.games.length, 1);
  const [listed] = list.games;
  assert.equal(listed.game_id, DEMO.game);
  assert.equal(listed.run_name, runName);
  assert.equal(listed.plies, played.moves.length);
  assert.equal(listed.winner, played.winner);
  assert.equal(listed.update, played.update);
});

test("a game is read back move by move as it was played", async () => {
  const game = await (await fetch(at(gamePath()))).json();
  assert.equal(answerProblem("ArchivedGame", game), undefined);
  assert.deepEqual(
    game.moves.map(({ move }) => move.usi),
    played.moves,
  );
  assert.ok(game.moves_thought_of > 0);
  assert.equal(game.unreadable_from, null);
});

test("a game is saved in every format, with all of its moves", async () => {
  const saved = async (format) => (await fetch(at(gamePath(`.${format}`)))).text();
  assert.equal(await saved("usi"), `position startpos moves ${played.moves.join(" ")}\n`);
  const count = (text, pattern) => [...text.matchAll(pattern)].length;
  assert.equal(count(await saved("csa"), /^[+-]\d{4}[A-Z]{2}$/gm), played.moves.length);
  assert.ok(count(await saved("csa"), /^'\*\* -?\d+$/gm) > 0);
  assert.equal(count(await saved("kif"), /^ *\d+ .*\(\d\d\)$|^ *\d+ .*打$/gm), played.moves.length);
  const { moves } = JSON.parse(await saved("jkf"));
  assert.equal(moves.filter(({ move }) => move).length, played.moves.length);
});

test("a bad question is answered with the parameter that is wrong", async () => {
  const answer = await fetch(at("/api/v1/games?limit=1000"));
  assert.equal(answer.status, 400);
  assert.equal((await answer.json()).field, "limit");
  assert.equal((await fetch(at("/api/v1/games/no-run/no-game.kif"))).status, 404);
});

test("what the run has reached can be asked for", async () => {
  const answer = await fetch(at(`/api/v1/milestones?run=${runId}`));
  assert.equal(answer.status, 200);
  assert.equal(answerProblem("MilestoneList", await answer.json()), undefined);
  assert.equal((await fetch(at("/api/v1/milestones?limit=1000"))).status, 400);
});

test("a permanent link opens its game at its position", async () => {
  const { moves } = await (await fetch(at(gamePath()))).json();
  const page = await openPage(`run=${runId}&game=${DEMO.game}&ply=41`);
  await standsAt(page, 41);
  assert.equal(await board(page).getAttribute("data-sfen"), moves[40].sfen);
  assert.equal(await board(page).getAttribute("data-last-move"), played.moves[40]);
  await page.locator("[data-step=forward]").click();
  await standsAt(page, 42);
  await page.keyboard.press("End");
  await standsAt(page, played.moves.length);
  assert.match(page.url(), new RegExp(`ply=${played.moves.length}`));
  const link = await page.locator("[data-link]").inputValue();
  await page.close();
  const again = await openPage(link.split("?")[1]);
  await standsAt(again, played.moves.length);
  await again.close();
});

test("who goes back to live sees the show again, and the browser's way back works", async () => {
  const page = await openPage(`run=${runId}&game=${DEMO.game}&ply=3`);
  await standsAt(page, 3);
  await page.locator("[data-archive-door=out]").click();
  await page.locator("[data-panel=improvement]").waitFor();
  assert.doesNotMatch(page.url(), /game=/);
  await page.goBack();
  await standsAt(page, 3);
  await page.close();
});

test("the list leads to a game, in both languages", async () => {
  const page = await openPage("level=beginner");
  await page.locator("[data-archive-door=in]").click();
  await page.locator(`[data-listed="${DEMO.game}"]`).click();
  await standsAt(page, 0);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("data-listed"));
  assert.equal(focused, DEMO.game, "who reads by keys stays where they are");
  await page.locator("[data-language-choice=ja]").click();
  await eventually("Japanese", async () =>
    /[ぁ-ん]/.test(await page.locator("[data-archived]").innerText()),
  );
  await page.close();
});

test("a link to a game that is not there says so", async () => {
  const page = await openPage(`run=${runId}&game=none`);
  await page.locator("[data-game-failed=missing]").waitFor();
  await page.locator("[data-again]").waitFor();
  await page.close();
});

test("the page threw no error", () => assert.deepEqual(pageErrors, []));

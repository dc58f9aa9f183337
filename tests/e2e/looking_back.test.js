// A viewer looks back, in real Chromium, while another stays live: both see what the show showed,
// each at their moment. The show is the recording that is part of the repository.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import {
  eventually,
  freePort,
  isUp,
  launchChromium,
  root,
  startShowcase,
  temporaryFolder,
} from "./processes.js";
import {
  answerProblem,
  heldAgainstSchema,
  holdAgainstSchema,
  holdPageAgainstSchema,
  violations,
} from "./schema.js";

let folder;
let browser;
let port;
let showcase;
let live;
let back;
const pageErrors = [];

const at = (path) => `http://127.0.0.1:${port}/api/v1/${path}`;
const range = async () => (await fetch(at("range"))).json();

async function openPage(address, size) {
  const page = await browser.newPage({ viewport: size });
  page.on("pageerror", (error) => pageErrors.push(String(error)));
  holdPageAgainstSchema(page);
  await page.goto(`http://127.0.0.1:${port}/?${address}`);
  await page.locator("[data-testid=board][data-ply]").waitFor();
  return page;
}

/** The messages that were on air at a moment, and those that came up to another. */
async function frames(from, to = from) {
  const answer = await fetch(at(`frames?from=${from}&to=${to}`));
  assert.equal(answer.status, 200);
  const lines = (await answer.text()).trim().split("\n");
  for (const line of lines) holdAgainstSchema(line);
  return lines.map((line) => JSON.parse(line));
}

/** Which position is on the page's board. */
async function position(page) {
  const ply = await page.getByTestId("board").getAttribute("data-ply");
  const facts = await page.locator(".game-facts strong").first().innerText();
  return `${facts} ply ${ply}`;
}

const moment = async (page) => Number(await page.locator("[data-past]").getAttribute("data-past"));

before(async () => {
  folder = await temporaryFolder();
  browser = await launchChromium();
  port = await freePort();
  showcase = startShowcase({
    port,
    folder: folder.path,
    more: {
      "--replay": join(root, "examples/demo-ten-minutes.rec"),
      "--from": "3:00",
      "--speed": 4,
    },
  });
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  live = await openPage("lang=en&level=intermediate", { width: 1920, height: 1080 });
  await eventually(
    "there is a past",
    async () => {
      const { from, to } = await range();
      return to - from > 70;
    },
    { within: 60_000 },
  );
  back = await openPage("lang=en&level=intermediate", { width: 1920, height: 1080 });
});
after(async () => {
  await browser?.close();
  showcase?.stop("SIGKILL");
  await folder?.remove();
});

test("what was on air can be asked for", async () => {
  assert.equal(answerProblem("PastRange", await range()), undefined);
  const { from } = await range();
  const told = await frames(from + 10, from + 20);
  assert.ok(told.some(({ type }) => type === "game_state"));
  assert.ok(told.some(({ type }) => type === "move_prediction"));
});

test("a viewer looks back and sees what was shown then", async () => {
  await back.locator("[data-look-back]").click();
  await back.locator("[data-past][aria-busy=false]").waitFor();
  await back.locator("[data-past-playing=true]").click();
  await back.locator("[data-past-playing=false]").waitFor();
  const then = await moment(back);
  const told = await frames(then, then + 1);
  const plies = told
    .filter(({ type }) => type === "game_state")
    .map(({ data }) => String(data.ply));
  const ply = await back.getByTestId("board").getAttribute("data-ply");
  assert.ok(plies.includes(ply), `${ply} of ${plies}`);
  assert.match(await back.locator("[data-connection]").innerText(), /Looking back/);
});

test("the other viewer stays live meanwhile", async () => {
  const [stands, goes] = [await position(back), await position(live)];
  await eventually("the show goes on", async () => (await position(live)) !== goes);
  assert.equal(await position(back), stands);
  assert.equal(await live.locator("[data-past]").count(), 0);
});

test("the past plays on, and faster", async () => {
  const [then, stood] = [await moment(back), await position(back)];
  await back.locator("[data-past-speed]").selectOption("4");
  await back.locator("[data-past-playing=false]").click();
  await eventually("the past plays", async () => (await position(back)) !== stood);
  assert.ok((await moment(back)) > then);
});

test("any moment can be sought, and the language changed there", async () => {
  await back.locator("[data-past-playing=true]").click();
  const { from } = await range();
  await back.locator("[data-past-position]").fill(String(Math.ceil(from) + 5));
  await eventually("it is there", async () => (await moment(back)) === Math.ceil(from) + 5);
  await back.locator("[data-language-choice=ja]").click();
  await back.locator(".page[data-language=ja] [data-past]").waitFor();
  assert.equal(await moment(back), Math.ceil(from) + 5);
  await eventually("the sentences are Japanese", async () =>
    /[぀-ヿ一-龯]/.test(await back.locator(".commentary-sentence").innerText()),
  );
  await back.locator("[data-language-choice=en]").click();
});

test("the way back leads to the show", async () => {
  await back.locator("[data-past-live]").click();
  assert.equal(await back.locator("[data-past]").count(), 0);
  await eventually(
    "both see the same",
    async () => (await position(back)) === (await position(live)),
    { within: 10_000 },
  );
});

test("a phone has room for it", async () => {
  const phone = await openPage("lang=ja&level=beginner", { width: 390, height: 844 });
  await phone.locator("[data-look-back]").click();
  await phone.locator("[data-past][aria-busy=false]").waitFor();
  const wide = await phone.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(wide <= 390, `${wide} pixels wide`);
  await phone.close();
});

test("all that was heard follows the published schema, and no page threw an error", () => {
  assert.ok(heldAgainstSchema() > 100);
  assert.deepEqual(violations, []);
  assert.deepEqual(pageErrors, []);
});

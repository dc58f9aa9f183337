// The page in real Chromium before the real showcase, which is told a recorded run: what a viewer
// sees while something changes or goes wrong.
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
import { heldAgainstSchema, holdAgainstSchema, violations } from "./schema.js";
import { DEMO, loadTelemetry, onlyGame, playTelemetry } from "./telemetry.js";
import { seen } from "./viewer.js";

let folder;
let port;
let showcase;
let trainer;
let browser;

before(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  showcase = startShowcase({ port, folder: folder.path, secondsPerMove: 0.05 });
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  const token = await operatorToken(folder.path);
  const lines = onlyGame(await loadTelemetry(DEMO.file), DEMO.game);
  trainer = await playTelemetry({ port, token, lines });
  await seen({ port }, "game_state", ({ result }) => result !== null);
  browser = await launchChromium();
});

after(async () => {
  await browser?.close();
  await trainer?.close();
  await showcase?.stop("SIGKILL");
  await folder?.remove();
});

/** A page whose line from the showcase can be held up; what it is told then comes later. */
async function openPage(query) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  let held = null;
  let deliver = () => {};
  await page.routeWebSocket(/\/ws$/, (route) => {
    deliver = (text) => route.send(text);
    route.connectToServer().onMessage((text) => {
      holdAgainstSchema(text);
      if (held) held.push(text);
      else deliver(text);
    });
  });
  await page.goto(`http://127.0.0.1:${port}/?${query}`);
  await page.getByTestId("metrics").waitFor({ state: "attached" });
  return {
    page,
    hold: () => {
      held = [];
    },
    release: () => {
      const texts = held ?? [];
      held = null;
      for (const text of texts) deliver(text);
    },
  };
}

const health = (page) => page.locator("[data-panel=health]");

test("a higher level never shows 'no data' while the answer to the choice is on its way", async () => {
  const { page, hold, release } = await openPage("level=beginner&lang=en");
  await page.locator("[data-top=health]").first().click();
  await health(page).locator(".lamp").first().waitFor();
  hold();
  await page.locator("[data-level-choice=advanced]").click();
  await page.waitForTimeout(500);
  assert.doesNotMatch(await health(page).innerText(), /no data/);
  release();
  await health(page).locator("[data-raw=grad_norm]").waitFor();
  assert.doesNotMatch(await health(page).innerText(), /no data/);
  await page.close();
});

test("an ended game is told in the language that is chosen later", async () => {
  const { page } = await openPage("level=intermediate&lang=en");
  const result = page.locator("[data-result]").first();
  const notice = page.locator("[data-notice=result]");
  await result.waitFor();
  const text = await notice.innerText();
  assert.ok((await result.innerText()).startsWith(text), text);
  await page.locator("[data-language-choice=ja]").click();
  await eventually("the notice in Japanese", async () => (await notice.innerText()) !== text);
  const japanese = await notice.innerText();
  assert.ok((await result.innerText()).startsWith(japanese), japanese);
  await page.close();
});

test("a page that hears nothing for 5 s says so, and is there again when the line is", async () => {
  const { page, hold, release } = await openPage("level=intermediate&lang=en");
  hold();
  await page.locator("[data-notice=silent]").waitFor({ timeout: 20_000 });
  release();
  await page.locator("[data-connection=connected]").waitFor({ timeout: 20_000 });
  await page.locator("[data-notice=silent]").waitFor({ state: "detached" });
  await page.close();
});

test("all that was said follows the published schema", () => {
  assert.ok(heldAgainstSchema() > 0);
  assert.deepEqual(violations, []);
});

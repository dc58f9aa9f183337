// The recording that is part of the repository, shown on the page in real Chromium: nothing is
// trained, and everybody is told that it is a replay.
import assert from "node:assert/strict";
import { once } from "node:events";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import WebSocket from "ws";
import { frames } from "./frames.js";
import {
  eventually,
  freePort,
  isUp,
  launchChromium,
  operatorToken,
  root,
  startShowcase,
  temporaryFolder,
} from "./processes.js";
import { heldAgainstSchema, holdPageAgainstSchema, violations } from "./schema.js";
import { seen } from "./viewer.js";

const EXAMPLE = join(root, "examples/demo-ten-minutes.rec");

let folder;
let browser;
let port;
let showcase;

before(async () => {
  folder = await temporaryFolder();
  browser = await launchChromium();
});
afterEach(() => showcase?.stop("SIGKILL"));
after(async () => {
  await browser?.close();
  await folder?.remove();
});

async function replay(more) {
  port = await freePort();
  showcase = startShowcase({
    port,
    folder: folder.path,
    more: { "--replay": EXAMPLE, ...more },
  });
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
}

async function openPage() {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  holdPageAgainstSchema(page);
  await page.goto(`http://127.0.0.1:${port}/?level=advanced&lang=en`);
  return page;
}

test("the page shows the recorded run, and says that it is a replay and of when", async () => {
  await replay({ "--speed": 4, "--from": "5:00" });
  const page = await openPage();
  const said = page.locator("[data-replay=playing]");
  await said.waitFor();
  assert.match(await said.innerText(), /^Replay of \w+ \d+, \d{4}$/);
  for (const panel of ["improvement", "predictions"]) {
    await page.locator(`[data-panel=${panel}][data-face=live]`).waitFor();
  }
  await page.locator("[data-testid=board][data-ply]").waitFor();
  const ply = () => page.getByTestId("board").getAttribute("data-ply");
  const before = await ply();
  await eventually("the game goes on", async () => (await ply()) !== before);
  assert.ok(heldAgainstSchema() > 10);
  assert.deepEqual(violations, []);
  await page.close();
});

test("at its end the page keeps the last moment and says so", async () => {
  await replay({ "--from": "9:59:00" });
  const page = await openPage();
  await page.locator("[data-replay=ended]").waitFor();
  await page.locator("[data-notice=replay-ended]").waitFor();
  await page.locator("[data-testid=board][data-ply]").waitFor();
  await page.close();
});

test("viewers are told how far it is", async () => {
  await replay({ "--from": 90, "--speed": 2 });
  const { state, position_s, length_s, speed } = await seen({ port }, "replay");
  assert.equal(state, "playing");
  assert.equal(speed, 2);
  assert.ok(position_s >= 90 && position_s < length_s, `${position_s} of ${length_s}`);
});

test("no trainer is admitted, and is told why", async () => {
  await replay();
  const token = await operatorToken(folder.path);
  const trainer = new WebSocket(`ws://127.0.0.1:${port}/ingest`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const [, answer] = await once(trainer, "unexpected-response");
  assert.equal(answer.statusCode, 503);
  const [body] = await once(answer, "data");
  assert.match(JSON.parse(body).detail, /replay and takes no trainer/);
  trainer.on("error", () => {}); // that it was not let in
  trainer.terminate();
});

test("it shows the same each time", async () => {
  const first = await frames("--hash", EXAMPLE);
  assert.ok(JSON.parse(first).frames > 1000, first);
  assert.equal(await frames("--hash", EXAMPLE), first);
});

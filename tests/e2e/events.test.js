// The page where something between it and the showcase breaks WebSockets: it takes server-sent
// events, which say the same.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import {
  eventually,
  freePort,
  isUp,
  launchChromium,
  root,
  startShowcase,
  temporaryFolder,
} from "./processes.js";

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

async function show() {
  port = await freePort();
  showcase = startShowcase({
    port,
    folder: folder.path,
    more: { "--replay": join(root, "examples/demo-ten-minutes.rec"), "--from": "5:00" },
  });
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
}

async function openPage() {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const asked = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (pathname === "/events") asked.push(search);
  });
  await page.routeWebSocket(/\/ws$/, (socket) => socket.close());
  await page.goto(`http://127.0.0.1:${port}/?level=beginner&lang=en`);
  return { page, asked };
}

/** Until the picture is another one. */
async function nextPicture(page) {
  const shown = () => page.locator("[data-last-move]").getAttribute("data-last-move");
  const before = await shown();
  await eventually("another picture", async () => (await shown()) !== before, { within: 30_000 });
}

test("shows the game, and asks anew for other wishes", async () => {
  await show();
  const { page, asked } = await openPage();
  await page.waitForFunction(() => document.querySelector("[data-last-move]")?.dataset.lastMove);
  assert.match(asked[0], /level=beginner&language=en/);
  await nextPicture(page);
  await page.getByText("日本語").click();
  await eventually("Japanese", async () => /学習/.test(await page.textContent("body")), {
    within: 10_000,
  });
  assert.match(asked.at(-1), /level=beginner&language=ja/);
  await page.close();
});

test("comes back when the showcase does", async () => {
  await show();
  const { page, asked } = await openPage();
  await page.waitForFunction(() => document.querySelector("[data-last-move]")?.dataset.lastMove);
  const before = asked.length;
  await showcase.stop("SIGTERM");
  showcase = startShowcase({
    port,
    folder: folder.path,
    more: { "--replay": join(root, "examples/demo-ten-minutes.rec"), "--from": "5:00" },
  });
  await eventually("it asks again", () => asked.length > before, { within: 30_000 });
  await nextPicture(page);
  await page.close();
});

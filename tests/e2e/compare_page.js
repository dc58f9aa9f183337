// Draws two checkouts' pages from one recorded telemetry and compares them pixel by pixel:
// node compare_page.js OLD NEW FOLDER [FILTER]. Each checkout has built its showcase (build/dev)
// and its page (ui/dist). Pictures, and where they differ, go to FOLDER; exits with 1 if any do.
import { execFileSync } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { comparePictures } from "./pictures.js";
import {
  eventually,
  freePort,
  isUp,
  launchChromium,
  operatorToken,
  startShowcase,
  temporaryFolder,
} from "./processes.js";
import { DEMO, loadTelemetry, onlyGame, playTelemetry, startedAgo } from "./telemetry.js";
import { seen } from "./viewer.js";

const [oldCheckout, newCheckout, folder, filter = ""] = process.argv.slice(2);
if (!folder) {
  console.error("usage: node compare_page.js OLD NEW FOLDER [FILTER]");
  process.exit(2);
}

const SIZES = { hd: [1920, 1080], phone: [390, 844] };
const lines = startedAgo(await loadTelemetry(DEMO.file), 5.5 * 3600);
const MOVES = 24;
/** What the show has been told, and how a viewer knows that it has got there. */
const STAGES = {
  waiting: { lines: [], reached: null },
  game: {
    lines: onlyGame(lines, DEMO.game, { moves: MOVES }),
    reached: ({ ply }) => ply === MOVES - 1,
  },
  ended: { lines: onlyGame(lines, DEMO.game), reached: ({ result }) => result !== null },
};

/** Every stage, size, language and level with the exact map, and the other map once each. */
function shotsOf(stage) {
  const shots = [];
  for (const size of Object.keys(SIZES)) {
    for (const language of ["en", "ja"]) {
      for (const level of ["beginner", "intermediate", "advanced"]) {
        shots.push({ stage, size, language, level, map: "destinations" });
      }
      if (stage === "game") {
        shots.push({ stage, size, language, level: "intermediate", map: "activity" });
      }
    }
  }
  return shots;
}

const shots = Object.keys(STAGES)
  .flatMap(shotsOf)
  .map((shot) => ({ ...shot, name: Object.values(shot).join("-") }))
  .filter(({ name }) => name.includes(filter));

/** A page that takes every message as just made: the show stands still, and should not look old. */
async function openPage(browser, url, [width, height]) {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on("pageerror", (error) => console.error(String(error)));
  await page.routeWebSocket(/\/ws$/, (route) => {
    const server = route.connectToServer();
    server.onMessage((text) => {
      route.send(JSON.stringify({ ...JSON.parse(text), timestamp: Date.now() / 1000 }));
    });
  });
  await page.goto(url);
  await page.locator("[data-connection=connected]").waitFor();
  return page;
}

async function takePicture(browser, port, { stage, size, language, level, map }, file) {
  const url = `http://127.0.0.1:${port}/?lang=${language}&level=${level}&map=${map}`;
  const page = await openPage(browser, url, SIZES[size]);
  if (stage !== "waiting") {
    await page.locator("[data-testid=metrics]").waitFor({ state: "attached" });
    await page.locator("[data-testid=board][data-last-move]:not([data-last-move=''])").waitFor();
  }
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(1_000); // slides, glows and tweens have ended
  // The page before this one may still be counted, or this one not yet.
  await page.locator('[data-bar=viewers][data-value="1"]').waitFor();
  await page.screenshot({ path: file, fullPage: size === "phone", animations: "disabled" });
  await page.close();
}

/** Showcases of before this option had one port only. */
function hasControlPort(checkout) {
  const program = join(checkout, "build/dev/bin/keisei-showcase");
  return execFileSync(program, ["--help"], { encoding: "utf8" }).includes("--control-port");
}

async function takePictures(browser, checkout, target) {
  await mkdir(target, { recursive: true });
  for (const [name, stage] of Object.entries(STAGES)) {
    const mine = shots.filter((shot) => shot.stage === name);
    if (mine.length === 0) continue;
    const state = await temporaryFolder();
    const port = await freePort();
    const showcase = startShowcase({
      ...{ port, folder: state.path, checkout, secondsPerMove: 0.05 },
      hasControlPort: hasControlPort(checkout),
    });
    await eventually("the showcase answers", () => isUp(port));
    const token = await operatorToken(state.path);
    const trainer = stage.reached ? await playTelemetry({ port, token, lines: stage.lines }) : null;
    if (stage.reached) await seen({ port }, "game_state", stage.reached);
    for (const shot of mine) {
      await takePicture(browser, port, shot, join(target, `${shot.name}.png`));
    }
    await trainer?.close();
    await showcase.stop();
    await state.remove();
  }
}

// Redrawing a part may round a line's edge differently than drawing the whole.
const browser = await launchChromium(["--disable-partial-raster"]);
for (const [checkout, name] of [
  [oldCheckout, "old"],
  [newCheckout, "new"],
]) {
  await takePictures(browser, resolve(checkout), join(folder, name));
}
await mkdir(join(folder, "difference"), { recursive: true });
let different = 0;
for (const { name } of shots) {
  const [before, after] = await Promise.all(
    ["old", "new"].map((side) => readFile(join(folder, side, `${name}.png`))),
  );
  const { pixels, visible, most, box, picture } = await comparePictures(browser, before, after);
  if (pixels > 0) {
    different += 1;
    await writeFile(join(folder, "difference", `${name}.png`), picture);
  }
  const what = `${pixels} pixels differ, ${visible} visibly, by ${most} at most, within ${box}`;
  console.log(`${name}: ${pixels === 0 ? "same" : what}`);
}
await browser.close();
console.log(`${shots.length} pictures, ${different} different`);
process.exitCode = different > 0 ? 1 : 0;

// Takes the README's pictures of a running showcase: node screenshots.js [URL] [FOLDER].
// The run should have trained for at least five minutes.
import { join } from "node:path";
import { launchChromium } from "./processes.js";

const [url = "http://localhost:8080", folder = "docs/images"] = process.argv.slice(2);
const shots = [
  { name: "broadcast", query: "level=intermediate&lang=en", width: 1920, height: 1080 },
  { name: "broadcast-ja", query: "level=advanced&lang=ja", width: 1920, height: 1080 },
  { name: "phone", query: "level=beginner&lang=en", width: 390, height: 844, scale: 2, full: true },
];

const browser = await launchChromium();
for (const { name, query, width, height, scale = 1, full = false } of shots) {
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
  });
  const page = await context.newPage();
  await page.goto(`${url}/?${query}`);
  await page.waitForFunction(() => document.querySelector("[data-last-move]")?.dataset.lastMove);
  await page.getByTestId("metrics").waitFor({ state: "attached" });
  await page.waitForTimeout(2_000); // slides and tweens have ended
  const update = await page.getByTestId("metrics").getAttribute("data-update");
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: full });
  console.log(`${name}.png: update ${update}`);
  await context.close();
}
await browser.close();

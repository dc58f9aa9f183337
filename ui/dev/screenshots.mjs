// Takes pictures of a running page: node dev/screenshots.mjs <url> <folder> [name…]
import { chromium } from "playwright-core";

const SIZES = {
  hd: [1920, 1080],
  "720p": [1280, 720],
  laptop: [1440, 789],
  tablet: [1024, 768],
  uhd: [3840, 2160],
  phone: [390, 844],
  wide: [2560, 1080],
};
const [url, folder, ...names] = process.argv.slice(2);
if (!url || !folder) {
  console.error("usage: node dev/screenshots.mjs <url> <folder> [size-lang-level-map…]");
  process.exit(2);
}
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});
for (const name of names) {
  const [size, lang, level, map = "destinations"] = name.split("-");
  const [width, height] = SIZES[size];
  const page = await browser.newPage({ viewport: { width, height } });
  page.on("console", (message) => message.type() === "error" && console.log(name, message.text()));
  page.on("pageerror", (error) => console.log(name, String(error)));
  await page.goto(`${url}?lang=${lang}&level=${level}&map=${map}`);
  await page.waitForSelector("[data-connection=connected]");
  await page.waitForTimeout(1800);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: size === "phone" });
  const faults = await page.evaluate(findFaults);
  if (faults.length > 0) console.log(name, faults.join("\n    "));
  await page.close();
}
await browser.close();

/** Runs in the page: sideways scrolling, cut-off text, text outside its panel or too small. */
function findFaults() {
  const faults = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    faults.push(`page ${root.scrollWidth} wide in ${root.clientWidth}`);
  const isFeed = document.querySelector(".page")?.dataset.layout === "feed";
  for (const element of document.querySelectorAll("body *")) {
    if (element.closest(".visually-hidden, svg, figure > canvas, math")) continue;
    const hasText = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!hasText) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    const what = `${element.className || element.tagName} "${element.textContent.slice(0, 40)}"`;
    if (parseFloat(style.fontSize) < 14) faults.push(`${what}: ${style.fontSize}`);
    if (element.scrollWidth > element.clientWidth + 1 && style.display !== "inline")
      faults.push(`${what}: text wider than its box`);
    const frame = element
      .closest(".panel, .hand, .move-list, .bottom-bar, .top-bar, .board-section")
      ?.getBoundingClientRect();
    if (frame && (box.bottom > frame.bottom + 1 || box.right > frame.right + 1))
      faults.push(`${what}: outside its frame`);
    if (!isFeed && box.bottom > innerHeight + 1) faults.push(`${what}: below the window`);
  }
  return faults;
}

// Starts the real programs for a test, and a browser.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { bin, Program, root } from "../kit/programs.js";

export { bin, eventually, freePort, isUp, root } from "../kit/programs.js";

export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "keisei-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** The showcase of a checkout (this one unless told otherwise), with what it built. */
export function startShowcase({
  port,
  folder,
  checkout = root,
  secondsPerMove = 0.4,
  hasControlPort = true,
  more = {},
}) {
  const programs = checkout === root ? bin : join(checkout, "build/dev/bin");
  const options = {
    "--port": port,
    "--ui": join(checkout, "ui/dist"),
    "--content": join(checkout, "content"),
    "--state-dir": join(folder, "showcase"),
    "--seconds-per-move": secondsPerMove,
    ...(hasControlPort ? { "--control-port": 0 } : {}), // any free one
    ...more,
  };
  return new Program(join(programs, "keisei-showcase"), options, { name: "showcase" });
}

/** A server that says everything back, on the edge's WebSocket layer. */
export function startEcho({ port }) {
  return new Program("keisei-loadtest", ["echo", "--port", String(port)], { name: "echo" });
}

/** The token that a trainer needs; the showcase writes it when it starts. */
export async function operatorToken(folder) {
  return (await readFile(join(folder, "showcase/operator.token"), "utf8")).trim();
}

export function launchChromium(args = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", ...args],
  });
}

export function startTrainer({ port, folder, args = [], hasToken = true }) {
  const list = [
    ...["--preset", "demo"],
    ...["--run-dir", join(folder, "run")],
    ...["--resume", "auto"],
    ...["--stream", `ws://127.0.0.1:${port}/ingest`],
    ...(hasToken ? ["--token-file", join(folder, "showcase/operator.token")] : []),
    ...args,
  ];
  return new Program("keisei-train", list, { name: "trainer" });
}

/** The complete lines of a JSONL file; none while it does not exist. */
export async function readJsonl(path) {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

// Starts the real programs for a test and stops exactly those.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromium } from "playwright-core";

export const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
export const bin = process.env.KEISEI_BIN ?? join(root, "build/dev/bin");

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

export async function temporaryFolder() {
  const path = await mkdtemp(join(tmpdir(), "keisei-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

class Process {
  constructor(name, program, args) {
    this.name = name;
    this.log = "";
    this.child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.exited = once(this.child, "exit");
    const keep = (chunk) => {
      // All that a test may ask for: a small network learns thousands of updates in a minute.
      this.log = (this.log + chunk).slice(-4_000_000);
    };
    this.child.stdout.on("data", keep);
    this.child.stderr.on("data", keep);
  }

  get running() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async stop(signal = "SIGTERM") {
    if (this.running) this.child.kill(signal);
    await this.exited;
  }
}

/** The showcase of a checkout (this one unless told otherwise), with what it built. */
export function startShowcase({
  port,
  folder,
  checkout = root,
  secondsPerMove = 0.4,
  hasControlPort = true,
}) {
  const programs = checkout === root ? bin : join(checkout, "build/dev/bin");
  return new Process("showcase", join(programs, "keisei-showcase"), [
    ...["--port", String(port)],
    ...["--ui", join(checkout, "ui/dist")],
    ...["--content", join(checkout, "content")],
    ...["--state-dir", join(folder, "showcase")],
    ...["--seconds-per-move", String(secondsPerMove)],
    ...(hasControlPort ? ["--control-port", "0"] : []), // any free one
  ]);
}

/** A server that says everything back, on the edge's WebSocket layer. */
export function startEcho({ port }) {
  return new Process("echo", join(bin, "keisei-loadtest"), ["echo", "--port", String(port)]);
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
  return new Process("trainer", join(bin, "keisei-train"), [
    ...["--preset", "demo"],
    ...["--run-dir", join(folder, "run")],
    ...["--resume", "auto"],
    ...["--stream", `ws://127.0.0.1:${port}/ingest`],
    ...(hasToken ? ["--token-file", join(folder, "showcase/operator.token")] : []),
    ...args,
  ]);
}

/** Calls `probe` until it returns something truthy, and returns that. */
export async function eventually(what, probe, { within = 60_000, every = 100 } = {}) {
  const deadline = Date.now() + within;
  let last;
  while (Date.now() < deadline) {
    try {
      const value = await probe();
      if (value) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, every));
  }
  throw new Error(`not within ${within / 1000} s: ${what}${last ? ` (${last.message})` : ""}`);
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

export async function isUp(port, address = "127.0.0.1") {
  return (await fetch(`http://${address}:${port}/healthz`)).ok;
}

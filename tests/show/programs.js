// Runs the real programs for a test, and stops exactly those.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");
export const bin = process.env.KEISEI_BIN ?? join(root, "build/dev/bin");

/** A folder of its own with a page to show; `remove` it. */
export function scratch() {
  const path = mkdtempSync(join(tmpdir(), "keisei-show-"));
  mkdirSync(join(path, "page"));
  writeFileSync(join(path, "page/index.html"), "<html>");
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export class Program {
  /** `args` is a list, or an object from options to values, one or several; true: no value. */
  constructor(name, args, { wrap = (command) => command, input = "ignore" } = {}) {
    const list = Array.isArray(args) ? args : words(args);
    const [program, ...rest] = wrap([join(bin, name), ...list]);
    this.stdout = "";
    this.stderr = "";
    this.child = spawn(program, rest, { stdio: [input, "pipe", "pipe"] });
    for (const stream of ["stdout", "stderr"]) {
      this.child[stream].on("data", (chunk) => {
        this[stream] += chunk;
      });
    }
    this.closed = once(this.child, "close");
  }

  get isRunning() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its exit code; it is killed, and the code null, if it does not end by itself. */
  async end({ within = 20_000 } = {}) {
    const tooLong = setTimeout(() => this.child.kill("SIGKILL"), within);
    const [code] = await this.closed;
    clearTimeout(tooLong);
    return code;
  }

  async stop(signal = "SIGTERM") {
    if (this.isRunning) this.child.kill(signal);
    return this.end();
  }
}

function words(options) {
  return Object.entries(options).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (value === true ? [name] : [name, String(value)])),
  );
}

/** What a showcase needs: free ports, a page, texts. */
export function showOptions(folder) {
  return {
    "--port": 0,
    "--control-port": 0,
    "--ui": join(folder, "page"),
    "--content": join(root, "content"),
    "--state-dir": join(folder, "state"),
  };
}

/** Calls `probe` until it gives something, or fails after 20 s. */
export async function eventually(what, probe) {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    const value = await probe();
    if (value) return value;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`not within 20 s: ${what}`);
}

/** The public and the operator's port of a showcase, once it says them. */
export function portsOf(showcase) {
  return eventually("the show is on", () => {
    if (!showcase.isRunning) throw new Error(`it ended: ${showcase.stderr}`);
    const found = showcase.stderr.match(
      /showing on http:\/\/[^:]+:(\d+), operator's port \S+:(\d+)/,
    );
    return found && { page: Number(found[1]), control: Number(found[2]) };
  });
}

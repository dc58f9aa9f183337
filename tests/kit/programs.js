// Runs the real programs for a test, and stops exactly those.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { basename, resolve } from "node:path";

export const root = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
export const bin = process.env.KEISEI_BIN ?? resolve(root, "build/dev/bin");

/** All that a test may ask for: a small network learns thousands of updates in a minute. */
const MOST_KEPT = 4_000_000;

export class Program {
  stdout = "";
  stderr = "";
  /** Both, as they came. */
  log = "";

  /**
   * `program` lies in `bin`, or is a whole path. `args` is a list, or an object from options to
   * values, one or several; true: no value.
   */
  constructor(
    program,
    args,
    { name = basename(program), wrap = (command) => command, input = "ignore" } = {},
  ) {
    this.name = name;
    const list = Array.isArray(args) ? args : words(args);
    const [first, ...rest] = wrap([resolve(bin, program), ...list]);
    this.child = spawn(first, rest, { stdio: [input, "pipe", "pipe"] });
    for (const stream of ["stdout", "stderr"]) {
      this.child[stream].setEncoding("utf8").on("data", (text) => {
        this[stream] = (this[stream] + text).slice(-MOST_KEPT);
        this.log = (this.log + text).slice(-MOST_KEPT);
      });
    }
    this.exited = once(this.child, "exit");
    this.closed = once(this.child, "close");
  }

  get running() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its exit code; it is killed, and the code null, if it does not end by itself. */
  async end({ within = 120_000 } = {}) {
    const tooLong = setTimeout(() => this.child.kill("SIGKILL"), within);
    const [code] = await this.closed;
    clearTimeout(tooLong);
    return code;
  }

  async stop(signal = "SIGTERM") {
    if (this.running) this.child.kill(signal);
    return this.end();
  }
}

function words(options) {
  return Object.entries(options).flatMap(([name, values]) =>
    [values].flat().flatMap((value) => (value === true ? [name] : [name, String(value)])),
  );
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

/** Listens on a port while `run` gets it. */
export async function withTakenPort(run) {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await run(server.address().port);
  } finally {
    server.close();
    await once(server, "close");
  }
}

export const freePort = () => withTakenPort((port) => port);

export async function isUp(port, address = "127.0.0.1") {
  return (await fetch(`http://${address}:${port}/healthz`)).ok;
}

/** The public and the operator's port of a showcase, from what it says. */
export function portsIn(log) {
  const found = log.match(/showing on http:\/\/\S+:(\d+), operator's port \S+:(\d+)/);
  return found && { page: Number(found[1]), control: Number(found[2]) };
}

// One of our programs under the drill: every line it says is kept, with the moment it was said.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";

export class Program {
  /** `log`: the file that its lines are also written to. */
  constructor(name, command, { env = {}, log } = {}) {
    this.name = name;
    this.lines = [];
    this.startedAt = Date.now();
    this.endedAt = Number.POSITIVE_INFINITY;
    this.child = spawn(command[0], command.slice(1), {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    this.exited = once(this.child, "exit").then(() => {
      this.endedAt = Date.now();
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      createInterface(stream).on("line", (text) => {
        this.lines.push({ at: Date.now(), text });
        if (log) appendFileSync(log, `${new Date().toISOString()} ${name}: ${text}\n`);
      });
    }
  }

  get pid() {
    return this.child.pid;
  }
  get running() {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
  /** "exit code 2" or "SIGKILL"; empty while it runs. */
  get end() {
    if (this.running) return "";
    return this.child.signalCode ?? `exit code ${this.child.exitCode}`;
  }
  /** A program that took a signal on purpose has not died. */
  endedOnPurpose = false;

  signal(name) {
    if (this.running) this.child.kill(name);
  }

  async stop(name = "SIGTERM", patience = 10_000) {
    this.endedOnPurpose = true;
    this.signal("SIGCONT");
    this.signal(name);
    const killer = setTimeout(() => this.signal("SIGKILL"), patience);
    await this.exited;
    clearTimeout(killer);
  }
}

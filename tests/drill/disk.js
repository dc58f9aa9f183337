// A small disk that can be full: a tmpfs where that may be mounted (root), else a folder whose
// files cannot grow.
import { execFileSync } from "node:child_process";
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

const SIZE = "256m";

function mounted(path) {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "keisei-drill", path], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

export class Disk {
  #isMounted;

  constructor(path, isMounted) {
    this.path = path;
    this.#isMounted = isMounted;
  }

  static async make(path) {
    await mkdir(path, { recursive: true });
    return new Disk(path, mounted(path));
  }

  get kind() {
    return this.#isMounted ? `tmpfs of ${SIZE}` : "RLIMIT_FSIZE";
  }
  get #ballast() {
    return join(this.path, ".ballast");
  }

  /** From now on nothing can be written. `program` is who writes. */
  async fill(program) {
    if (!this.#isMounted) {
      const sizes = (await readdir(this.path)).map((name) => statSync(join(this.path, name)).size);
      const least = Math.min(...sizes.filter((size) => size > 0), 4096);
      execFileSync("prlimit", ["--pid", String(program.pid), `--fsize=${least}:unlimited`]);
      return;
    }
    const file = openSync(this.#ballast, "w");
    // Ever smaller pieces, until not even a page is left.
    for (const piece of [1 << 20, 4096]) {
      const bytes = Buffer.alloc(piece);
      try {
        for (;;) writeSync(file, bytes);
      } catch (error) {
        if (error.code !== "ENOSPC") throw error;
      }
    }
    closeSync(file);
  }

  async empty(program) {
    if (this.#isMounted) return rm(this.#ballast, { force: true });
    if (program.running) {
      execFileSync("prlimit", ["--pid", String(program.pid), "--fsize=unlimited:unlimited"]);
    }
  }

  async remove() {
    if (this.#isMounted) execFileSync("umount", [this.path]);
  }
}

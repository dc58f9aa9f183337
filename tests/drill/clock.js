// A clock that a program believes and the drill sets, by a library loaded before the program.
import { accessSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { bin } from "../e2e/processes.js";

const LIBRARY = join(bin, "../lib/libshifted_clock.so");

export class ShiftedClock {
  #path;
  #file;

  constructor(path) {
    accessSync(LIBRARY); // the loader would only warn, and no clock would ever jump
    this.#path = path;
    this.#file = openSync(path, "w+");
    this.shift(0);
  }

  get environment() {
    return { LD_PRELOAD: LIBRARY, KEISEI_CLOCK_SHIFT: this.#path };
  }

  /** Seconds before (negative) or ahead of the machine's clock. Intervals are measured truly. */
  shift(seconds) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(seconds));
    writeSync(this.#file, bytes, 0, 8, 0);
  }
}

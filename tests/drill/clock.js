// A clock that a program believes and the drill sets, by a library loaded before the program.
import { openSync, writeSync } from "node:fs";

export class ShiftedClock {
  #path;
  #file;

  constructor(path) {
    this.#path = path;
    this.#file = openSync(path, "w+");
    this.shift(0);
  }

  get environment() {
    return { KEISEI_CLOCK_SHIFT: this.#path };
  }

  /** Seconds before (negative) or ahead of the machine's clock. Intervals are measured truly. */
  shift(seconds) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(BigInt(seconds));
    writeSync(this.#file, bytes, 0, 8, 0);
  }
}

// How much memory a program has in use, as the library that is loaded before it tells.
import { openSync, readSync, writeSync } from "node:fs";

const SIZE = 16; // the process and its bytes

export class BytesInUse {
  #path;
  #file;

  constructor(path) {
    this.#path = path;
    this.#file = openSync(path, "w+");
    writeSync(this.#file, Buffer.alloc(SIZE), 0, SIZE, 0);
  }

  get environment() {
    return { KEISEI_BYTES_IN_USE: this.#path };
  }

  /** None while it is not known of this process. */
  of(pid) {
    const report = Buffer.alloc(SIZE);
    readSync(this.#file, report, 0, SIZE, 0);
    const bytes = Number(report.readBigInt64LE(8));
    return Number(report.readBigInt64LE(0)) === pid && bytes > 0 ? bytes : undefined;
  }
}

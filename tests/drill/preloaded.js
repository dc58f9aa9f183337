// The library that is loaded before a program under the drill: shifted_clock.cc and bytes_in_use.cc.
import { accessSync } from "node:fs";
import { join } from "node:path";
import { bin } from "../e2e/processes.js";

const LIBRARY = join(bin, "../lib/libdrill_preload.so");

export function preloaded() {
  accessSync(LIBRARY); // the loader would only warn, and nothing would be shifted or told
  return { LD_PRELOAD: LIBRARY };
}

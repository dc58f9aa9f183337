// What keisei-showcase says that a recording shows.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { bin, root } from "./processes.js";

const run = promisify(execFile);

/** What `keisei-showcase frames` prints with these arguments. */
export async function frames(...args) {
  const { stdout } = await run(
    join(bin, "keisei-showcase"),
    ["--content", join(root, "content"), "frames", ...args],
    { maxBuffer: 1 << 30 },
  );
  return stdout;
}

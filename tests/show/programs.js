// What a showcase under test is given, and says.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually, portsIn, root } from "../kit/programs.js";

export { bin, eventually, freePort, isUp, Program, withTakenPort } from "../kit/programs.js";

/** A folder of its own with a page to show; `remove` it. */
export function scratch() {
  const path = mkdtempSync(join(tmpdir(), "keisei-show-"));
  mkdirSync(join(path, "page"));
  writeFileSync(join(path, "page/index.html"), "<html>");
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
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

/** The public and the operator's port of a showcase, once it says them or has ended. */
export async function portsOf(showcase) {
  await eventually("the show is on", () => portsIn(showcase.stderr) || !showcase.running);
  const ports = portsIn(showcase.stderr);
  if (!ports) throw new Error(`it ended: ${showcase.stderr}`);
  return ports;
}

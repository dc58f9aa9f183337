// script/server as somebody starts it on a machine where something already runs.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./processes.js";

/** Runs script/server and all that it starts, for 20 s at most: what it printed and its exit code. */
async function serve(args) {
  const script = spawn(join(root, "script/server"), args, { detached: true });
  const tooLong = setTimeout(() => process.kill(-script.pid, "SIGKILL"), 20_000);
  let output = "";
  for (const stream of [script.stdout, script.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(script, "close");
  clearTimeout(tooLong);
  return { code, output };
}

test("a taken port is said before anything is installed or built", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address();
  const { code, output } = await serve(["--port", String(port)]);
  other.close();
  assert.equal(code, 2);
  assert.match(output, new RegExp(`already listens on port ${port}`));
  assert.doesNotMatch(output, /==>/); // no step has begun
});

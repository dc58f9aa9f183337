// script/server as somebody starts it who gives it ports that it cannot have.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { freePort, root, withTakenPort } from "../kit/programs.js";

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

for (const option of ["--port", "--control-port"]) {
  test(`a taken ${option} is said before anything is installed or built`, () =>
    withTakenPort(async (taken) => {
      const free = { "--port": await freePort(), "--control-port": await freePort() };
      const ports = Object.entries({ ...free, [option]: taken })
        .flat()
        .map(String);
      const { code, output } = await serve(ports);
      assert.equal(code, 2);
      assert.match(output, new RegExp(`already listens on port ${taken}.*${option}`));
      assert.match(
        output,
        new RegExp(`\\(.+, process ${process.pid}\\): 'kill ${process.pid}' stops it`),
      );
      assert.doesNotMatch(output, /==>/); // no step has begun
    }));
}

for (const [args, words] of [
  [["--port", "abc"], "--port needs a port from 1 to 65535, not 'abc'"],
  [["--port", "08080"], "--port needs a port from 1 to 65535, not '08080'"],
  [["--control-port", "65536"], "--control-port needs a port from 1 to 65535, not '65536'"],
  [["--control-port", ""], "--control-port needs a port from 1 to 65535, not ''"],
  [["--port", "65535"], "there is no port after 65535 for the operator"],
  [["--port", "8080", "--control-port", "8080"], "--port and --control-port are both 8080"],
  [["--replay", "/nowhere.rec"], "there is no recording /nowhere.rec"],
  [["--", "--run-dir", "elsewhere"], "--run-dir belongs before the --"],
  [["--", "--run-dir=elsewhere"], "--run-dir belongs before the --"],
]) {
  test(`${args.join(" ")} is refused in words`, async () => {
    const { code, output } = await serve(args);
    assert.equal(code, 2);
    assert.ok(output.startsWith(`server: ${words}`), output);
  });
}

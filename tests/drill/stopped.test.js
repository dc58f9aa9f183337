// The drill as somebody stops it: what it started and mounted is gone.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { eventually, root, temporaryFolder } from "../e2e/processes.js";

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
]) {
  test(`${signal} leaves nothing behind`, async (context) => {
    const folder = await temporaryFolder();
    context.after(folder.remove);
    const bin = join(folder.path, "bin");
    await mkdir(bin);
    const fake = join(bin, "keisei-showcase"); // never answers: the drill is at its beginning
    await writeFile(fake, `#!/bin/sh\necho $$ >${folder.path}/pid\nexec sleep 1000\n`);
    await chmod(fake, 0o755);
    await mkdir(join(folder.path, "lib"));
    await writeFile(join(folder.path, "lib/libdrill_preload.so"), ""); // nothing is shifted or told
    const drill = spawn(
      process.execPath,
      [join(root, "tests/drill/drill.js"), "--folder", join(folder.path, "drill")],
      { env: { ...process.env, KEISEI_BIN: bin }, stdio: "ignore" },
    );
    const ended = once(drill, "exit");
    const showcase = await eventually("the showcase runs", async () =>
      Number(await readFile(join(folder.path, "pid"), "utf8")),
    );
    drill.kill(signal);
    assert.deepEqual(await ended, [code, null]);
    assert.throws(() => process.kill(showcase, 0), { code: "ESRCH" });
    assert.ok(!(await readFile("/proc/self/mounts", "utf8")).includes(folder.path));
  });
}

// script/server as it lasts: whatever happens to the trainer, and to the script itself.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readFile, symlink, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { bin, eventually, freePort, isUp, root, temporaryFolder } from "./processes.js";

/** script/server with the real showcase and a trainer that is this shell script. */
async function serve(context, trainer, { args = [], address = "127.0.0.1", more = [] } = {}) {
  const folder = await temporaryFolder();
  const fake = join(folder.path, "keisei-train");
  const checks = 'for one; do [ "$one" != --print-config ] || exit 0; done';
  await writeFile(fake, `#!/bin/sh\necho "$@" >>${folder.path}/starts\n${checks}\n${trainer}\n`);
  await chmod(fake, 0o755);
  await symlink(join(bin, "keisei-showcase"), join(folder.path, "keisei-showcase"));
  const port = await freePort();
  const script = spawn(
    join(root, "script/server"),
    [
      ...["--bin", folder.path, "--port", String(port), "--control-port", String(await freePort())],
      ...["--bind", address, ...more],
      ...["--run-dir", join(folder.path, "run"), "--state-dir", join(folder.path, "state")],
      ...["--", ...args],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const show = { port, folder: folder.path, script, said: "", ended: once(script, "exit") };
  script.stderr.on("data", (chunk) => {
    show.said += chunk;
  });
  context.after(async () => {
    script.kill("SIGTERM");
    await show.ended;
    await folder.remove();
  });
  await eventually("the page is up", () => isUp(port, address));
  return show;
}

const starts = async (show) =>
  (await readFile(join(show.folder, "starts"), "utf8"))
    .trim()
    .split("\n")
    .filter((line) => !line.includes("--print-config"));

for (const code of [1, 2]) {
  test(`the page stays up while the trainer ends with ${code} again and again`, async (context) => {
    const show = await serve(context, `exit ${code}`);
    await eventually("it is started again", async () => (await starts(show)).length >= 3);
    assert.ok(await isUp(show.port));
    assert.equal(show.script.exitCode, null);
    assert.match(show.said, new RegExp(`The trainer stopped \\(exit code ${code}\\)`));
  });
}

test("the page stays up when the training run is complete", async (context) => {
  const show = await serve(context, "exit 0");
  await eventually("that is said", () => show.said.includes("The training run is complete"));
  assert.ok(await isUp(show.port));
});

test("the user's --resume holds for the first start, the run's own checkpoints for the next", async (context) => {
  const show = await serve(
    context,
    `touch -d "+1 min" ${"$"}(dirname "${"$"}0")/run/checkpoint-00000001.keisei; exit 1`,
    { args: ["--resume", "FILE"] },
  );
  await eventually("it is started again", async () => (await starts(show)).length >= 2);
  const [first, second] = await starts(show);
  assert.match(first, /--resume auto .*--resume FILE$/);
  assert.match(second, /--resume auto .*--resume FILE --resume auto$/);
});

test("until the run has saved something, every start is the user's", async (context) => {
  const show = await serve(context, "exit 1", { args: ["--resume", "FILE"] });
  await eventually("it is started again", async () => (await starts(show)).length >= 2);
  for (const start of await starts(show)) assert.match(start, /--resume FILE$/);
});

for (const address of ["127.0.0.2", "0.0.0.0"]) {
  test(`a page bound to ${address} is streamed to where it is`, async (context) => {
    const reached = address === "0.0.0.0" ? "127.0.0.1" : address;
    const show = await serve(context, "exec sleep 1000", { address });
    await eventually("the trainer runs", async () => (await starts(show)).length > 0);
    const [start] = await starts(show);
    assert.ok(start.includes(`--stream ws://${reached}:${show.port}/ingest `), start);
    const named = address === "0.0.0.0" ? "localhost" : address;
    assert.match(show.said, new RegExp(`Open http://${named}:${show.port} `));
  });
}

test("the page is shown by the names that it is given, and by no other", async (context) => {
  const show = await serve(context, "exec sleep 1000", {
    more: ["--allow-host", "show.example.org", "--allow-host", "also.example.org"],
  });
  for (const [host, status] of [
    ["show.example.org", 200],
    ["also.example.org", 200],
    ["other.example.org", 421],
  ]) {
    const [answer] = await once(
      get({ host: "127.0.0.1", port: show.port, headers: { host } }),
      "response",
    );
    answer.resume();
    assert.equal(answer.statusCode, status, host);
  }
});

test("options that the trainer does not take are said before the page is up", async () => {
  const script = spawn(
    join(root, "script/server"),
    [
      ...["--bin", bin, "--port", String(await freePort())],
      ...["--control-port", String(await freePort()), "--", "--bogus"],
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  script.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const [code] = await once(script, "close");
  assert.equal(code, 2);
  assert.match(said, /--bogus/);
  assert.doesNotMatch(said, /Open http/);
});

test("kill -9 of the script ends what it started", async (context) => {
  const show = await serve(context, `echo $$ >"$(dirname "$0")/pid"; exec sleep 1000`);
  const trainer = await eventually("the trainer runs", async () =>
    Number(await readFile(join(show.folder, "pid"), "utf8")),
  );
  show.script.kill("SIGKILL");
  await show.ended;
  await eventually("the page is gone", () =>
    isUp(show.port).then(
      () => false,
      () => true,
    ),
  );
  await eventually("the trainer is gone", () => {
    try {
      process.kill(trainer, 0);
      return false;
    } catch {
      return true;
    }
  });
});

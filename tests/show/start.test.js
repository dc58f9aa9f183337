// What keisei-showcase says of itself, to whom: at its start, in its log, at its operator's port.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import {
  eventually,
  freePort,
  isUp,
  Program,
  portsOf,
  scratch,
  showOptions,
  withTakenPort,
} from "./programs.js";

let folder, tokenFile, running;
beforeEach(() => {
  folder = scratch();
  tokenFile = join(folder.path, "state/operator.token");
  running = [];
});
afterEach(async () => {
  for (const program of running) await program.stop("SIGKILL");
  folder.remove();
});

function start(more = {}, how) {
  const showcase = new Program("keisei-showcase", { ...showOptions(folder.path), ...more }, how);
  running.push(showcase);
  return showcase;
}

const token = () => readFileSync(tokenFile, "utf8").trim();

/** At a terminal, as script(1) makes one: what comes there is on standard output. */
const atATerminal = (command) => [
  "script",
  "-qec",
  command.map((word) => `'${word}'`).join(" "),
  "/dev/null",
];

test("a new token is not written where a service manager keeps it", async () => {
  const showcase = start();
  await portsOf(showcase);
  assert.ok(!showcase.stderr.includes(token()), showcase.stderr);
  assert.match(showcase.stderr, /a new operator token is in .*operator\.token/);
});

test("a new token is shown at a terminal, also by a start that then fails", async () => {
  await withTakenPort(async (port) => {
    const showcase = start({ "--control-port": port }, { wrap: atATerminal });
    assert.equal(await showcase.end(), 2);
    assert.ok(showcase.stdout.includes(token()), showcase.stdout);
  });
});

test("keisei-showcase token prints the token, and makes none", async () => {
  const print = () =>
    new Program("keisei-showcase", ["token", "--state-dir", join(folder.path, "state")]);
  const before = print();
  assert.equal(await before.end(), 2);
  assert.match(before.stderr, /is made when keisei-showcase starts/);
  assert.ok(!existsSync(tokenFile));
  await portsOf(start());
  const after = print();
  assert.equal(await after.end(), 0);
  assert.equal(after.stdout, `${token()}\n`);
});

test("a full disk at the first start leaves nothing that blocks the next one", async () => {
  // ThreadSanitizer, where the program is built with it, writes to a temporary file before main().
  const fill = 'ulimit -f 0; TMPDIR=/dev/null exec "$@"';
  const full = start({}, { wrap: (command) => ["bash", "-c", fill, "full", ...command] });
  assert.equal(await full.end(), 2);
  assert.match(full.stderr, /operator\.token cannot be made: .*disk has room/);
  await portsOf(start());
});

test("a token that others may read stops the start, with what to do", async () => {
  await portsOf(start());
  await running.pop().stop();
  writeFileSync(tokenFile, readFileSync(tokenFile), { mode: 0o666 });
  (await import("node:fs")).chmodSync(tokenFile, 0o666);
  const showcase = start();
  assert.equal(await showcase.end(), 2);
  assert.match(showcase.stderr, /operator\.token can be read or changed by others.*chmod 600/);
});

test("a taken port is told with who has it", async () => {
  await withTakenPort(async (port) => {
    const showcase = start({ "--port": port });
    assert.equal(await showcase.end(), 2);
    assert.match(
      showcase.stderr,
      new RegExp(`port ${port} is in use by .*\\(process ${process.pid}\\)`),
    );
  });
});

test("with --log-json every line is an object", async () => {
  const showcase = start({ "--log-json": true });
  await portsOf(showcase);
  await showcase.stop();
  const lines = showcase.stderr
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  assert.ok(lines.length >= 3, showcase.stderr);
  for (const { time, level, topic, message } of lines) {
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(level, "info");
    assert.ok(topic && message);
  }
});

test("with --log-json a start that fails says so in an object", async () => {
  const showcase = start({ "--log-json": true, "--ui": folder.path });
  assert.equal(await showcase.end(), 2);
  const { level, message } = JSON.parse(showcase.stderr);
  assert.equal(level, "error");
  assert.match(message, /no built page/);
});

test("a log that may grow no further does not end the show", async () => {
  const log = join(folder.path, "log");
  const script = `ulimit -f 1; exec "$@" 2>'${log}'`;
  const port = await freePort();
  writeFileSync(log, "x".repeat(1024)); // a block is all that it may have
  const showcase = start(
    { "--port": port },
    { wrap: (command) => ["bash", "-c", script.replace("2>", "2>>"), "limited", ...command] },
  );
  await eventually("the show is on", () => isUp(port));
  assert.ok(showcase.running);
  assert.equal(await showcase.stop(), 0);
});

test("a log that nobody takes does not end the show", async () => {
  const showcase = start();
  const { page } = await portsOf(showcase);
  showcase.child.stderr.destroy();
  showcase.child.kill("SIGTERM"); // it says that it stops
  assert.equal(await showcase.end(), 0);
  assert.ok(page);
});

test("what happened often is summed up, at the end at the latest", async () => {
  const showcase = start();
  const { page } = await portsOf(showcase);
  for (let i = 0; i < 5; i++) {
    const answer = await fetch(`http://127.0.0.1:${page}/ingest`, {
      headers: { Authorization: "Bearer another" },
    });
    assert.equal(answer.status, 401);
  }
  await showcase.stop();
  const told = showcase.stderr.split("\n").filter((line) => line.includes(" trainer"));
  assert.equal(told.length, 2, showcase.stderr);
  assert.match(told[1], /4 times/);
});

test("the operator hears how the show is", async () => {
  const { control } = await portsOf(start());
  const answer = await fetch(`http://127.0.0.1:${control}/api/v1/status`, {
    headers: { Authorization: `Bearer ${token()}` },
  });
  const status = await answer.json();
  assert.equal(status.failing, false);
  assert.ok(Array.isArray(status.topics));
  assert.ok(Math.abs(status.time - Date.now() / 1000) < 60);
});

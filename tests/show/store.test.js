// The show's memory as the whole program has it. That it remembers is shown in tests/e2e.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { eventually, Program, portsOf, scratch, showOptions } from "./programs.js";

let folder, running;
beforeEach(() => {
  folder = scratch();
  running = [];
});
afterEach(async () => {
  for (const program of running) await program.stop("SIGKILL");
  folder.remove();
});

function start(more = {}) {
  const showcase = new Program("keisei-showcase", { ...showOptions(folder.path), ...more });
  running.push(showcase);
  return showcase;
}
const inState = (name) => join(folder.path, "state", name);

/** What the status says of one topic. */
async function topic(showcase, name) {
  const { control } = await portsOf(showcase);
  const token = readFileSync(inState("operator.token"), "utf8").trim();
  const answer = await fetch(`http://127.0.0.1:${control}/api/v1/status`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  return (await answer.json()).topics.find((one) => one.topic === name);
}

/** What the archive answers. */
async function archive(showcase) {
  const { page } = await portsOf(showcase);
  const answer = await fetch(`http://127.0.0.1:${page}/api/v1/games`);
  return { status: answer.status, ...(await answer.json()) };
}

test("a show keeps itself in its state folder", async () => {
  const showcase = start();
  await eventually("the store is there", () => existsSync(inState("show.db")));
  assert.equal((await topic(showcase, "store")).failing, false);
  assert.deepEqual(await archive(showcase), { status: 200, games: [], next: null });
  assert.equal(await showcase.stop(), 0);
  assert.ok(!existsSync(inState("show.db-wal")));
});

test("a show keeps nothing if that is wished", async () => {
  const showcase = start({ "--no-store": true });
  await portsOf(showcase);
  assert.equal(await topic(showcase, "store"), undefined);
  const refusal = await archive(showcase);
  assert.equal(refusal.status, 503);
  assert.match(refusal.detail, /keeps nothing/);
  assert.ok(!existsSync(inState("show.db")));
});

test("a damaged store is left as it is, and the show goes on without and says so", async () => {
  mkdirSync(join(folder.path, "state"));
  const damaged = "no database ".repeat(1000);
  writeFileSync(inState("show.db"), damaged);
  const showcase = start();
  const store = await eventually("that is said", async () => {
    const found = await topic(showcase, "store");
    return found?.failing && found;
  });
  assert.match(store.reason, /show\.db is damaged.*keisei-showcase restore FILE/);
  const refusal = await archive(showcase);
  assert.equal(refusal.status, 503);
  assert.match(refusal.detail, /cannot be read/);
  assert.equal(await showcase.stop(), 0);
  assert.equal(showcase.stderr.match(/warning store:/g)?.length, 1, showcase.stderr);
  assert.equal(readFileSync(inState("show.db"), "utf8"), damaged);
});

test("two shows do not keep themselves in one store", async () => {
  const first = start();
  await eventually("the store is there", () => existsSync(inState("show.db")));
  const second = start();
  const store = await eventually("the second says so", async () => {
    const found = await topic(second, "store");
    return found?.failing && found;
  });
  assert.match(store.reason, new RegExp(`another process \\(${first.child.pid}\\)`));
  assert.equal((await topic(first, "store")).failing, false);
});

/** Runs one of the program's commands. */
async function say(...command) {
  const program = new Program("keisei-showcase", [...command, "--state-dir", inState("")]);
  running.push(program);
  const code = await program.end();
  return { code, said: program.stdout + program.stderr };
}

test("a backup is made while the show is on, and restored when it is not", async () => {
  const showcase = start();
  await eventually("the store is there", () => existsSync(inState("show.db")));
  await portsOf(showcase);
  const copy = join(folder.path, "copy.db");
  assert.deepEqual(await say("backup", copy), { code: 0, said: `${copy} holds the store\n` });

  const refused = await say("restore", copy);
  assert.equal(refused.code, 2);
  assert.match(refused.said, new RegExp(`another process \\(${showcase.child.pid}\\)`));
  await showcase.stop();
  assert.equal((await say("restore", copy)).code, 0);
  assert.ok(existsSync(inState("show.db.replaced")));
});

test("a backup takes no file's place", async () => {
  const showcase = start();
  await eventually("the store is there", () => existsSync(inState("show.db")));
  const copy = join(folder.path, "copy.db");
  writeFileSync(copy, "mine");
  const { code, said } = await say("backup", copy);
  assert.equal(code, 2);
  assert.match(said, /copy\.db: is there already/);
  assert.equal(readFileSync(copy, "utf8"), "mine");
  assert.ok(showcase.running);
});

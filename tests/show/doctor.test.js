// `keisei-showcase doctor` before a show, beside one, and where something is wrong.
import assert from "node:assert/strict";
import { chmodSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { Program, portsOf, scratch, showOptions } from "./programs.js";

let folder, running;
beforeEach(() => {
  folder = scratch();
  running = [];
});
afterEach(async () => {
  for (const program of running) await program.stop("SIGKILL");
  folder.remove();
});

async function examine(more = {}) {
  const doctor = new Program("keisei-showcase", [
    "doctor",
    ...Object.entries({ ...showOptions(folder.path), "--json": true, ...more }).flatMap(
      ([name, value]) => (value === true ? [name] : [name, String(value)]),
    ),
  ]);
  const code = await doctor.end({ within: 60_000 });
  return { code, stderr: doctor.stderr, ...JSON.parse(doctor.stdout) };
}

const named = (checks, name) => checks.filter(({ check }) => check === name);

test("before a show nothing fails, and nothing is made", async () => {
  const { code, ok, checks } = await examine();
  assert.equal(code, 0, JSON.stringify(checks));
  assert.equal(ok, true);
  for (const check of [
    ...[
      "versions",
      "trainer_version",
      "page",
      "content",
      "token_file",
      "state_disk",
      "descriptors",
    ],
    ...["clock", "public_port", "operator_port", "trainer_address"],
  ]) {
    assert.equal(named(checks, check).length, 1, check);
  }
  assert.ok(!existsSync(join(folder.path, "state")));
});

test("every failure says what to do, and the exit code tells", async () => {
  const { code, ok, checks } = await examine({
    ...{ "--ui": folder.path, "--content": folder.path, "--bind": "192.0.2.1" },
    ...{ "--stream": "ws://127.0.0.1:1/ingest", "--token-file": folder.path },
    ...{ "--trainer": "/nonexistent", "--run-dir": "/proc/nothing" },
  });
  assert.equal(code, 1);
  assert.equal(ok, false);
  for (const check of [
    "page",
    "content",
    "public_port",
    "trainer_address",
    "token_file",
    "run_disk",
  ]) {
    const [{ verdict, found, advice }] = named(checks, check);
    assert.equal(verdict, "failed", check);
    assert.ok(found, check);
    assert.ok(advice, check);
  }
  assert.equal(named(checks, "trainer_version")[0].verdict, "warning");
});

test("beside a show it hears from it, and disturbs it not", async () => {
  const showcase = new Program("keisei-showcase", showOptions(folder.path));
  running.push(showcase);
  const { page, control } = await portsOf(showcase);
  const { code, checks } = await examine({ "--port": page, "--control-port": control });
  assert.equal(code, 0, JSON.stringify(checks));
  for (const check of ["public_port", "operator_port"]) {
    assert.match(named(checks, check)[0].found, /a showcase is on/);
  }
  for (const check of ["trainer_address", "trainer_clock", "trainer_token", "show"]) {
    assert.equal(named(checks, check)[0].verdict, "ok", check);
  }
  assert.doesNotMatch(showcase.stderr, /warning/);
});

test("on the trainer's side it looks at nothing that only the show needs", async () => {
  const showcase = new Program("keisei-showcase", showOptions(folder.path));
  running.push(showcase);
  const { page } = await portsOf(showcase);
  const { code, checks } = await examine({
    ...{ "--ui": "/nonexistent", "--content": "/nonexistent", "--trainer-side": true },
    ...{ "--stream": `ws://127.0.0.1:${page}/ingest` },
    ...{ "--token-file": join(folder.path, "state/operator.token"), "--run-dir": folder.path },
  });
  assert.equal(code, 0, JSON.stringify(checks));
  assert.deepEqual(named(checks, "page"), []);
  assert.deepEqual(named(checks, "public_port"), []);
  assert.equal(named(checks, "trainer_token")[0].verdict, "ok");
  assert.equal(named(checks, "run_disk").length, 1);
});

test("an address of IPv6 is one that the trainer can be given", async () => {
  for (const bind of ["::", "::1"]) {
    const { checks } = await examine({ "--bind": bind, "--port": 28500 });
    const [{ verdict, found }] = named(checks, "trainer_address");
    assert.equal(verdict, "ok", found);
    assert.match(found, /^ws:\/\/\[::1\]:28500\/ingest: /);
  }
});

test("a trainer's copy of the token is judged by the trainer's rules", async () => {
  const copy = join(folder.path, "copy");
  writeFileSync(copy, "secret\n", { mode: 0o600 });
  const judge = async () =>
    named((await examine({ "--token-file": copy })).checks, "token_file")[0];
  assert.equal((await judge()).verdict, "ok");
  chmodSync(copy, 0o644);
  assert.equal((await judge()).verdict, "warning");
  writeFileSync(copy, "");
  assert.equal((await judge()).verdict, "failed");
});

test("for people it says one line each", async () => {
  const doctor = new Program("keisei-showcase", [
    "doctor",
    "--ui",
    folder.path,
    "--trainer",
    "/nonexistent",
  ]);
  assert.equal(await doctor.end(), 1);
  assert.match(doctor.stdout, /^failed {3}page +no built page in /m);
  assert.match(doctor.stdout, /^warning {2}trainer_version /m);
  assert.match(doctor.stdout, /^ok {7}versions +keisei-showcase /m);
});

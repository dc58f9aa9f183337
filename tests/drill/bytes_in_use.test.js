// What a program holds is told, whoever of its threads holds it; what it has freed is not.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { bin, eventually, temporaryFolder } from "../e2e/processes.js";
import { BytesInUse } from "./bytes_in_use.js";
import { preloaded } from "./preloaded.js";

const HELD = 20e6 + 64 * 1024 * 1024; // by holding_program.cc
const SMALL = 1e6;

async function holding(context) {
  const folder = await temporaryFolder();
  const bytesInUse = new BytesInUse(join(folder.path, "bytes"));
  const program = spawn(join(bin, "keisei_drill_holding"), {
    env: { ...process.env, ...preloaded(), ...bytesInUse.environment },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface(program.stdout);
  context.after(async () => {
    program.stdin.end();
    await once(program, "exit");
    await folder.remove();
  });
  return {
    pid: program.pid,
    bytesInUse,
    async please(wish) {
      program.stdin.write(`${wish}\n`);
      await once(lines, "line");
    },
  };
}

test("what is held is told, and what was freed is not", async (context) => {
  const { pid, bytesInUse, please } = await holding(context);
  const told = (isRight) => eventually("it is told", () => isRight(bytesInUse.of(pid)));
  await told((bytes) => bytes < SMALL);
  await please("hold");
  await told((bytes) => bytes > HELD && bytes < HELD + 4 * SMALL);
  await please("free");
  await told((bytes) => bytes < SMALL);
});

test("of another process nothing is known", async (context) => {
  const { pid, bytesInUse } = await holding(context);
  await eventually("it is told", () => bytesInUse.of(pid));
  assert.equal(bytesInUse.of(pid + 1), undefined);
});

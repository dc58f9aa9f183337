// script/drill: a demo run with a fault every minute, and a judge. Prints a table; exits with 1 when
// something was shown that was not played, something confirmed was lost, memory grew, or a fault was
// not told or told twice.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { eventually } from "../e2e/processes.js";
import { problemOf } from "../e2e/schema.js";
import { Operator } from "../kit/operator.js";
import { evidenceOf, keep, kept } from "./evidence.js";
import { FAULTS } from "./faults.js";
import { dealt, randomFrom } from "./random.js";
import { Show } from "./show.js";
import { heard, judged } from "./verdicts.js";
import { Watch } from "./watch.js";
import { Witness } from "./witness.js";

const USAGE = `usage: script/drill [--minutes N] [--every S] [--seed N] [--only FAULT]… [--folder DIR] [-- trainer options]
  --minutes N    how long (120); 3 is a smoke run; of 60 and more, the second half lets both programs live
  --every S      seconds from one fault to the next (60); it waits until the show is back
  --seed N       decides which faults come when (by the clock)
  --only FAULT   only this one; can be repeated: ${FAULTS.map(({ name }) => name).join(", ")}
  --folder DIR   keeps logs and evidence there; otherwise they are kept only when something failed
  --judge DIR    judges the evidence in the folder of a drill, also of one that still runs`;

const BACK_WITHIN = 45; // seconds
const SETTLING = 3_000;
const KEPT_EVERY = 10; // faults
const LONG = 60; // minutes: from then on nobody's life is ended in the second half
const evidenceIn = (folder) => join(folder, "evidence.v8");

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      minutes: { type: "string", default: "120" },
      every: { type: "string", default: "60" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      only: { type: "string", multiple: true, default: [] },
      folder: { type: "string" },
      judge: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const number = (name) => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} needs a number above 0, not '${values[name]}'`);
    return value;
  };
  const faults = values.only.length > 0 ? [] : FAULTS;
  for (const name of values.only) {
    const fault = FAULTS.find((one) => one.name === name);
    if (!fault) throw new Error(`there is no fault '${name}'`);
    faults.push(fault);
  }
  return {
    minutes: number("minutes"),
    every: number("every"),
    seed: number("seed"),
    faults,
    folder: values.folder,
    judge: values.judge,
    secondsPerMove: 0.1, // faster than they are played: games that wait would hide what grows
    trainer: positionals,
  };
}

const wait = (ms) => new Promise((done) => setTimeout(done, Math.max(0, ms)));

/** A viewer sees that training runs, and what the trainer says is confirmed. */
function isOn({ show, witness }, since) {
  const status = witness.latest("system_status");
  return (
    status?.training === "running" &&
    status.hook.connected &&
    status.at > since &&
    show.transcript.lastAcknowledgedAt > since
  );
}

const say = (what) => console.error(`${new Date().toISOString().slice(11, 19)}  ${what}`);

/** Whoever waits for the end reads on the way what will be complained about. */
function sayWhatWasWrong(show, faced, begin) {
  const latest = heard(show.programs, faced, { begin, end: Date.now() }).at(-1);
  for (const one of [...latest.problems, ...latest.unasked]) say(`  ${latest.fault.name}: ${one}`);
  if (faced.length > 0 && latest.back === undefined) say(`  ${latest.fault.name}: not back`);
}

async function face(drill, fault) {
  const { show } = drill;
  const from = Date.now();
  say(fault.name);
  const problems = [];
  await fault.happen(drill).catch((error) => problems.push(`it did not happen: ${error.message}`));
  const over = Date.now();
  let back;
  try {
    const within = (fault.within ?? BACK_WITHIN) * 1000;
    await eventually("the show is back", () => isOn(drill, over), { within });
    back = Date.now() - over;
  } catch {}
  await wait(SETTLING); // what is said last is said by now
  const to = Date.now();
  const troubles = await new Operator(show).troubles().catch((error) => [error.message]);
  problems.push(...troubles.map((one) => `the operator's status still says: ${one}`));
  return { fault, from, over, to, back, problems };
}

async function run(options) {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "keisei-drill-")));
  await mkdir(join(folder, "ui"), { recursive: true });
  await writeFile(join(folder, "ui/index.html"), "<!doctype html>");
  const random = randomFrom(options.seed);
  const show = new Show(folder, options);
  const faced = [];
  const mishaps = []; // of the drill itself: what it has seen is judged all the same
  const mishap = (error) => {
    say(error.stack);
    mishaps.push(error.message);
  };
  process.on("uncaughtException", mishap);
  let passed = false;
  // Whoever stops the drill, in whatever way, finds no programs and no mounted disk of it.
  for (const [signal, code] of Object.entries({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 })) {
    process.on(signal, () =>
      show
        .end()
        .then(() => show.remove())
        .finally(() => process.exit(code)),
    );
  }
  try {
    await show.start();
    console.error(
      `seed ${options.seed}, ${options.minutes} minutes, logs in ${folder}; the disk is a ${show.disk.kind}`,
    );
    const witness = new Witness(show.port, problemOf);
    const watch = new Watch(show);
    const drill = { show, witness, random };
    await eventually("the show is on", () => isOn(drill, 0) && witness.latest("game_state"), {
      within: 120_000,
    });
    const begin = Date.now();
    const end = begin + options.minutes * 60_000;
    const faults = dealt(options.faults, random);
    // Only a long life tells whether a program grows: what fills at first weighs nothing in it.
    const gentle = options.faults.filter(({ ends }) => !ends);
    const later = gentle.length > 0 && options.minutes >= LONG ? dealt(gentle, random) : faults;
    const half = (begin + end) / 2;
    const keepAll = async (over) => {
      const evidence = await evidenceOf({ show, witness, watch, faced, mishaps, begin, over });
      await keep(evidenceIn(folder), evidence).catch(mishap);
      return evidence;
    };
    for (
      let next = begin + 20_000;
      next < end;
      next = Math.max(next + options.every * 1000, Date.now() + 5_000)
    ) {
      await wait(next - Date.now());
      sayWhatWasWrong(show, faced, begin);
      faced.push(await face(drill, (Date.now() < half ? faults : later).next().value));
      if (faced.length % KEPT_EVERY === 0) await keepAll(Date.now()).catch(mishap);
    }
    await wait(SETTLING);
    const over = Date.now();
    witness.leave();
    await watch.stop();
    await show.end();
    await watch.end();
    console.log(`seed ${options.seed} · ${options.minutes} minutes · ${faced.length} faults`);
    passed = judged(await keepAll(over));
  } finally {
    await show.end();
    await show.remove();
    if (passed && !options.folder) await rm(folder, { recursive: true, force: true });
    else console.log(`logs: ${folder}`);
  }
  return passed ? 0 : 1;
}

try {
  const wanted = options();
  if (wanted.judge) process.exit(judged(await kept(evidenceIn(wanted.judge))) ? 0 : 1);
  process.exit(await run(wanted));
} catch (error) {
  console.error(`drill: ${error.message}`);
  process.exit(2);
}

// All that a drill asks the judge, with the answers in words.
import { join } from "node:path";
import { readJsonl } from "../e2e/processes.js";
import { ALLOWED, ALLOWED_AT_FIRST } from "./faults.js";
import * as judge from "./judge.js";
import { growth, minutes } from "./memory.js";
import { Played } from "./played.js";
import { faultTable, verdict } from "./report.js";
import { byFault, read, unasked, unfulfilled } from "./told.js";

const MOST_GROWTH = 1; // MB per hour that the lower end of the interval may reach

function memoryVerdict(watch, name) {
  const lives = [...watch.memory].filter(([program]) => program.name === name);
  const nothing = judge.tooLittle(
    lives.reduce((sum, [, samples]) => sum + samples.length, 0),
    "samples",
  );
  if (nothing.length > 0) return { findings: nothing };
  const result = growth(lives.map(([, samples]) => minutes(samples)));
  const most = Math.max(...lives.flatMap(([, samples]) => samples.map(({ bytes }) => bytes))) / 1e6;
  const facts = `at most ${most.toFixed(0)} MB`;
  if (!result) return { findings: [], facts: `${facts}; too short a drill to tell a slope` };
  const [slope, low, high] = [result.slope, result.low, result.high].map((x) => x.toFixed(2));
  return {
    findings: result.low > MOST_GROWTH ? [`it grows by ${slope} MB an hour`] : [],
    facts: `${facts}; ${slope} MB an hour (${low} to ${high})`,
  };
}

function played(show, watch) {
  const truth = new Played();
  for (const game of watch.games.values()) truth.addGame(game, "log");
  for (const game of show.transcript.messages("game_finished")) truth.addGame(game, "telemetry");
  for (const { messages } of show.transcript.conversations) {
    truth.addMoves(messages.filter(({ type }) => type === "move_played"));
  }
  return truth;
}

/** The faults with what was wrong in what was told of them, and what was told without a cause. */
function heard(show, faced, times) {
  const spoken = show.programs
    .flatMap((program, life) =>
      program.lines.map((line) => ({ by: program.name, life, line: read(line) })),
    )
    .sort((one, other) => one.line.at - other.line.at);
  return byFault(faced, spoken, times).map(({ told, ...one }, i) => ({
    ...one,
    problems: [...(one.problems ?? []), ...unfulfilled(one.fault.told, told)],
    unasked: unasked(one.fault.told, told, [
      ...(i === 0 ? ALLOWED_AT_FIRST : ALLOWED),
      ...(one.fault.allowed ?? []),
    ]),
  }));
}

/** Prints the table of the faults and a verdict on each question; returns whether all are good. */
export async function judged({ show, witness, watch, faced, begin, over }) {
  const { conversations } = show.transcript;
  const logged = [];
  for (const folder of show.runFolders)
    logged.push(...(await readJsonl(join(folder, "metrics.jsonl"))));
  for (const update of show.transcript.messages("trainer_metrics")) logged.push(update);

  const parts = heard(show, faced, { begin, end: over });
  console.log(`${faultTable(parts.slice(1), begin)}\n`);
  const truth = played(show, watch);
  const shown = judge.notPlayed(witness.shown, truth);
  const measured = judge.notMeasured(witness.shown, logged);
  const updates = judge.acknowledgedAndNotShown(conversations, witness.shown, witness.visits);
  const trainers = show.programs
    .filter(({ name }) => name !== "showcase")
    .map(({ runFolder, endedAt }) => ({ folder: runFolder, to: endedAt }));
  const games = judge.finishedAndNotAcknowledged(
    [...watch.games.values()],
    conversations,
    trainers,
  );
  const refused = watch.counters.filter(({ undecodable }) => undecodable > 0);
  const duringPageFaults = (at) =>
    faced.some(({ fault, from, to }) => fault.page === "down" && at >= from - 3_000 && at <= to);
  const silences = watch.silences.filter((at) => !duringPageFaults(at));
  const unread = watch.unread.filter(({ at }) => !duringPageFaults(at));
  const broken = judge.brokenGames(watch.counters);
  const latencies = witness.shown.filter(
    ({ type, latency_ms }) => type === "system_status" && latency_ms !== null,
  );
  const noCounters = judge.tooLittle(watch.counters.length, "readings of the counters");

  return [
    verdict("everything shown was played", {
      findings: [
        ...judge.tooLittle(shown.positions, "positions"),
        ...shown.findings,
        ...truth.illegal.map((id) => `${id} breaks the rules`),
      ],
      facts: `${shown.positions} positions, ${shown.sources.log} of them in game logs, ${shown.sources.telemetry} of games that never ended`,
    }),
    verdict("everything shown follows the schema", {
      findings: [
        ...judge.tooLittle(witness.shown.length, "frames"),
        ...judge.invalidFrames(witness.invalid),
      ],
      facts: `${witness.shown.length} frames`,
    }),
    verdict("every game shown held together", {
      findings: [...noCounters, ...broken.findings],
      facts: `${broken.gaps} left out for moves that the hook left out`,
    }),
    verdict("everything shown was measured", {
      findings: [...judge.tooLittle(measured.updates, "updates"), ...measured.findings],
      facts: `${measured.updates} updates`,
    }),
    verdict("every confirmed update was shown", {
      findings: [...judge.tooLittle(updates.checked, "updates"), ...updates.findings],
      facts: `${updates.checked} updates`,
    }),
    verdict("every finished game was confirmed or counted as lost", {
      findings: [...judge.tooLittle(games.games, "games"), ...games.findings],
      facts: `${games.games} games, ${games.counted} counted as lost, ${games.unsaid} unsaid at the end of their trainer`,
    }),
    verdict("what was confirmed came to the studio", {
      findings: [...noCounters, ...judge.confirmedAndNotHeard(watch.counters)],
      facts: `looked at ${watch.counters.length} times`,
    }),
    verdict("no telemetry was refused", {
      findings:
        refused.length > 0 ? ["see the showcase's lines in the log", ...noCounters] : noCounters,
    }),
    verdict("everything could be looked at", {
      findings: unread.map(({ at, problem }) => `${new Date(at).toISOString()}: ${problem}`),
    }),
    verdict("no latency was impossible", {
      findings: [
        ...judge.tooLittle(latencies.length, "latencies"),
        ...judge.impossibleLatencies(witness.shown),
      ],
    }),
    verdict("the page stayed up", {
      findings: [
        ...judge.tooLittle(watch.looks, "looks"),
        ...silences.map((at) => `no answer at ${new Date(at).toISOString()}`),
      ],
    }),
    verdict("trainers kept away when told to", { findings: judge.storms(faced, conversations) }),
    verdict("the show came back after every fault", {
      findings: faced.filter(({ back }) => back === undefined).map(({ fault }) => fault.name),
    }),
    verdict("every fault was told once", {
      findings: parts.flatMap(({ fault, problems }) =>
        problems.map((one) => `${fault.name}: ${one}`),
      ),
    }),
    verdict("nothing was told without a cause", {
      findings: parts.flatMap(({ fault, unasked }) =>
        unasked.map((one) => `${fault.name}: ${one}`),
      ),
    }),
    verdict("no program died by itself", {
      findings: judge.deaths(show.deaths),
    }),
    verdict("the showcase's memory is flat", memoryVerdict(watch, "showcase")),
    verdict("the trainer's memory is flat", memoryVerdict(watch, "trainer")),
  ].every(Boolean);
}

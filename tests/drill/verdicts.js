// All that a drill asks the judge, with the answers in words.
import { ALLOWED, ALLOWED_AT_FIRST } from "./faults.js";
import * as judge from "./judge.js";
import { FILLING, growth, minutes } from "./memory.js";
import { Played } from "./played.js";
import { faultTable, verdict } from "./report.js";
import { byFault, read, unasked, unfulfilled } from "./told.js";

/** MB per hour that the lower end of the interval may reach: the store's pages may still fill, and what is remembered. */
const MOST_GROWTH = 0.5;
/** MB per hour that must be ruled out: a drill in which so much could hide has not shown that memory is flat. */
const MOST_UNSEEN = 2;
const LONG = 3_600_000; // a drill of which a slope is expected

/** Of one program, by what it had in use; resident memory is told beside it. */
export function memoryVerdict({ memory, begin, over }, name) {
  const lives = memory.filter((one) => one.name === name).map(({ samples }) => samples);
  const inUse = lives.flat().flatMap((sample) => sample.inUse ?? []);
  const nothing = judge.tooLittle(inUse.length, "samples of memory in use");
  if (nothing.length > 0) return { findings: nothing };
  const most = (bytes) => `${(bytes.reduce((a, b) => Math.max(a, b)) / 1e6).toFixed(1)} MB`;
  const resident = lives.flat().map((sample) => sample.resident);
  const facts = `at most ${most(inUse)} in use, ${most(resident)} resident`;
  const result = growth(lives.map(minutes));
  if (!result) {
    const findings = over - begin < LONG ? [] : ["no life of it was long enough"];
    return { findings, facts: `${facts}; too short a drill to tell a slope` };
  }
  const [slope, low, high] = [result.slope, result.low, result.high].map((x) => x.toFixed(2));
  const findings = [];
  if (result.low > MOST_GROWTH) findings.push(`it grows by ${slope} MB an hour`);
  else if (result.high > MOST_UNSEEN) {
    findings.push(`it cannot be told whether it grows: ${high} MB an hour could hide in it`);
  }
  return {
    findings,
    facts: `${facts}; ${slope} MB an hour (${low} to ${high}) from minute ${FILLING} on`,
  };
}

const messages = (conversations, wanted) =>
  conversations.flatMap((one) => one.messages.filter(({ type }) => type === wanted));

function played(games, conversations) {
  const truth = new Played();
  for (const game of games) truth.addGame(game, "log");
  for (const game of messages(conversations, "game_finished")) truth.addGame(game, "telemetry");
  for (const one of conversations) truth.addMoves(messages([one], "move_played"));
  return truth;
}

/** The faults with what was wrong in what was told of them, and what was told without a cause. */
export function heard(programs, faced, times) {
  const spoken = programs
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
export function judged(evidence) {
  const { begin, over, faced, conversations, shown, visits, counters } = evidence;
  const logged = [...evidence.logged, ...messages(conversations, "trainer_metrics")];
  const parts = heard(evidence.programs, faced, { begin, end: over });
  console.log(`${faultTable(parts.slice(1), begin)}\n`);
  const truth = played(evidence.games, conversations);
  const positions = judge.notPlayed(shown, truth);
  const measured = judge.notMeasured(shown, logged);
  const updates = judge.acknowledgedAndNotShown(conversations, shown, visits);
  const trainers = evidence.programs
    .filter(({ name }) => name !== "showcase")
    .map(({ runFolder, endedAt }) => ({ folder: runFolder, to: endedAt }));
  const games = judge.finishedAndNotAcknowledged(evidence.games, conversations, trainers);
  const refused = counters.filter(({ undecodable }) => undecodable > 0);
  const duringPageFaults = (at) =>
    faced.some(({ fault, from, to }) => fault.page === "down" && at >= from - 3_000 && at <= to);
  const silences = evidence.silences.filter((at) => !duringPageFaults(at));
  const unread = evidence.unread.filter(({ at }) => !duringPageFaults(at));
  const broken = judge.brokenGames(counters);
  const latencies = shown.filter(
    ({ type, latency_ms }) => type === "system_status" && latency_ms !== null,
  );
  const noCounters = judge.tooLittle(counters.length, "readings of the counters");

  return [
    verdict("everything shown was played", {
      findings: [
        ...judge.tooLittle(positions.positions, "positions"),
        ...positions.findings,
        ...truth.illegal.map((id) => `${id} breaks the rules`),
      ],
      facts: `${positions.positions} positions, ${positions.sources.log} of them in game logs, ${positions.sources.telemetry} of games that never ended`,
    }),
    verdict("everything shown follows the schema", {
      findings: [
        ...judge.tooLittle(shown.length, "frames"),
        ...judge.invalidFrames(evidence.invalid),
      ],
      facts: `${shown.length} frames`,
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
      findings: [...noCounters, ...judge.confirmedAndNotHeard(counters)],
      facts: `looked at ${counters.length} times`,
    }),
    verdict("no telemetry was refused", {
      findings:
        refused.length > 0 ? ["see the showcase's lines in the log", ...noCounters] : noCounters,
    }),
    verdict("everything could be looked at", {
      findings: [
        ...evidence.mishaps,
        ...unread.map(({ at, problem }) => `${new Date(at).toISOString()}: ${problem}`),
      ],
    }),
    verdict("no latency was impossible", {
      findings: [
        ...judge.tooLittle(latencies.length, "latencies"),
        ...judge.impossibleLatencies(shown),
      ],
    }),
    verdict("the page stayed up", {
      findings: [
        ...judge.tooLittle(evidence.looks, "looks"),
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
      findings: judge.deaths(evidence.deaths),
    }),
    verdict("the showcase's memory is flat", memoryVerdict(evidence, "showcase")),
    verdict("the trainer's memory is flat", memoryVerdict(evidence, "trainer")),
  ].every(Boolean);
}

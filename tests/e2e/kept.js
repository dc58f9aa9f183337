// What a showcase keeps of a run, held against the trainer's own logs. Each function returns the
// faults that it finds, as sentences. `moments` says of a time in a log whether what was told then
// surely arrived (`isSure`), and whether it must be kept by now (`isDue`).
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { bin, readJsonl } from "./processes.js";

export const readLogs = async (folder) => ({
  games: await readJsonl(join(folder, "run/games.jsonl")),
  updates: await readJsonl(join(folder, "run/metrics.jsonl")),
});

/** What the store remembers, by the type of the message. */
export function remembered(folder) {
  const output = execFileSync(
    join(bin, "keisei_store_printing"),
    [join(folder, "showcase/show.db")],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const messages = output
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const of = (type) => messages.filter((one) => one.type === type).map((one) => one.data);
  return { games: of("game_finished"), updates: of("trainer_metrics") };
}

export async function pastOf(port) {
  return (await fetch(`http://127.0.0.1:${port}/api/v1/history`)).json();
}

/** All milestones of a run, the oldest first. */
export async function milestonesOf(port, runId) {
  const all = [];
  for (let after = ""; after !== null; ) {
    const query = `run=${runId}&limit=100${after && `&after=${encodeURIComponent(after)}`}`;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/milestones?${query}`);
    if (answer.status !== 200) throw new Error(`milestones: ${answer.status}`);
    const { milestones, next } = await answer.json();
    all.push(...milestones);
    after = next;
  }
  return all.reverse();
}

const played = ({ game_id, game_number, update, start_sfen, moves, winner, reason }) =>
  JSON.stringify({ game_id, game_number, update, start_sfen, moves, winner, reason });

/** A resumed trainer learns an update again: then it is another one. */
export const isSameUpdate = ({ update, emitted_at }, line) =>
  update === line.update && Math.abs(emitted_at - line.time) < 1;

/** Both ways: what is sure to have been told is kept, and what is kept was logged; each once. */
export function gameFaults(kept, logged, { isSure, isDue }) {
  const texts = kept.map(played);
  const known = new Set(texts);
  const inLog = new Set(logged.map(played));
  return [
    ...(known.size === texts.length ? [] : ["a game is kept twice"]),
    ...logged
      .filter((game) => isDue(game.time) && !known.has(played(game)))
      .map(({ game_id }) => `${game_id} was logged and is not kept`),
    ...kept
      .filter((game) => isSure(game.emitted_at) && !inLog.has(played(game)))
      .map(({ game_id }) => `${game_id} is kept and was not logged`),
  ];
}

export function updateFaults(kept, logged, { isSure, isDue }) {
  const faults = [];
  for (const line of logged.filter(({ time }) => isDue(time))) {
    const times = kept.filter((one) => isSameUpdate(one, line)).length;
    if (times !== 1) faults.push(`update ${line.update} of ${line.time} is kept ${times} times`);
  }
  for (const one of kept.filter(({ emitted_at }) => isSure(emitted_at))) {
    if (!logged.some((line) => isSameUpdate(one, line))) {
      faults.push(`update ${one.update} of ${one.emitted_at} is kept and was not logged`);
    }
  }
  return faults;
}

const IN_LOG = {
  policy_loss: "ppo/policy_loss",
  value_loss: "ppo/value_loss",
  entropy: "ppo/entropy",
  clip_fraction: "ppo/clip_fraction",
  explained_variance: "ppo/explained_variance",
  grad_norm: "ppo/grad_norm",
};
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A series of the protocol (docs/protocol.md), and by how much its points are off at most. */
function numbers({ from, to, points }) {
  const values = [];
  for (let i = 0; i < points.length; i += 2) {
    const k = DIGITS.indexOf(points[i]) * 64 + DIGITS.indexOf(points[i + 1]);
    values.push(points[i] === "." ? null : from + (k / 4095) * (to - from));
  }
  // Half a step, and five digits of both ends.
  return { values, off: (to - from) / 8000 + 1e-4 * Math.max(Math.abs(from), Math.abs(to)) };
}

function columnsOf({ updates, starts, segments }) {
  const owners = segments.flatMap(({ segment, columns }) => Array(columns).fill(segment));
  return starts.map((start, i) => ({
    index: i,
    segment: owners[i],
    holds: (line) => line.update >= start && line.update < start + updates,
  }));
}

/** The lines after the last resume from an older update. */
function newestLines(logged) {
  const start = logged.findLastIndex((line, i) => i > 0 && line.update <= logged[i - 1].update);
  return logged.slice(Math.max(0, start));
}

/**
 * The chart's data: every point lies within what was logged of its updates, and every logged update
 * that was surely told lies within its column's range, those after the last resume in the newest
 * segment. Of older segments some may be forgotten, as the history says then.
 */
export function historyFaults(history, logged, { isDue }) {
  const faults = [];
  const columns = columnsOf(history.updates);
  const newest = new Set(newestLines(logged));
  let compared = 0;
  for (const { metric, line } of history.metrics) {
    const key = IN_LOG[metric];
    if (!key) continue;
    const [least, most, last] = [line.min, line.max, line.last].map(numbers);
    const isIn = (value, i) =>
      least.values[i] !== null &&
      value >= least.values[i] - least.off &&
      value <= most.values[i] + most.off;
    for (const column of columns) {
      const value = last.values[column.index];
      if (value === null) continue;
      ++compared;
      if (!logged.some((one) => column.holds(one) && Math.abs(one[key] - value) <= last.off)) {
        faults.push(`${metric} of column ${column.index} ends at ${value}: that was not logged`);
      }
    }
    for (const one of logged.filter(({ time }) => isDue(time))) {
      if (one[key] === null || (history.forgotten > 0 && !newest.has(one))) continue;
      const isThere = columns.some(
        (column) =>
          column.holds(one) &&
          (!newest.has(one) || column.segment === history.segment) &&
          isIn(one[key], column.index),
      );
      if (!isThere) faults.push(`${metric} of update ${one.update}, ${one[key]}, is not shown`);
    }
  }
  if (compared === 0) faults.push("the history is empty");
  return faults;
}

const STEPS = [10, 50, 100, 500];

/**
 * Each once, none gone since `before`; the first checkmate and the first win of each side are those
 * of the log, where every game until then was surely told; steps of updates are there once passed.
 */
export function milestoneFaults(milestones, before, { games, updates }, { isDue }) {
  const faults = [];
  const byKey = new Map(milestones.map((one) => [one.key, one]));
  if (byKey.size !== milestones.length) faults.push("a milestone is there twice");
  for (const one of before) {
    if (JSON.stringify(byKey.get(one.key)) !== JSON.stringify(one)) {
      faults.push(
        `${one.key} was ${JSON.stringify(one)}, now ${JSON.stringify(byKey.get(one.key))}`,
      );
    }
  }
  for (const { key, game_id } of milestones) {
    if (game_id && !games.some((game) => game.game_id === game_id)) {
      faults.push(`${key}: nobody finished the game ${game_id}`);
    }
  }
  const firsts = {
    checkmate: ({ reason }) => reason === "checkmate",
    "win/black": ({ winner }) => winner === "black",
    "win/white": ({ winner }) => winner === "white",
  };
  for (const [key, isIt] of Object.entries(firsts)) {
    const first = games.findIndex(isIt);
    if (first < 0 || !games.slice(0, first + 1).every(({ time }) => isDue(time))) continue;
    const told = byKey.get(key)?.game_id;
    if (told !== games[first].game_id) {
      faults.push(`${key} is of ${told}, and the first was ${games[first].game_id}`);
    }
  }
  const learned = updates.filter(({ time }) => isDue(time)).map(({ update }) => update);
  for (const step of STEPS) {
    if (Math.max(...learned) < step || byKey.has(`updates/${step}`)) continue;
    faults.push(`${step} updates are no milestone`);
  }
  return faults;
}

// Who said what about a fault: the lines that begin and end it, and lines said too often.

// As base/notices.h writes them: "the trainer's connection: stopped working: timed out".
const BEGINS = /(?<what>[^:]*): stopped working: (?<reason>.*)$/;
const ENDS = /(?<what>[^:]*): works again/;

/** A line as a turn for the worse or the better, or as another line that somebody should read. */
export function read({ at, text }) {
  const line = text.replace(/^\S*\d\d:\d\d:\d\d\S* /, "");
  const begins = BEGINS.exec(line);
  if (begins) return { at, kind: "begins", text: line, ...begins.groups };
  const ends = ENDS.exec(line);
  if (ends) return { at, kind: "ends", text: line, ...ends.groups };
  return { at, kind: "other", text: line };
}

const isWarning = (line) => /\bwarn|\berror\b|cannot|could not|refused|keisei-train: /i.test(line);
/** The same line about another file, time or number, or told of more of the same, is the same line. */
const alike = (text) => text.replace(/ \(\d+ times\)$/, "").replace(/\d+(\.\d+)?/g, "#");

function about(duty, { by, line }) {
  if (by !== duty.by) return false;
  return duty.line ? duty.line.test(line.text) : duty.what.test(line.what ?? "");
}

/** What happens again is told again after a minute, and so is a failure with another reason. */
const AT_MOST_EVERY = 55_000;

/** One life says one thing once: what was said again, too soon. */
function again(duties, spoken) {
  const problems = [];
  const failing = new Map(); // by program and thing: its turns
  const said = new Map(); // by program and line: when
  for (const one of spoken) {
    const { by, life, line } = one;
    if (line.kind === "other") {
      if (!isWarning(line.text)) continue;
      const key = `${by} ${life} ${alike(line.text)}`;
      if (line.at - (said.get(key) ?? Number.NEGATIVE_INFINITY) < AT_MOST_EVERY) {
        problems.push(`${by} said again: ${line.text}`);
      }
      said.set(key, line.at);
      continue;
    }
    const key = `${by} ${life} ${line.what}`;
    if (!failing.has(key)) failing.set(key, { begun: 0 });
    const turns = failing.get(key);
    const most = duties.find((duty) => !duty.line && about(duty, one))?.times ?? 1;
    const isRepeated =
      line.kind === turns.kind && (line.kind === "ends" || line.at - turns.at < AT_MOST_EVERY);
    if (line.kind === "begins" && turns.kind !== "begins") ++turns.begun;
    if (isRepeated || (line.kind === "begins" && turns.kind === "ends" && turns.begun > most)) {
      problems.push(`${by} said again: ${line.text}`);
    }
    turns.kind = line.kind;
    turns.at = line.at;
  }
  return problems;
}

/**
 * What is wrong with what was said of a fault: `spoken` are {by, life, line} with lines as `read`
 * gives them, of programs that `life` tells apart. A duty's `times` says how often a thing may stop
 * working in it, where that is not once.
 */
export function unfulfilled(duties, spoken) {
  const problems = [];
  for (const duty of duties) {
    const lines = spoken.filter((one) => about(duty, one)).map(({ line }) => line);
    const begins = lines.filter(({ kind }) => kind === (duty.line ? "other" : "begins"));
    const name = `${duty.by} (${(duty.line ?? duty.what).source})`;
    if (begins.length === 0) problems.push(`${name} did not say that something is wrong`);
    if (duty.line) continue;
    const ends = lines.filter(({ kind }) => kind === "ends");
    if (ends.length === 0) problems.push(`${name} did not say that it is over`);
  }
  return [...problems, ...again(duties, spoken)];
}

/** Turns for the worse and warnings that nobody asked for: neither the fault nor `allowed`. */
export function unasked(duties, spoken, allowed = []) {
  return spoken
    .filter(({ line }) => line.kind === "begins" || (line.kind === "other" && isWarning(line.text)))
    .filter((one) => ![...duties, ...allowed].some((duty) => about(duty, one)))
    .map(({ by, line }) => `${by}: ${line.text}`);
}

/**
 * Everything said from `begin` to `end`, each line with the fault that came last before it: what
 * is told between two faults is judged as well. The first answer is of the time before any fault,
 * {fault: {name, told: []}}.
 */
export function byFault(faced, spoken, { begin, end }) {
  const calm = { fault: { name: "no fault yet", told: [] }, from: begin };
  return [calm, ...faced].map((one, i) => {
    const until = faced[i]?.from ?? end; // of the one after this
    const told = spoken.filter(({ line }) => line.at >= one.from && line.at < until);
    return { ...one, told };
  });
}

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
/** The same line about another file, time or number is the same line. */
const alike = (text) => text.replace(/\d+(\.\d+)?/g, "#");

function about(duty, { by, line }) {
  if (by !== duty.by) return false;
  return duty.line ? duty.line.test(line.text) : duty.what.test(line.what ?? "");
}

/**
 * What is wrong with what was said during a fault: `spoken` are {by, life, line} with lines as
 * `read` gives them, of programs that `life` tells apart. One life says one thing once.
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
  const times = new Map();
  for (const { by, life, line } of spoken) {
    if (line.kind === "other" && !isWarning(line.text)) continue;
    const key = `${by} ${life} ${alike(line.text)}`;
    times.set(key, { by, text: line.text, count: (times.get(key)?.count ?? 0) + 1 });
  }
  for (const { by, text, count } of times.values()) {
    if (count > 1) problems.push(`${by} said ${count} times: ${text}`);
  }
  return problems;
}

/** Turns for the worse that no duty of the fault asked for. */
export function unasked(duties, spoken) {
  return spoken
    .filter(({ line }) => line.kind === "begins")
    .filter((one) => !duties.some((duty) => about(duty, one)))
    .map(({ by, line }) => `${by}: ${line.text}`);
}

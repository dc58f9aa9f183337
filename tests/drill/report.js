// The end of a drill: a table of its faults, and one line for each of the judge's questions.
const pad = (cells, widths) =>
  cells
    .map((cell, i) => String(cell).padEnd(widths[i]))
    .join("  ")
    .trimEnd();

export function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => String(row[i]).length)));
  return rows.map((row) => pad(row, widths)).join("\n");
}

const clock = (ms) =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1000)).padStart(2, "0")}`;

export function faultTable(faced, begin) {
  return table([
    ["at", "fault", "back after", "told"],
    ...faced.map(({ fault, from, back, problems }) => [
      clock(from - begin),
      fault.name,
      back === undefined ? "never" : `${(back / 1000).toFixed(1)} s`,
      problems.length === 0 ? "once" : problems.join("; "),
    ]),
  ]);
}

/** Prints a verdict; returns whether it is good. */
export function verdict(question, { findings, facts = "" }) {
  const good = findings.length === 0;
  console.log(`${good ? "ok    " : "FAILED"}  ${question}${facts && `: ${facts}`}`);
  const most = 10;
  for (const finding of findings.slice(0, most)) console.log(`          ${finding}`);
  if (findings.length > most) console.log(`          … and ${findings.length - most} more`);
  return good;
}

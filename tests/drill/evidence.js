// What a drill has seen, heard and been told, as plain values: what the judge goes by. Kept in a file,
// it can be judged again, also while the drill still runs.
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { readJsonl } from "../e2e/processes.js";
import { FAULTS } from "./faults.js";

/**
 * Of a drill so far. `faced`: its faults; `mishaps`: in words, what went wrong with the drill itself;
 * `begin` and `over`: its time, in Date.now().
 */
export async function evidenceOf({ show, witness, watch, faced, mishaps, begin, over }) {
  const logged = []; // updates, by the trainers' logs
  for (const folder of show.runFolders) {
    logged.push(...(await readJsonl(join(folder, "metrics.jsonl"))));
  }
  const { shown, invalid, visits } = witness;
  const { silences, counters, unread, looks } = watch;
  return {
    begin,
    over,
    faced,
    mishaps,
    logged,
    ...{ shown, invalid, visits },
    ...{ silences, counters, unread, looks },
    games: [...watch.games.values()],
    memory: [...watch.memory].map(([{ name }, samples]) => ({ name, samples })),
    deaths: show.deaths,
    programs: show.programs.map(({ name, lines, runFolder, startedAt, endedAt }) => {
      return { name, lines, runFolder, startedAt, endedAt };
    }),
    conversations: show.transcript.conversations.map(({ messages, acknowledged }) => {
      return { messages, acknowledged };
    }),
  };
}

/** Replaces what was kept there before. */
export async function keep(path, evidence) {
  const faced = evidence.faced.map(({ fault, ...one }) => ({ ...one, name: fault.name }));
  await writeFile(`${path}.new`, serialize({ ...evidence, faced }));
  await rename(`${path}.new`, path);
}

export async function kept(path) {
  const evidence = deserialize(await readFile(path));
  const faced = evidence.faced.map(({ name, ...one }) => {
    return { ...one, fault: FAULTS.find((fault) => fault.name === name) };
  });
  return { ...evidence, faced };
}

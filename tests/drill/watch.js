// What is looked at all through a drill: memory, the page, the trainers' game logs, the counters.
import { join } from "node:path";
import { readJsonl } from "../e2e/processes.js";
import { Operator } from "../kit/operator.js";
import { residentBytes } from "./memory.js";

const EVERY = 2_000;
/** A page that takes longer than this does not answer. */
const PATIENCE = 2_000;

/** Whether the page answers, and in time. */
export async function answers(port, patience = PATIENCE) {
  const signal = AbortSignal.timeout(patience);
  return fetch(`http://127.0.0.1:${port}/healthz`, { signal }).then(
    ({ ok }) => ok,
    () => false,
  );
}

export class Watch {
  memory = new Map(); // program → its samples {age, resident, inUse}, in bytes
  games = new Map(); // "time id" → a line of games.jsonl with the moment it was read first
  silences = []; // moments at which the page did not answer
  counters = []; // {at, confirmed, heard, undecodable, skipped}: of this showcase's life
  unread = []; // {at, problem}: moments at which something could not be looked at
  looks = 0;
  #show;
  #operator;
  #timer;
  #round = Promise.resolve();

  constructor(show) {
    this.#show = show;
    this.#operator = new Operator(show);
    this.#timer = setInterval(() => {
      this.#round = this.#round.then(() => this.#look());
    }, EVERY);
  }

  /** Looks no more: from now on the show may end. */
  async stop() {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** Once the trainers have said their last. */
  async end() {
    await this.#readGames();
  }

  async #look() {
    const at = Date.now();
    ++this.looks;
    this.#readMemory(at);
    if (!(await answers(this.#show.port))) this.silences.push(at);
    for (const look of [() => this.#readGames(), () => this.#readCounters(at)]) {
      await look().catch(({ message }) => this.unread.push({ at, problem: message }));
    }
  }

  #readMemory(at) {
    for (const program of this.#show.programs) {
      const resident = program.running ? residentBytes(program.pid) : undefined;
      if (resident === undefined) continue;
      const inUse = this.#show.bytesInUse[program.name]?.of(program.pid);
      if (!this.memory.has(program)) this.memory.set(program, []);
      this.memory.get(program).push({ age: at - program.startedAt, resident, inUse });
    }
  }

  async #readGames() {
    for (const folder of this.#show.runFolders) {
      for (const game of await readJsonl(join(folder, "games.jsonl"))) {
        const key = `${game.time} ${game.game_id}`;
        if (!this.games.has(key)) {
          this.games.set(key, { ...game, folder, readAt: Date.now() });
        }
      }
    }
  }

  async #readCounters(at) {
    const { showcase, transcript } = this.#show;
    const confirmed = transcript.acknowledgedSince(showcase.startedAt); // by now
    const counters = await this.#operator.counters();
    if (showcase !== this.#show.showcase) return; // another one's
    this.counters.push({
      at,
      confirmed,
      heard: counters.value("keisei_studio_telemetry_heard_total"),
      undecodable: counters.value('keisei_studio_telemetry_unused_total{reason="undecodable"}'),
      skipped: counters.byReason("keisei_studio_games_skipped_total"),
    });
  }
}

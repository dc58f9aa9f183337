// What is looked at all through a drill: memory, the page, the trainers' game logs, the counters.
import { join } from "node:path";
import { isUp, readJsonl } from "../e2e/processes.js";
import { residentBytes } from "./memory.js";
import { Operator } from "./operator.js";

const EVERY = 2_000;

export class Watch {
  memory = new Map(); // program → its samples {age, bytes}
  games = new Map(); // "time id" → a line of games.jsonl with the moment it was read first
  silences = []; // moments at which the page did not answer
  counters = []; // {at, confirmed, taken, undecodable}: messages of this showcase's life
  #show;
  #operator;
  #timer;
  #round = Promise.resolve();

  constructor(show) {
    this.#show = show;
    this.#operator = new Operator(show);
    this.#timer = setInterval(() => {
      this.#round = this.#round.then(() => this.#look().catch(() => {}));
    }, EVERY);
  }

  async end() {
    clearInterval(this.#timer);
    await this.#round;
    await this.#readGames();
  }

  async #look() {
    const at = Date.now();
    for (const program of this.#show.programs) {
      const bytes = program.running ? residentBytes(program.pid) : undefined;
      if (bytes === undefined) continue;
      if (!this.memory.has(program)) this.memory.set(program, []);
      this.memory.get(program).push({ age: at - program.startedAt, bytes });
    }
    await this.#readGames();
    if (!(await isUp(this.#show.port).catch(() => false))) this.silences.push(at);
    await this.#readCounters(at);
  }

  async #readGames() {
    for (const folder of this.#show.runFolders) {
      for (const game of await readJsonl(join(folder, "games.jsonl"))) {
        const key = `${game.time} ${game.game_id}`;
        if (!this.games.has(key)) this.games.set(key, { ...game, readAt: Date.now() });
      }
    }
  }

  async #readCounters(at) {
    const { showcase, transcript } = this.#show;
    const confirmed = transcript.acknowledgedSince(showcase.startedAt); // by now
    const value = await this.#operator.counters();
    this.counters.push({
      at,
      confirmed,
      taken: value("keisei_edge_telemetry_taken_total"),
      undecodable: value('keisei_studio_telemetry_unused_total{reason="undecodable"}'),
    });
  }
}

// What the operator's port says of the show.
import { readFile } from "node:fs/promises";

const PATIENCE = 2_000;

/**
 * The counters of a /metrics page: `value('a_total{reason="b"}')`, an error if there is no such
 * counter, and `byReason("a_total")`, a Map.
 */
export function countersOf(page) {
  const values = new Map();
  for (const line of page.split("\n")) {
    const [, name, value] = /^([^#\s]\S*) (\S+)$/.exec(line) ?? [];
    if (name) values.set(name, Number(value));
  }
  return {
    value(name) {
      if (!values.has(name)) throw new Error(`/metrics does not count ${name}`);
      return values.get(name);
    },
    byReason(name) {
      const found = [...values].filter(([key]) => key.startsWith(`${name}{`));
      if (found.length === 0) throw new Error(`/metrics does not count ${name}`);
      return new Map(found.map(([key, value]) => [/reason="([^"]*)"/.exec(key)?.[1], value]));
    },
  };
}

export class Operator {
  #show;

  /** `show`: its `tokenFile` and `controlPort`, also as they change. */
  constructor(show) {
    this.#show = show;
  }

  async #get(path) {
    const token = (await readFile(this.#show.tokenFile, "utf8")).trim();
    const response = await fetch(`http://127.0.0.1:${this.#show.controlPort}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  }

  async counters() {
    return countersOf(await (await this.#get("/metrics")).text());
  }

  /** What does not work now, or did not, or went wrong: the topics of the status. */
  async notices() {
    const { topics } = await (await this.#get("/api/v1/status")).json();
    return topics.filter((topic) => topic.failing || topic.failures > 0 || topic.happenings > 0);
  }

  /** What does not work now, in words. */
  async troubles() {
    const { topics } = await (await this.#get("/api/v1/status")).json();
    return topics.filter(({ failing }) => failing).map(({ what, reason }) => `${what}: ${reason}`);
  }
}

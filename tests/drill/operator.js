// What the operator's port says of the show.
import { readFile } from "node:fs/promises";

const PATIENCE = 2_000;

export class Operator {
  #show;

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

  /** A function that gives a counter's value, 0 if it has none: `value('a_total{reason="b"}')`. */
  async counters() {
    const lines = (await (await this.#get("/metrics")).text()).split("\n");
    return (name) =>
      Number(lines.find((line) => line.startsWith(`${name} `))?.slice(name.length) ?? 0);
  }

  /** What does not work now, in words. */
  async troubles() {
    const { topics } = await (await this.#get("/api/v1/status")).json();
    return topics.filter(({ failing }) => failing).map(({ what, reason }) => `${what}: ${reason}`);
  }
}

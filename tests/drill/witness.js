// A viewer that writes down what it is shown, and comes back whenever it is cut off.
import WebSocket from "ws";

const RETRY_AFTER = 200;
const HELLO = { level: "advanced", language: "en", channels: ["all"], max_fps: 60 };

/** Of a frame, what the judge asks about. */
function essence({ type, data }) {
  switch (type) {
    case "game_state": {
      const { game_id, ply, sfen, last_move, result } = data;
      return { game_id, ply, sfen, usi: last_move?.move.usi ?? null, result };
    }
    case "ppo_metrics":
      return { update: data.update, metrics: data.metrics };
    case "move_prediction":
    case "se_attention":
      return { game_id: data.game_id, ply: data.ply };
    case "system_status": {
      const { training, update, games, latency_ms, run, hook } = data;
      return { training, update, games, latency_ms, run: run?.name, hook };
    }
    default:
      return {};
  }
}

export class Witness {
  /** Everything that was shown, in order: {at, type, …}. */
  shown = [];
  /** When it was connected: {from, to}, the last one perhaps without an end. */
  visits = [];
  #port;
  #socket;
  #latest = new Map();
  #leaving = false;
  #check;

  /** Frames that a check found fault with: {at, type, problem}. */
  invalid = [];

  /** `check(frame)` gives what is wrong with a frame, or nothing. */
  constructor(port, check) {
    this.#port = port;
    this.#check = check;
    this.#visit();
  }

  #visit() {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/ws`);
    this.#socket = socket;
    const visit = { from: 0, to: 0 };
    socket.on("open", () => socket.send(JSON.stringify(HELLO)));
    socket.on("message", (text) => {
      const frame = JSON.parse(text);
      if (frame.type === "connection_established") {
        visit.from = Date.now();
        this.visits.push(visit);
      }
      this.#see(frame);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      visit.to = Date.now();
      this.#latest.clear();
      if (!this.#leaving) setTimeout(() => this.#visit(), RETRY_AFTER);
    });
  }

  #see(frame) {
    const problem = this.#check(frame);
    if (problem) this.invalid.push({ at: Date.now(), type: frame.type, problem });
    const seen = { at: Date.now(), type: frame.type, ...essence(frame) };
    this.shown.push(seen);
    this.#latest.set(frame.type, seen);
  }

  /** The latest frame of a type since it was last connected. */
  latest(type) {
    return this.#latest.get(type);
  }
  get isThere() {
    return this.#latest.size > 0;
  }

  leave() {
    this.#leaving = true;
    this.#socket.terminate();
    const last = this.visits.at(-1);
    if (last && !last.to) last.to = Date.now();
  }
}

// A trainer's telemetry as a file: what a real run said on /ingest, one message a line with the
// second it came in. Recorded by record_telemetry.js, played into any showcase from here.
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import WebSocket from "ws";
import { holdAgainstSchema } from "./schema.js";

/**
 * Four minutes of keisei-train with the demo preset on two busy CPU cores, from its first move: 26
 * updates, an evaluation, and of its featured games the first (with every eighth activity map), the
 * fifth (230 moves, White mates) and the beginning of the sixth.
 */
export const DEMO = {
  file: join(import.meta.dirname, "testdata/demo_run.jsonl.gz"),
  game: "20261128-033153-4a7211fa-5",
};

/** Fields of a message that hold a second since the epoch. */
const TIMES = ["emitted_at", "sent_at", "started_at", "hook_started_at"];

/** The lines of a recording: [{at, message}], `at` in seconds since its first message. */
export async function loadTelemetry(file) {
  const text = gunzipSync(await readFile(file)).toString("utf8");
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

export async function saveTelemetry(file, lines) {
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await writeFile(file, gzipSync(text, { level: 9 }));
}

/** The message as if it had been made `later` seconds later. */
function moved(message, later) {
  const data = { ...message.data };
  for (const field of TIMES) {
    if (typeof data[field] === "number") data[field] += later;
  }
  return { ...message, timestamp: message.timestamp + later, data };
}

/**
 * Plays a recording as a trainer would: connects, says every line and then its last heartbeat once
 * a second until it is closed, since a silent trainer counts as paused. `speed` 1 keeps the
 * recorded pace, Infinity says everything at once. Every time in it is moved to now.
 */
export async function playTelemetry({ port, token, lines, speed = Infinity }) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ingest`, {
    headers: { authorization: `Bearer ${token}` },
  });
  socket.on("message", holdAgainstSchema);
  await once(socket, "open");
  const later = Date.now() / 1000 - (lines.at(-1)?.message.timestamp ?? 0);
  let seq = 0;
  const say = (message) => {
    const text = JSON.stringify({ ...moved(message, later), seq: ++seq });
    holdAgainstSchema(text);
    socket.send(text);
  };

  const timers = [];
  const heartbeat = lines.findLast(({ message }) => message.type === "heartbeat")?.message;
  const keepAlive = () => {
    if (heartbeat) timers.push(setInterval(() => say(heartbeat), 1000));
  };
  const played = (async () => {
    const started = Date.now();
    for (const { at, message } of lines) {
      const wait = (at / speed) * 1000 - (Date.now() - started);
      if (wait > 0) await new Promise((done) => timers.push(setTimeout(done, wait)));
      if (socket.readyState !== WebSocket.OPEN) return;
      say(message);
    }
    keepAlive();
  })();
  return {
    /** Resolves when every line has been said. */
    played,
    async close() {
      for (const timer of timers) clearTimeout(timer);
      socket.close();
      if (socket.readyState !== WebSocket.CLOSED) await once(socket, "close");
    },
  };
}

/**
 * Only one of the recorded games, up to a number of moves, with everything else that was said
 * until then or later: a show that reaches a known position and stays there.
 */
export function onlyGame(lines, gameId, { moves = Infinity } = {}) {
  return lines.filter(({ message: { type, data } }) => {
    if (!("game_id" in data)) return true;
    if (data.game_id !== gameId) return false;
    return type === "game_finished" ? moves === Infinity : data.ply < moves;
  });
}

/** The recording with a run that began so many seconds ago: its age on screen then stands still. */
export function startedAgo(lines, seconds) {
  return lines.map(({ at, message }) =>
    message.type === "run_started"
      ? {
          at,
          message: {
            ...message,
            data: { ...message.data, started_at: message.timestamp - seconds },
          },
        }
      : { at, message },
  );
}

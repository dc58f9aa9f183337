// The real trainer before a showcase that records: what the recording shows is what viewers got.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import WebSocket from "ws";
import { frames } from "./frames.js";
import {
  eventually,
  freePort,
  isUp,
  startShowcase,
  startTrainer,
  temporaryFolder,
} from "./processes.js";

let folder;
let file;
const processes = [];

const started = (process) => {
  processes.push(process);
  return process;
};

before(async () => {
  folder = await temporaryFolder();
  file = join(folder.path, "show.rec");
});
after(async () => {
  for (const process of processes) await process.stop("SIGKILL");
  await folder?.remove();
});

async function recordingShow() {
  const port = await freePort();
  const showcase = started(
    startShowcase({ port, folder: folder.path, more: { "--record": file } }),
  );
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  return { port, showcase };
}

/** A viewer who writes down all that the studio says to him. */
function witness(port) {
  const told = [];
  const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
  socket.on("open", () =>
    socket.send(
      JSON.stringify({ type: "hello", data: { level: "advanced", language: "ja", max_fps: 60 } }),
    ),
  );
  socket.on("message", (text) => {
    // The edge's own, made for each viewer.
    if (JSON.parse(text).type !== "connection_established") told.push(String(text));
  });
  return { told, leave: () => socket.terminate() };
}

test("a recording of a real run shows what its viewers saw, each time", async () => {
  const { port, showcase } = await recordingShow();
  const viewer = witness(port);
  const trainer = started(startTrainer({ port, folder: folder.path }));
  await eventually("two updates and some moves were seen", () => {
    const count = (type) => viewer.told.filter((text) => JSON.parse(text).type === type).length;
    return count("ppo_metrics") >= 2 && count("game_state") >= 10;
  });
  await trainer.stop();
  viewer.leave();
  await showcase.stop();

  const lines = (await frames("--level", "advanced", "--language", "ja", file)).split("\n");
  // A viewer gets the newest of each type, not in the order in which types came at once.
  const last = {};
  for (const text of viewer.told) {
    const { type } = JSON.parse(text);
    last[type] = lines.indexOf(text, (last[type] ?? -1) + 1);
    assert.notEqual(last[type], -1, `not in the recording: ${text.slice(0, 200)}`);
  }
  const hash = await frames("--hash", file);
  assert.equal(await frames("--hash", file), hash);
});

test("a show that is started again leaves the recording alone", async () => {
  const before = await frames("--hash", file);
  const { showcase } = await recordingShow();
  await showcase.stop("SIGKILL");
  assert.ok(existsSync(join(folder.path, "show-2.rec")));
  assert.equal(await frames("--hash", file), before);
});

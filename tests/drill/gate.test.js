// The gate between two programs, and what is overheard there, over real sockets.
import assert from "node:assert/strict";
import { on, once } from "node:events";
import { afterEach, test } from "node:test";
import WebSocket, { WebSocketServer } from "ws";
import { Gate } from "./gate.js";
import { Transcript } from "./transcript.js";

const cleanups = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function showcase() {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  let received = 0;
  server.on("connection", (trainer) => {
    trainer.on("message", () => {
      const data = { received: ++received };
      trainer.send(JSON.stringify({ type: "telemetry_acknowledged", data }));
    });
  });
  cleanups.push(() => {
    for (const client of server.clients) client.terminate();
    server.close();
  });
  return server.address().port;
}

async function gateTo(port, listen) {
  const gate = await Gate.open(port, listen);
  cleanups.push(() => gate.shut());
  return gate;
}

async function connected(gate) {
  const socket = new WebSocket(`ws://127.0.0.1:${gate.port}`);
  socket.on("error", () => {});
  cleanups.push(() => socket.terminate());
  await once(socket, "open");
  return socket;
}

const message = (type, data = {}) => JSON.stringify({ type, data });

test("what a trainer says and what is confirmed of it is overheard", async () => {
  const transcript = new Transcript();
  const gate = await gateTo(await showcase(), () => transcript.listen());
  const socket = await connected(gate);
  socket.send(message("run_started", { run_id: "a" }));
  // In two frames, longer than 16 bits tell.
  socket.send(`{"type":"game_finished","data":{"game_id":"`, { fin: false });
  socket.send(`${"x".repeat(70_000)}"}}`, { fin: true });
  for await (const [reply] of on(socket, "message")) {
    if (JSON.parse(reply).data.received === 2) break;
  }
  const [conversation] = transcript.conversations;
  assert.deepEqual(
    conversation.messages.map(({ type }) => type),
    ["run_started", "game_finished"],
  );
  assert.equal(conversation.messages[1].game_id.length, 70_000);
  assert.equal(conversation.acknowledged, 2);
});

test("a gate that is shut cuts, and refuses until it is opened again", async () => {
  const gate = await gateTo(await showcase());
  const socket = await connected(gate);
  const closed = once(socket, "close");
  await gate.shut();
  await closed;
  const refused = new WebSocket(`ws://127.0.0.1:${gate.port}`);
  const [error] = await once(refused, "error");
  assert.equal(error.code, "ECONNREFUSED");
  await gate.reopen();
  await connected(gate);
});

test("a silent gate keeps everything back, and gives it out later", async () => {
  const gate = await gateTo(await showcase());
  const socket = await connected(gate);
  gate.silence();
  socket.send(message("heartbeat"));
  let answered = false;
  const answer = once(socket, "message").then(() => {
    answered = true;
  });
  await new Promise((done) => setTimeout(done, 200));
  assert.equal(answered, false);
  await gate.reopen();
  await answer;
});

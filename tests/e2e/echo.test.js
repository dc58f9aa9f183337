// The echo on the edge's WebSocket layer, by another implementation of the protocol.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { after, before, test } from "node:test";
import WebSocket from "ws";
import { eventually, freePort, startEcho } from "./processes.js";

let echo;
let port;

before(async () => {
  port = await freePort();
  echo = startEcho({ port });
  await eventually("an echo", async () => (await connect()).terminate() ?? true);
});
after(() => echo.stop());

async function connect() {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  await once(socket, "open");
  return socket;
}

async function answerTo(say) {
  const socket = await connect();
  const answer = once(socket, "message");
  say(socket);
  const [data, isBinary] = await answer;
  socket.terminate();
  return { data, isBinary };
}

test("says texts and binary messages of every length form back", async () => {
  for (const size of [0, 1, 125, 126, 127, 65_535, 65_536, 1_000_000]) {
    const text = "x".repeat(size);
    assert.equal(String((await answerTo((socket) => socket.send(text))).data), text);
    const bytes = randomBytes(size);
    const { data, isBinary } = await answerTo((socket) => socket.send(bytes));
    assert.ok(isBinary && data.equals(bytes), `${size} bytes`);
  }
});

test("joins fragments", async () => {
  const { data } = await answerTo((socket) => {
    for (const part of ["one ", "two ", "三 "]) socket.send(part, { fin: false });
    socket.send("end");
  });
  assert.equal(String(data), "one two 三 end");
});

test("answers pings and goodbyes", async () => {
  const socket = await connect();
  socket.ping("there?");
  assert.equal(String((await once(socket, "pong"))[0]), "there?");
  socket.close(3000, "bye");
  assert.equal((await once(socket, "close"))[0], 3000);
});

test("closes with 1009 what is longer than it takes", async () => {
  const socket = await connect();
  socket.on("error", () => {});
  socket.send("x".repeat(17 * 1024 * 1024));
  assert.equal((await once(socket, "close"))[0], 1009);
});

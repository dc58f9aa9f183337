// What the running showcase answers and says, held against docs/openapi.json and
// docs/asyncapi.json: every operation that they describe is asked for.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import WebSocket from "ws";
import { portsIn } from "../kit/programs.js";
import {
  eventually,
  freePort,
  isUp,
  operatorToken,
  root,
  startShowcase,
  temporaryFolder,
} from "./processes.js";
import { DEMO, loadTelemetry, onlyGame, playTelemetry } from "./telemetry.js";

const read = async (name) => JSON.parse(await readFile(join(root, "docs", name), "utf8"));
const openapi = await read("openapi.json");
const asyncapi = await read("asyncapi.json");
const ajv = new Ajv({ strict: false, validateFormats: false });
ajv.addSchema({ $id: "openapi", ...openapi });
ajv.addSchema({ $id: "asyncapi", ...asyncapi });

let folder;
let port;
let operatorPort;
let token;
let showcase;
let trainer;
let known; // what the parameters without a list of words may be

before(async () => {
  folder = await temporaryFolder();
  port = await freePort();
  showcase = startShowcase({ port, folder: folder.path, secondsPerMove: 0.05 });
  await eventually("the showcase answers", () => isUp(port), { within: 10_000 });
  operatorPort = portsIn(showcase.stderr).control;
  token = await operatorToken(folder.path);
  const lines = onlyGame(await loadTelemetry(DEMO.file), DEMO.game);
  const { run_id: run } = lines.find(({ message }) => message.type === "run_started").message.data;
  trainer = await playTelemetry({ port, token, lines });
  const isKept = async () => (await ask(`/api/v1/games/${run}/${DEMO.game}`)).status === 200;
  await eventually("the game is kept", isKept);
  const newest = ["history", "metrics", "strength", "improvement", "game", "system"];
  const isShown = async (name) => (await ask(`/api/v1/${name}`)).status === 200;
  await eventually("all of it is shown", async () =>
    (await Promise.all(newest.map(isShown))).every(Boolean),
  );
  const { from: oldest, to } = JSON.parse((await ask("/api/v1/range")).text);
  known = { run, game: DEMO.game, oldest, from: Math.max(to - 1, oldest), to, ended_by: to };
  Object.assign(known, { opening: "static_rook", castle: "mino" });
});

after(async () => {
  await trainer?.close();
  await showcase?.stop("SIGKILL");
  await folder?.remove();
});

/** An answer as it is: fetch() would choose a host and follow its own cache. */
async function ask(path, { method = "GET", headers = {}, body, at = port } = {}) {
  const asked = request({ host: "127.0.0.1", port: at, path, method, headers, agent: false });
  asked.end(body);
  const [answer] = await once(asked, "response");
  // An endless answer has begun well.
  if (answer.headers["content-type"] === "text/event-stream") asked.destroy();
  let text = "";
  try {
    for await (const chunk of answer) text += chunk;
  } catch (error) {
    assert.equal(error.code, "ECONNRESET");
  }
  return { status: answer.statusCode, headers: answer.headers, text };
}

const refer = (document, pointer) => ({
  $ref: `${document}#/${pointer.map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`,
});

/** What is wrong with an answer, by what is written of its operation. */
function assertDescribed(operation, place, { status, headers, text }) {
  const isListed = String(status) in operation.responses;
  const response = operation.responses[isListed ? status : "default"];
  const described = [...place, "responses", isListed ? String(status) : "default"];
  for (const name of Object.keys(response.headers ?? {})) {
    if (name !== "Retry-After") assert.ok(name.toLowerCase() in headers, `${place}: ${name}`);
  }
  if (!response.content) return assert.equal(text, "", `${place} ${status}`);
  const type = headers["content-type"];
  assert.ok(type in response.content, `${place} ${status}: ${type}`);
  if (!/[/+]json$/.test(type)) return;
  const check = ajv.compile(refer("openapi", [...described, "content", type, "schema"]));
  assert.ok(check(JSON.parse(text)), `${place} ${status}: ${ajv.errorsText(check.errors)}`);
}

const operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const isOperators = ({ operation }) => operation.tags.includes("operator");
const resolved = (schema) =>
  schema.$ref ? openapi.components.schemas[schema.$ref.split("/").at(-1)] : schema;

/** Values that a parameter is said to take. */
function valuesOf({ name, schema }) {
  const whole = resolved(schema);
  if (whole.items) return [resolved(whole.items).enum.join(",")];
  if (whole.enum) return whole.enum;
  if (name in known) return [known[name]];
  if (whole.type === "integer") return [whole.minimum, whole.maximum];
  assert.fail(`the test knows no value of ${name}`);
}

function addressOf({ path, operation }, more = {}) {
  const query = new URLSearchParams(more);
  let address = path;
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === "path") {
      const value = more[parameter.name] ?? valuesOf(parameter)[0];
      query.delete(parameter.name);
      address = address.replace(`{${parameter.name}}`, encodeURIComponent(value));
    } else if (parameter.required && !query.has(parameter.name)) {
      query.set(parameter.name, valuesOf(parameter)[0]);
    }
  }
  return query.size > 0 ? `${address}?${query}` : address;
}

const asOperator = () => ({ authorization: `Bearer ${token}` });
const askFor = (it, more, headers = {}) =>
  ask(addressOf(it, more), {
    at: isOperators(it) ? operatorPort : port,
    headers: { ...(isOperators(it) ? asOperator() : {}), ...headers },
  });

test("it serves the documents that are in docs/", async () => {
  assert.deepEqual(JSON.parse((await ask("/api/openapi.json")).text), openapi);
  assert.deepEqual(JSON.parse((await ask("/api/asyncapi.json")).text), asyncapi);
});

for (const it of operations.filter(({ method }) => method === "get")) {
  const { operation, path, method } = it;
  const place = ["paths", path, method];

  test(`${operation.operationId} answers as it is described`, async () => {
    const answer = await askFor(it);
    assert.equal(answer.status, 200, answer.text);
    assertDescribed(operation, place, answer);
    if (!("304" in operation.responses)) return;
    const again = await askFor(it, {}, { "if-none-match": answer.headers.etag });
    // A state may have gone on meanwhile.
    assert.ok(again.status === 304 || again.headers.etag !== answer.headers.etag);
    assertDescribed(operation, place, again);
  });

  for (const parameter of operation.parameters ?? []) {
    test(`${operation.operationId} takes every value of ${parameter.name}`, async () => {
      for (const value of parameter.name === "after" ? await pageEnds(it) : valuesOf(parameter)) {
        const answer = await askFor(it, { [parameter.name]: value });
        assert.equal(answer.status, 200, `${parameter.name}=${value}: ${answer.text}`);
        assertDescribed(operation, place, answer);
      }
    });
  }

  if (operation.parameters?.some((parameter) => parameter.in === "query")) {
    test(`${operation.operationId} refuses a parameter that is not described`, async () => {
      const answer = await askFor(it, { colour: "black" });
      assert.equal(answer.status, 400);
      assertDescribed(operation, place, answer);
      assert.equal(JSON.parse(answer.text).field, "colour");
    });
  }

  if (operation.servers?.length !== 1) {
    test(`${operation.operationId} is refused to foreign pages`, async () => {
      const named = await ask(addressOf(it), { headers: { host: "evil.example" } });
      assert.equal(named.status, 421);
      assertDescribed(operation, place, named);
      const from = await ask(addressOf(it), { headers: { origin: "https://evil.example" } });
      assert.equal(from.status, 403);
      assertDescribed(operation, place, from);
    });
  }
}

/** Where the first page of a list ends; of the milestones any row will do. */
async function pageEnds(it) {
  const { next } = JSON.parse((await askFor(it, { limit: 1 })).text);
  return next ? [next] : it.path.endsWith("milestones") ? [1] : ["1.1"];
}

for (const it of operations.filter(isOperators)) {
  test(`${it.operation.operationId} wants the operator token`, async () => {
    const answer = await ask(it.path, { at: operatorPort, method: it.method.toUpperCase() });
    assert.equal(answer.status, 401);
    assertDescribed(it.operation, ["paths", it.path, it.method], answer);
  });
}

const WORDS = {
  setStreaming: [{ streaming: true }, { streaming: "perhaps" }],
  commandGame: [{ command: "pause_game" }, { command: "set_pace" }],
};

for (const it of operations.filter(({ method }) => method === "post")) {
  const { operation, path, method } = it;
  test(`${operation.operationId} takes what is described and refuses what is not`, async () => {
    const [good, bad] = WORDS[operation.operationId];
    const say = (word) =>
      ask(path, {
        at: operatorPort,
        method: "POST",
        headers: asOperator(),
        body: JSON.stringify(word),
      });
    const schema = refer("openapi", [
      ...["paths", path, method, "requestBody", "content", "application/json", "schema"],
    ]);
    assert.ok(ajv.compile(schema)(good));
    const taken = await say(good);
    assert.equal(taken.status, 204);
    assertDescribed(operation, ["paths", path, method], taken);
    const refused = await say(bad);
    assert.equal(refused.status, 400);
    assertDescribed(operation, ["paths", path, method], refused);
  });
}

/** A message of a channel, in the operation that sends it. */
function assertSaid(channel, operation, text) {
  const message = JSON.parse(text);
  const { messages } = asyncapi.operations[operation];
  const reference = `#/channels/${channel}/messages/${message.type}`;
  assert.ok(
    messages.some(({ $ref }) => $ref === reference),
    message.type,
  );
  const check = ajv.compile({ $ref: `asyncapi#/components/messages/${message.type}/payload` });
  assert.ok(check(message), `${message.type}: ${ajv.errorsText(check.errors)}`);
  return message.type;
}

test("viewers are told what is described", async () => {
  const { address } = asyncapi.channels.viewers;
  const socket = new WebSocket(`ws://127.0.0.1:${port}${address}`);
  const heard = new Set();
  let wrong;
  socket.on("message", (text) => {
    try {
      heard.add(assertSaid("viewers", "tellViewers", String(text)));
    } catch (error) {
      wrong = error;
    }
  });
  await once(socket, "open");
  socket.send(JSON.stringify({ type: "hello", data: { level: "advanced" } }));
  socket.send("nonsense");
  const isEnough = () => wrong || (heard.size >= 8 && heard.has("error"));
  await eventually("many kinds of messages", isEnough, { within: 20_000 });
  socket.close();
  if (wrong) throw wrong;
  assert.ok(heard.has("connection_established"));
});

test("what was on air is what viewers were told", async () => {
  const query = new URLSearchParams({ from: Math.max(known.to - 30, known.oldest), to: known.to });
  const { text } = await ask(`/api/v1/frames?${query}`);
  const lines = text.trim().split("\n");
  assert.ok(lines.length > 3);
  for (const line of lines) assertSaid("viewers", "tellViewers", line);
});

test("viewers without WebSockets are told the same", async () => {
  const { address } = asyncapi.channels.events;
  const asked = request({ host: "127.0.0.1", port, path: `${address}?level=beginner` });
  asked.end();
  const [answer] = await once(asked, "response");
  const heard = new Set();
  let text = "";
  for await (const chunk of answer) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop();
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data) heard.add(assertSaid("events", "tellEvents", data));
    }
    if (heard.size >= 7) break;
  }
  asked.destroy();
  assert.ok(heard.has("connection_established"));
});

// What the drill looks at: a page that is there and does not answer is not up.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { countersOf } from "../kit/operator.js";
import { answers } from "./watch.js";

async function page(context, respond) {
  const server = createServer(respond).listen(0, "127.0.0.1");
  await once(server, "listening");
  context.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return server.address().port;
}

test("a page that says it is well is up", async (context) => {
  const port = await page(context, (_, response) => response.end("ok"));
  assert.equal(await answers(port), true);
});
test("a page that takes a connection and says nothing is not up", async (context) => {
  const port = await page(context, () => {});
  assert.equal(await answers(port, 100), false);
});
test("a page that fails is not up", async (context) => {
  const port = await page(context, (_, response) => response.writeHead(500).end());
  assert.equal(await answers(port), false);
});

const PAGE = `# TYPE a_total counter
a_total 7
b_total{reason="gap"} 2
b_total{reason="too_long"} 0
`;
test("counters are read by their name and reason", () => {
  const { value, byReason } = countersOf(PAGE);
  assert.equal(value("a_total"), 7);
  assert.deepEqual(
    [...byReason("b_total")],
    [
      ["gap", 2],
      ["too_long", 0],
    ],
  );
});
test("a counter that is not there is no zero", () => {
  const { value, byReason } = countersOf(PAGE);
  assert.throws(() => value("c_total"), /does not count/);
  assert.throws(() => byReason("c_total"), /does not count/);
});

// The documents about the API, held against the specifications that they follow.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { createConfig, lint, lintFromString } from "@redocly/openapi-core";
import Ajv from "ajv";
import { root } from "../kit/programs.js";

const require = createRequire(import.meta.url);
const path = (name) => join(root, "docs", `${name}.json`);

async function problemsOf(name, rules = {}) {
  const config = await createConfig({ extends: ["recommended-strict"], rules });
  const problems = await lint({ ref: path(name), config });
  return problems.map(
    ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`,
  );
}

test("docs/openapi.json is sound OpenAPI 3.1", async () => {
  // A game's file has the game's path and an ending: a dot of a game's id is written %2E.
  assert.deepEqual(await problemsOf("openapi", { "no-ambiguous-paths": "off" }), []);
});

test("docs/asyncapi.json is sound AsyncAPI 3", async () => {
  // The rule knows no operation that is for anyone.
  assert.deepEqual(await problemsOf("asyncapi", { "security-defined": "off" }), []);
});

test("docs/asyncapi.json follows the schema of AsyncAPI", async () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const check = ajv.compile(require("@asyncapi/specs/schemas/3.0.0-without-$id.json"));
  const document = JSON.parse(await readFile(path("asyncapi"), "utf8"));
  assert.ok(check(document), ajv.errorsText(check.errors));
});

test("the check sees what is wrong", async () => {
  const document = JSON.parse(await readFile(path("openapi"), "utf8"));
  delete document.info.title;
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: path("openapi"),
    config: await createConfig({ extends: ["recommended-strict"] }),
  });
  assert.ok(problems.some(({ ruleId }) => ruleId === "struct"));
});

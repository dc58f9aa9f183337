// Holds what is said on any connection against docs/protocol.schema.json, the file that others
// read to write their programs.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { root } from "./processes.js";

const schema = JSON.parse(await readFile(join(root, "docs/protocol.schema.json"), "utf8"));
const ajv = new Ajv({ strict: false });
ajv.addSchema(schema, "protocol");

/** A check for each type: of all together, a failure could only say that a text is none of them. */
const checks = new Map(
  schema.oneOf.map(({ $ref }) => {
    const { const: type } = schema.$defs[$ref.split("/").at(-1)].properties.type;
    return [type, ajv.compile({ $ref: `protocol${$ref}` })];
  }),
);

/** What was said and does not follow the schema; a test file asserts at its end that there is nothing. */
export const violations = [];

let held = 0;
/** How much was held against it: without anything there is no violation either. */
export const heldAgainstSchema = () => held;

/** What is wrong with a message; undefined if it follows the schema. */
export function problemOf(message) {
  const check = checks.get(message.type);
  if (check?.(message)) return undefined;
  return check ? ajv.errorsText(check.errors) : "no such type";
}

/** The same of what is answered over HTTP, which has no type: its name is that in docs/protocol.md. */
export function answerProblem(name, answer) {
  const check = ajv.compile({ $ref: `protocol#/$defs/${name}` });
  return check(answer) ? undefined : ajv.errorsText(check.errors);
}

export function holdAgainstSchema(text) {
  held += 1;
  const errors = problemOf(JSON.parse(String(text)));
  if (errors) violations.push({ errors, text: String(text).slice(0, 500) });
}

/** From now on, for everything that the page hears. */
export function holdPageAgainstSchema(page) {
  page.on("websocket", (socket) =>
    socket.on("framereceived", ({ payload }) => holdAgainstSchema(payload)),
  );
}

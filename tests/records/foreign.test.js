// Records that others wrote: every file in the folder KEISEI_FOREIGN_RECORDS is read as another
// library reads it, the result included. Prints one line for each file.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { importCSA, importJKFString, importKI2, importKIF, Record } from "tsshogi";
import { ours, theirs } from "./both_sides.js";

const folder = process.env.KEISEI_FOREIGN_RECORDS;
const importers = {
  csa: importCSA,
  jkf: importJKFString,
  ki2: importKI2,
  ki2u: importKI2,
  kif: importKIF,
  kifu: importKIF,
};

function text(file) {
  const bytes = readFileSync(file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("shift_jis").decode(bytes);
  }
}

/** What decides about a game: comments and times differ between the libraries' tastes. */
const essence = ({ start, moves, ended, winner }) => ({
  start,
  moves: moves.map(({ usi }) => usi),
  ended,
  winner,
});

const files = folder ? readdirSync(folder).sort() : [];
for (const name of files.filter((file) => path.extname(file).slice(1) in importers)) {
  test(name, () => {
    const file = path.join(folder, name);
    const record = importers[path.extname(name).slice(1)](text(file));
    assert.ok(record instanceof Record, `${record}`);
    const read = ours([file])[0];
    const { moves, ended, winner } = essence(read);
    console.log(`${name}: ${moves.length} moves, ${!ended ? "goes on" : winner || "no winner"}`);
    assert.deepEqual(essence(read), essence(theirs(record, { times: true })));
  });
}
test("a folder of foreign records", { skip: folder ? false : "set KEISEI_FOREIGN_RECORDS" }, () => {
  assert.ok(files.length > 0, `${folder} is empty`);
});

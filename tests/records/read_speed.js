// How fast npm's tsshogi reads: for each line that it is given, `node read_speed.js FOLDER FORMAT`
// reads all files once and prints files a second of processor time. See
// src/shogi/record/record_read_benchmark.cc.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { importCSA, importJKFString, importKI2, importKIF, Record } from "tsshogi";

const [folder, format] = process.argv.slice(2);
const readers = {
  csa: importCSA,
  jkf: importJKFString,
  kif: importKIF,
  ki2: importKI2,
  usi: Record.newByUSI,
};
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(`.${format}`))
  .map((name) => readFileSync(path.join(folder, name), "utf8"));

function seconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function readAll() {
  for (const text of texts) {
    const record = readers[format](text);
    if (!(record instanceof Record)) throw record;
  }
}

for await (const _ of createInterface({ input: process.stdin })) {
  const begin = seconds();
  readAll();
  console.log(texts.length / (seconds() - begin));
}

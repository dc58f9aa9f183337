// Another implementer's library reads what we write, and we read what it writes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import {
  exportCSA,
  exportJKFString,
  exportKI2,
  exportKIF,
  importCSA,
  importJKFString,
  importKI2,
  importKIF,
  Record,
} from "tsshogi";
import { ours, program, theirs } from "./both_sides.js";

const games = Number(process.env.KEISEI_GAMES ?? 1000);
// From every format into every other there are many ways: fewer games go through each.
const gamesBetween = Number(process.env.KEISEI_GAMES_BETWEEN ?? Math.min(games, 60));
const formats = {
  csa: { read: importCSA, write: exportCSA, times: true },
  jkf: { read: importJKFString, write: exportJKFString, times: true },
  kif: { read: importKIF, write: exportKIF, times: true },
  ki2: { read: importKI2, write: exportKI2, times: false },
  usi: {
    read: Record.newByUSI,
    write: (record) => record.getUSI({ allMoves: true }),
    movesAlone: true,
  },
};
let folder;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keisei-records-"));
  execFileSync(program, ["write", folder, String(games)]);
});
after(() => rmSync(folder, { recursive: true }));

const file = (game, format) => path.join(folder, `${game}.${format}`);

for (const [format, kept] of Object.entries(formats)) {
  const { read, write } = kept;

  test(`${format}: another library reads our games as we do`, () => {
    const files = Array.from({ length: games }, (_, game) => file(game, format));
    const expected = ours(files);
    for (let game = 0; game < games; ++game) {
      const record = read(readFileSync(files[game], "utf8"));
      assert.ok(record instanceof Record, `${files[game]}: ${record}`);
      assert.deepEqual(theirs(record, kept), expected[game], `game ${game}`);
    }
  });

  for (const [source, { read: readSource }] of Object.entries(formats)) {
    test(`${source} to ${format}: we read another library's games as it does`, () => {
      const records = [];
      const files = [];
      const count = source === "kif" ? games : gamesBetween;
      for (let game = 0; game < count; ++game) {
        const record = readSource(readFileSync(file(game, source), "utf8"));
        files.push(path.join(folder, `from-${source}-${game}.${format}`));
        writeFileSync(files[game], write(record));
        records.push(theirs(record, kept));
      }
      ours(files).forEach((read, game) => {
        assert.deepEqual(read, records[game], `game ${game}`);
      });
      for (const written of files) rmSync(written);
    });
  }
}

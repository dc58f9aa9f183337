// What tsshogi 2.2.0 is known to read wrongly or not at all: we read what was meant, and it something
// else. A row that fails because it reads rightly now is to go.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { importCSA, importJKFString, importKI2, importKIF, Record } from "tsshogi";
import { ours, theirs } from "./both_sides.js";

const readers = { csa: importCSA, jkf: importJKFString, kif: importKIF, ki2: importKI2 };
const blackArmy = "ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1";
let folder;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keisei-disagreements-"));
});
after(() => rmSync(folder, { recursive: true }));

/** Two kings, and this in Black's hand. */
function diagram(hand) {
  const empty = " ・".repeat(9);
  const ranks = [..."一二三四五六七八九"].map((rank) => `|${empty}|${rank}`);
  ranks[0] = "| ・ ・ ・ ・v玉 ・ ・ ・ ・|一";
  ranks[8] = "| ・ ・ ・ ・ 玉 ・ ・ ・ ・|九";
  return `後手の持駒：なし\n${ranks.join("\n")}\n先手の持駒：${hand}\n先手番\n   1 投了\n`;
}

const handicap = (name) => `手合割：${name}\n   1 投了\n`;
const preset = (name) => JSON.stringify({ header: {}, initial: { preset: name }, moves: [{}] });

const rows = [
  {
    what: "who won by a foul whose maker is told by colour",
    format: "csa",
    text: "PI\n+\n+7776FU\n%-ILLEGAL_ACTION\n",
    right: { winner: "black" },
  },
  {
    what: "who won by one's own foul, told by colour",
    format: "csa",
    text: "PI\n+\n%+ILLEGAL_ACTION\n",
    right: { winner: "white" },
  },
  ...Object.entries({
    三枚落ち: "lnsgkgsn1/9/",
    五枚落ち: "2sgkgsn1/9/",
    左五枚落ち: "1nsgkgs2/9/",
    左七枚落ち: "2sgkg3/9/",
    右七枚落ち: "3gkgs2/9/",
  }).map(([name, ranks]) => ({
    what: `the handicap ${name}`,
    format: "kif",
    text: handicap(name),
    right: { start: ranks + blackArmy },
  })),
  ...Object.entries({ 5: "2sgkgsn1/9/", "7_L": "2sgkg3/9/" }).map(([name, ranks]) => ({
    what: `the preset ${name}`,
    format: "jkf",
    text: preset(name),
    right: { start: ranks + blackArmy },
  })),
  {
    what: "squares that are empty without a star",
    format: "csa",
    text: "P1 .  .  .  . -OU .  .  .  . \nP9 .  .  .  . +OU .  .  .  . \n+\n",
    right: { start: "4k4/9/9/9/9/9/9/9/4K4 b - 1" },
  },
  {
    what: "不成 before the origin",
    format: "kif",
    text: "   1 ７六歩(77)\n   2 ３四歩(33)\n   3 ２二角不成(88)\n   4 同　銀(31)\n",
    right: { moves: ["7g7f", "3c3d", "8h2b", "3a2b"] },
  },
  {
    what: "an origin in wide characters",
    format: "kif",
    text: "   1 ７六歩（７７）\n   2 ３四歩(33)\n",
    right: { moves: ["7g7f", "3c3d"] },
  },
  {
    what: "a hand without separators",
    format: "kif",
    text: diagram("飛角金"),
    right: { start: "4k4/9/9/9/9/9/9/9/4K4 b RBG 1" },
  },
  {
    what: "a time with blanks around the slash",
    format: "kif",
    text: "   1 ７六歩(77)   (00:31 / 00:00:31)\n",
    right: { times: [31_000] },
  },
  {
    what: "who won a problem",
    format: "ki2",
    text: "▲７六歩\nまで1手詰\n",
    right: { winner: "black" },
  },
  {
    what: "a name before two carriage returns",
    format: "kif",
    text: "先手：甲\r\r\n   1 ７六歩(77)\r\r\n",
    right: { black: "甲" },
  },
  {
    what: "blanks at the ends of lines",
    format: "csa",
    text: "PI \n+ \n+7776FU \n-3334FU \n",
    right: { moves: ["7g7f", "3c3d"] },
  },
];

/** Of a reading, what the right one tells. */
function told(reading, right) {
  const all = {
    ...reading,
    moves: reading.moves.map(({ usi }) => usi),
    times: reading.moves.map(({ ms }) => ms),
  };
  return Object.fromEntries(Object.keys(right).map((key) => [key, all[key]]));
}

for (const [number, { what, format, text, right }] of rows.entries()) {
  test(`another library does not read ${what} (${format})`, () => {
    const file = path.join(folder, `${number}.${format}`);
    writeFileSync(file, text);
    assert.deepEqual(told(ours([file])[0], right), right);
    const record = readers[format](text);
    if (!(record instanceof Record)) return; // refused
    assert.notDeepEqual(told(theirs(record, { times: true }), right), right);
  });
}

test("another library reads ten pawns in hand as one, where we refuse digits", () => {
  const text = diagram("歩１０");
  const file = path.join(folder, "ten.kif");
  writeFileSync(file, text);
  assert.throws(() => ours([file]), /KIF, line 11: expected pieces for a hand/);
  assert.match(theirs(importKIF(text), { times: true }).start, / b P 1$/);
});

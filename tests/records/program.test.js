// keisei-record as a player uses it: summaries, conversions, exit codes.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { importCSA, importJKFString, importKI2, importKIF, Record } from "tsshogi";

const program = path.join(process.env.KEISEI_BIN, "keisei-record");
const moves = "   1 ７六歩(77)\n   2 ３四歩(33)\n";
let folder;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), "keisei-record-"));
});
after(() => rmSync(folder, { recursive: true }));

function file(name, text) {
  const written = path.join(folder, name);
  writeFileSync(written, text);
  return written;
}

function run(...args) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return { status, stdout, stderr };
}

test("sums a game up", () => {
  const game = file("game.kif", `先手：甲\n後手：乙\n${moves}   3 投了\n`);
  assert.deepEqual(run(game), {
    status: 0,
    stdout: `${game}: KIF, 2 moves, resignation, White won, Black: 甲, White: 乙\n`,
    stderr: "",
  });
});

test("says with the line what it had to assume, and refuses it with --strict", () => {
  const game = file("odd.kif", `盤面回転\n${moves}`);
  const summary = run(game);
  assert.equal(summary.status, 0);
  assert.match(summary.stdout, /\n {2}line 1: .*盤面回転.*\(assumed: a line to leave out\)\n/);
  const refusal = run(game, "--strict");
  assert.equal(refusal.status, 1);
  assert.match(refusal.stderr, /odd\.kif: KIF, line 1: expected a heading/);
});

test("converts into every format that another library reads", () => {
  const game = file("convert.kif", `${moves}   3 投了\n`);
  const importers = { csa: importCSA, jkf: importJKFString, kif: importKIF, ki2: importKI2 };
  for (const [format, read] of Object.entries({ ...importers, usi: Record.newByUSI })) {
    const converted = run(game, "--to", format);
    assert.equal(converted.status, 0, converted.stderr);
    const record = read(converted.stdout.trimEnd());
    assert.ok(record instanceof Record, `${format}: ${record}`);
    assert.equal(record.moves.filter((node) => node.move.usi).length, 2);
  }
});

test("prints all that it read as JSON", () => {
  const converted = run(file("json.kif", `${moves}*c\n   3 封じ手\n`), "--to", "json");
  const game = JSON.parse(converted.stdout);
  assert.deepEqual(game.moves, [{ usi: "7g7f" }, { usi: "3c3d", comment: "c" }]);
  assert.deepEqual(game.end, { ending: "interruption", comment: "封じ手" });
  assert.deepEqual(game.warnings, []);
});

test("writes several games where a file can hold them", () => {
  const games = file("two.csa", "PI\n+\n+7776FU\n/\nPI\n+\n+2726FU\n");
  assert.equal(
    run(games, "--to", "usi").stdout,
    "position startpos moves 7g7f\nposition startpos moves 2g2f\n",
  );
  const refusal = run(games, "--to", "kif");
  assert.equal(refusal.status, 1);
  assert.match(refusal.stderr, /2 games/);
});

test("makes one sound file of the games of several", () => {
  const one = file("one.usi", "startpos moves 7g7f\n");
  const other = file("other.usi", "startpos moves 2g2f\n");
  const together = run(one, other, "--to", "csa");
  assert.equal(together.status, 0);
  assert.match(run(file("together.csa", together.stdout)).stdout, /(.*CSA, 1 moves.*\n){2}/);
  const refusal = run(one, other, "--to", "jkf");
  assert.equal(refusal.status, 1);
  assert.match(
    refusal.stderr,
    /other\.usi: 1 more after another file's, and a file of jkf holds one/,
  );
  assert.equal(JSON.parse(refusal.stdout).moves.length, 2);
});

test("says that its output cannot be written", () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(program, [file("full.usi", "startpos\n")], {
    encoding: "utf8",
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  assert.equal(status, 1);
  assert.match(stderr, /standard output: No space left/);
});

test("goes on after a file that it cannot read, and ends with 1", () => {
  const bad = file("bad.csa", "PI\n+\n+7775FU\n");
  const good = file("good.usi", "startpos moves 7g7f\n");
  const { status, stdout, stderr } = run(bad, path.join(folder, "none.kif"), good);
  assert.equal(status, 1);
  assert.match(stderr, /bad\.csa: CSA, line 3: /);
  assert.match(stderr, /none\.kif: cannot be read/);
  assert.match(stdout, /good\.usi: USI, 1 moves, no end/);
});

test("refuses an unknown format with 2", () => {
  assert.equal(run(file("a.usi", "startpos\n"), "--to", "pgn").status, 2);
});

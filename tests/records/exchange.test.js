// Another implementer's library reads what we write, and we read what it writes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import {
  Color,
  exportCSA,
  exportKI2,
  exportKIF,
  importCSA,
  importKI2,
  importKIF,
  Move,
  Record,
  SpecialMoveType,
} from 'tsshogi';

const games = Number(process.env.KEISEI_GAMES ?? 1000);
const program = path.join(process.env.KEISEI_BIN, 'record_exchange');
const formats = {
  csa: { read: importCSA, write: exportCSA, times: true },
  kif: { read: importKIF, write: exportKIF, times: true },
  ki2: { read: importKI2, write: exportKI2, times: false },
};
const lostByMover = [
  SpecialMoveType.RESIGN,
  SpecialMoveType.MATE,
  SpecialMoveType.TIMEOUT,
  SpecialMoveType.FOUL_LOSE,
  SpecialMoveType.LOSE_BY_DEFAULT,
];
const wonByMover = [
  SpecialMoveType.FOUL_WIN,
  SpecialMoveType.ENTERING_OF_KING,
  SpecialMoveType.WIN_BY_DEFAULT,
];

let folder;

before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'keisei-records-'));
  execFileSync(program, ['write', folder, String(games)]);
});
after(() => rmSync(folder, { recursive: true }));

const file = (game, format) => path.join(folder, `${game}.${format}`);

/** What we read from the files, one object for each. */
function ours(files) {
  const output = execFileSync(program, ['read', ...files], { maxBuffer: 1 << 30 });
  return output.toString().trimEnd().split('\n').map(JSON.parse);
}

/** The same of a record of theirs. */
function theirs(record, times) {
  const nodes = record.moves.filter((node) => node.ply > 0);
  const moves = nodes.filter((node) => node.move instanceof Move);
  const end = nodes.find((node) => !(node.move instanceof Move));
  const blackStarts = record.initialPosition.color === Color.BLACK;
  const mover = (moves.length % 2 === 0) === blackStarts ? 'black' : 'white';
  const other = mover === 'black' ? 'white' : 'black';
  const type = end?.move.type;
  return {
    start: record.initialPosition.sfen,
    black: record.metadata.getStandardMetadata('blackName') ?? '',
    white: record.metadata.getStandardMetadata('whiteName') ?? '',
    comment: record.first.comment.trimEnd(),
    moves: moves.map((node) => ({
      usi: node.move.usi,
      ms: times ? node.elapsedMs : 0,
      comment: node.comment.trimEnd(),
    })),
    ended: end !== undefined,
    winner: lostByMover.includes(type) ? other : wonByMover.includes(type) ? mover : '',
  };
}

for (const [format, { read, write, times }] of Object.entries(formats)) {
  test(`${format}: another library reads our games as we do`, () => {
    const files = Array.from({ length: games }, (_, game) => file(game, format));
    const expected = ours(files);
    for (let game = 0; game < games; ++game) {
      const record = read(readFileSync(files[game], 'utf8'));
      assert.ok(record instanceof Record, `${files[game]}: ${record}`);
      assert.deepEqual(theirs(record, times), expected[game], `game ${game}`);
    }
  });

  test(`${format}: we read another library's games as it does`, () => {
    const records = [];
    const files = [];
    for (let game = 0; game < games; ++game) {
      const record = importKIF(readFileSync(file(game, 'kif'), 'utf8'));
      files.push(path.join(folder, `theirs-${game}.${format}`));
      writeFileSync(files[game], write(record));
      records.push(theirs(record, times));
    }
    ours(files).forEach((read, game) => {
      assert.deepEqual(read, records[game], `game ${game}`);
    });
  });
}

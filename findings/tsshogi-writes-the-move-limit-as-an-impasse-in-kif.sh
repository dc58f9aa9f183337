#!/usr/bin/env bash
# tsshogi 2.2.0 (npm) writes a game that the limit of moves ended (CSA 3.0 `%MAX_MOVES`) to KIF as 持将棋, an impasse that both agreed to with their kings entered.
# Read again, the game has another end than it had. The word 最大手数, by which it shows this end itself, it reads from KIF as an end of no known kind.
# Seen: maxMoves, then 持将棋 in the KIF, then impass; and "any" from 最大手数.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . tsshogi@2.2.0 >/dev/null
cat >try.mjs <<'JS'
import { exportKIF, importCSA, importKIF } from "tsshogi";
const end = (record) => {
  record.goto(2);
  return record.current.move.type;
};
const record = importCSA("PI\n+\n+7776FU\n%MAX_MOVES\n");
console.log("CSA:", end(record));
const kif = exportKIF(record);
console.log("KIF:", /^ +2 (\S+)/m.exec(kif)[1]);
console.log("read again:", end(importKIF(kif)));
console.log("from 最大手数:", end(importKIF("   1 ７六歩(77)\n   2 最大手数\n")));
JS
node try.mjs | tee seen
diff seen - <<'SEEN'
CSA: maxMoves
KIF: 持将棋
read again: impass
from 最大手数: any
SEEN

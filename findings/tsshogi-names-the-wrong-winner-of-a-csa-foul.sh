#!/usr/bin/env bash
# tsshogi 2.2.0 (npm) turns CSA's fouls round. By CSA 2.2, section 2.6(2), the sign says whose foul it was, whoever is to move: after
# `%+ILLEGAL_ACTION` White has won, after `%-ILLEGAL_ACTION` Black. The library gives the loss to the other side, in both.
# Seen: after Black's first move `%+…` reads as "White lost by a foul", `%-…` as "Black lost by a foul".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . tsshogi@2.2.0 >/dev/null
cat >try.mjs <<'JS'
import { importCSA } from "tsshogi";
for (const sign of ["+", "-"]) {
  const record = importCSA(`PI\n+\n+7776FU\n%${sign}ILLEGAL_ACTION\n`);
  record.goto(2);
  console.log(`%${sign}ILLEGAL_ACTION: ${record.current.displayText}`);
}
JS
node try.mjs | tee seen
diff seen - <<'SEEN'
%+ILLEGAL_ACTION: 後手の反則負け
%-ILLEGAL_ACTION: 先手の反則負け
SEEN

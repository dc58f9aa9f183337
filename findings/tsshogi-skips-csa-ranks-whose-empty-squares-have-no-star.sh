#!/usr/bin/env bash
# tsshogi 2.2.0 (npm) reads a rank of a CSA board only when each empty square is " * ". CSA 2.2, section 2.5(2), lets anything stand there whose first sign is
# neither + nor -; programs write " . " too. A rank that does not match is left out without an error, pieces and all.
# Seen: the same two ranks with stars give two kings, with dots an empty board.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . tsshogi@2.2.0 >/dev/null
cat >try.mjs <<'JS'
import { importCSA } from "tsshogi";
for (const empty of [" * ", " . "]) {
  const four = empty.repeat(4);
  const record = importCSA(`P1${four}-OU${four}\nP9${four}+OU${four}\n+\n`);
  console.log(`'${empty}' ${record.initialPosition.sfen}`);
}
JS
node try.mjs | tee seen
diff seen - <<'SEEN'
' * ' 4k4/9/9/9/9/9/9/9/4K4 b - 1
' . ' 9/9/9/9/9/9/9/9/9 b - 1
SEEN

#!/usr/bin/env bash
# tsshogi 2.2.0 (npm) knows the common handicaps of KIF by name. For the less common ones (three, five and seven pieces), which other programs write and
# JKF has presets for, it reports no error and begins the even game with Black to move: every position of the game is another one.
# Seen: four and six pieces as they should be, three, five and seven as the even game.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit --prefix . tsshogi@2.2.0 >/dev/null
cat >try.mjs <<'JS'
import { importKIF } from "tsshogi";
for (const name of ["四枚落ち", "六枚落ち", "三枚落ち", "五枚落ち", "左五枚落ち", "左七枚落ち", "右七枚落ち"]) {
  console.log(name, importKIF(`手合割：${name}\n   1 投了\n`).initialPosition.sfen);
}
JS
node try.mjs | tee seen
diff seen - <<'SEEN'
四枚落ち 1nsgkgsn1/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1
六枚落ち 2sgkgs2/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1
三枚落ち lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1
五枚落ち lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1
左五枚落ち lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1
左七枚落ち lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1
右七枚落ち lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1
SEEN

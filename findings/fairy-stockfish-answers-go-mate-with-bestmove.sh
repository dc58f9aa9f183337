#!/usr/bin/env bash
# Fairy-Stockfish 11.1 (Debian 12, amd64: fairy-stockfish 11.1-1+b1) speaks USI, but answers `go mate` as if it had been `go`: with `bestmove`, never with the
# `checkmate MOVES`, `checkmate nomate` or `checkmate timeout` that USI has for it. Who waits for `checkmate` waits for ever, and a `bestmove` is no proof of a mate.
# Seen: bestmove where there is a mate in one, and bestmove where there is none.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq fairy-stockfish=11.1-1+b1
dpkg -x fairy-stockfish_*.deb .
# ask POSITION: the engine's answer to a search for mate.
ask() {
  {
    printf 'usi\nisready\nposition sfen %s\ngo mate 1000\n' "$1"
    sleep 4
    echo quit
  } | usr/games/fairy-stockfish | grep -E '^(bestmove|checkmate)' | cut -d ' ' -f 1
}
{
  echo "a mate: $(ask '4k4/9/4P4/9/9/9/9/9/4K4 b G 1')"
  echo "no mate: $(ask '4k4/9/9/9/9/9/9/9/4K4 b G 1')"
} | tee seen
diff seen - <<'SEEN'
a mate: bestmove
no mate: bestmove
SEEN

#!/usr/bin/env bash
# Fairy-Stockfish 11.1 (Debian 12, amd64: fairy-stockfish 11.1-1+b1) speaks USI, but has UCI's names for what USI calls USI_Hash and USI_Ponder, and refuses these.
# Shogi GUIs set them for every engine without asking: their table size and pondering have no effect here, and the only sign is a line that USI does not know.
# Seen: options Hash and Ponder, none that begins with USI_, and "No such option" for each.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get -o APT::Sandbox::User=root download -qq fairy-stockfish=11.1-1+b1
dpkg -x fairy-stockfish_*.deb .
{
  printf 'usi\nsetoption name USI_Hash value 64\nsetoption name USI_Ponder value true\nisready\n'
  sleep 1
  echo quit
} | usr/games/fairy-stockfish | grep -E '^option name (Hash|Ponder|USI_)|^No such|^readyok' | sed 's/ type .*//' | tee seen
diff seen - <<'SEEN'
option name Hash
option name Ponder
No such option: USI_Hash
No such option: USI_Ponder
readyok
SEEN

#!/usr/bin/env bash
# trainer.test.sh KEISEI_TRAIN: what the program does when things go wrong, and that processes learn together.
set -euo pipefail

train=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
small=(--no-stream --threads 1 --set network.depth=1 --set network.width=8 --set environment.count=4
  --set environment.max_plies=40 --set ppo.steps=16 --set ppo.minibatch=32 --set evaluation.interval_s=0
  --set checkpoint.keep=2)

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}
# expect WHAT PATTERN FILE
expect() { grep -qE -- "$2" "$3" || { cat "$3" >&2; fail "$1: no line like '$2'"; }; }
# code EXPECTED COMMAND…: runs it with its output in $folder/out
code() {
  local wanted=$1 got=0
  shift
  "$@" >"$folder/out" 2>&1 || got=$?
  [ "$got" = "$wanted" ] || { cat "$folder/out" >&2; fail "exit code $got instead of $wanted: $*"; }
}

echo "a short run writes its logs, and stops after so many plies"
code 0 "$train" "${small[@]}" --run-dir "$folder/run" --steps 128
expect "plain log" '^update 2 ·' "$folder/out"
expect "plain log" '^stopped after update 2' "$folder/out"
[ "$(wc -l <"$folder/run/metrics.jsonl")" = 2 ] || fail "metrics.jsonl"
[ "$(wc -l <"$folder/run/metrics.csv")" = 3 ] || fail "metrics.csv"

echo "a quiet run prints nothing"
code 0 "$train" "${small[@]}" --run-dir "$folder/run" --resume auto --steps 256 --quiet
[ ! -s "$folder/out" ] || fail "--quiet printed something"

echo "a damaged newest checkpoint is passed over with a warning, and training goes on"
printf 'x' | dd of="$folder/run/checkpoint-00000004.keisei" bs=1 seek=500 conv=notrunc status=none
code 0 "$train" "${small[@]}" --run-dir "$folder/run" --resume auto --steps 320
expect "damaged" 'checkpoint-00000004.keisei: its checksum is wrong; it is passed over' "$folder/out"
expect "damaged" 'a later checkpoint is set aside as .*checkpoint-00000004.keisei.set-aside' "$folder/out"
expect "damaged" 'going on after update 2 ' "$folder/out"
code 0 "$train" "${small[@]}" --run-dir "$folder/run" --resume auto --steps 384
expect "told once" 'going on after update 5 ' "$folder/out"
! grep -q 'passed over' "$folder/out" || fail "a damaged checkpoint was told twice"

echo "of two --resume the last counts, and what was learned after it does not come back"
code 0 "$train" "${small[@]}" --run-dir "$folder/run" --resume auto --resume "$folder/run/checkpoint-00000005.keisei" --steps 320
expect "earlier" 'going on after update 5 ' "$folder/out"
expect "earlier" 'set aside as .*checkpoint-00000006.keisei.set-aside' "$folder/out"
code 0 "$train" "${small[@]}" --run-dir "$folder/run" --resume auto --steps 320
expect "earlier" 'going on after update 5 ' "$folder/out"

echo "a run that an older program evaluated is told what cannot be compared any more"
printf '{"update":1,"skills":{"suite":1}}\n' >"$folder/run/evaluations.jsonl"
code 0 "$train" "${small[@]}" --run-dir "$folder/run" --resume auto --steps 320
expect "older suite" 'asked the questions of suite 1, those to come ask suite 2: skills before and after cannot' "$folder/out"

echo "a new run in a used folder keeps what it learns"
code 0 "$train" "${small[@]}" --run-dir "$folder/used" --steps 640
code 0 "$train" "${small[@]}" --run-dir "$folder/used" --steps 64
expect "a used folder" "an earlier run's checkpoint is set aside as .*checkpoint-00000010.keisei.set-aside" "$folder/out"
code 0 "$train" "${small[@]}" --run-dir "$folder/used" --resume auto --steps 128
expect "a used folder" 'going on after update 1 ' "$folder/out"

echo "a checkpoint of another network is refused"
code 2 "$train" "${small[@]}" --set network.width=16 --run-dir "$folder/run" --resume "$folder/run/checkpoint-00000005.keisei"
expect "foreign" 'cannot go on from the checkpoint: it holds a network of another shape' "$folder/out"

echo "a disk that is full: the old checkpoint stays valid, and training goes on"
mkdir "$folder/full"
code 0 "$train" "${small[@]}" --run-dir "$folder/full" --steps 64
code 1 bash -c 'ulimit -f 16; exec "$@"' limited "$train" "${small[@]}" --set checkpoint.interval_s=0 \
  --run-dir "$folder/full" --resume auto --steps 320
expect "full disk" 'saving checkpoints: stopped working: File too large \(training goes on\)' "$folder/out"
[ "$(grep -c 'saving checkpoints' "$folder/out")" = 1 ] || fail "a full disk was told more than once"
expect "full disk" '^update 5 ·' "$folder/out"
expect "full disk" 'stopped after update 5, which could not be saved: .*checkpoint-00000005.keisei' "$folder/out"
code 0 "$train" "${small[@]}" --run-dir "$folder/full" --resume auto --steps 384
expect "full disk" 'going on after update 1 ' "$folder/out"

echo "what cannot be told ends nothing"
got=0
(ulimit -f 16; exec "$train" "${small[@]}" --set checkpoint.interval_s=0 --run-dir "$folder/untold" --steps 320) \
  >"$folder/out" 2>/dev/full || got=$?
[ "$got" = 1 ] || fail "exit code $got instead of 1 with nobody to tell"
expect "nobody to tell" '^update 5 ·' "$folder/out"
got=0
"$train" --set ppo.epochs=x >"$folder/out" 2>/dev/full || got=$?
[ "$got" = 2 ] || fail "exit code $got instead of 2 with nobody to tell"

echo "training goes on when whoever reads its progress leaves"
exec 7> >(:)
wait $! # nobody reads any more
code 0 bash -c '"$@" >&7' piped "$train" "${small[@]}" --run-dir "$folder/piped" --steps 320
exec 7>&-
[ "$(wc -l <"$folder/piped/metrics.jsonl")" = 5 ] || fail "training ended with its reader"

echo "a trainer that does not stream says so once, with the reason"
# does_not_stream REASON OPTION…
does_not_stream() {
  code 0 "$train" "${small[@]:1}" --run-dir "$folder/streamed" --steps 128 "${@:2}"
  expect "not streaming" "^keisei-train: streaming to the showcase: stopped working: $1" "$folder/out"
  [ "$(grep -c 'streaming to the showcase' "$folder/out")" = 1 ] || fail "told more than once"
  code 0 "$train" "${small[@]:1}" --run-dir "$folder/streamed" --steps 128 --quiet "${@:2}"
  expect "not streaming, quietly" "^keisei-train: streaming to the showcase: stopped working: $1" "$folder/out"
}
does_not_stream 'cannot connect to 127.0.0.1:9: Connection refused' --stream ws://127.0.0.1:9/ingest
does_not_stream 'cannot connect to 127.0.0.1:9: Connection refused' --stream wss://127.0.0.1:9/ingest

echo "two processes learn together, stop together and go on together"
port=$((20000 + RANDOM % 20000))
together() {
  local steps=$1 pids=() rank pid
  for rank in 1 0; do
    RANK=$rank WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=$port "$train" "${small[@]}" \
      --run-dir "$folder/two" --resume auto --steps "$steps" >"$folder/out$rank" 2>&1 &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid" || { cat "$folder"/out[01] >&2; fail "two processes"; }
  done
}
together 256
expect "two processes" '^update 2 · 256 plies' "$folder/out0"
[ ! -s "$folder/out1" ] || fail "the second process printed something"
together 512
expect "two processes" '^update 4 · 512 plies' "$folder/out0"
[ -f "$folder/two/rank-1/checkpoint-00000004.keisei" ] || fail "the second process saved nothing"

echo "a wrong environment names the variable"
WORLD_SIZE=2 RANK=2 code 2 "$train" "${small[@]}" --run-dir "$folder/none"
expect "environment" 'RANK=2 must be a whole number from 0 to 1' "$folder/out"

echo "a wrong device: those there are"
code 2 "$train" "${small[@]}" --set run.device=tpu --run-dir "$folder/none"
expect "device" "there is no 'tpu'; there are: cpu" "$folder/out"

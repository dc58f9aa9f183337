# Sourced by script/server: two programs that are kept running, and the page in any case.
# shellcheck shell=bash
# shellcheck disable=SC2154  # where the programs are, and how they are to run, is the sourcing script's

# A program of its own session, so that Ctrl-C reaches only the script and it decides the order. It is
# told to stop when the script is gone, however that ended (kill -9).
start_program() {
  setsid setpriv --pdeathsig TERM "$bin/$1" "${@:2}" &
}
start_showcase() {
  start_program keisei-showcase --port "$port" --bind "$bind" --control-port "$control_port" \
    --ui "$ui" --content "$ROOT/content" --state-dir "$state" --seconds-per-move "$pace" "${showcase_options[@]}"
  showcase_pid=$! showcase_since=$SECONDS
}
# What the user says of --resume holds until the run has saved a checkpoint since the script `begun`.
start_trainer() {
  [ -n "$goes_on" ] ||
    goes_on=$(find "$run_dir" -maxdepth 1 -name "checkpoint-*.keisei" -newermt "@$begun" -print -quit 2>/dev/null) ||
    true
  start_program keisei-train --preset "$preset" --run-dir "$run_dir" --resume auto \
    --stream "ws://$site:$port/ingest" --token-file "$state/operator.token" "$@" ${goes_on:+--resume auto}
  train_pid=$! train_since=$SECONDS
}

# stop_one NAME PID: SIGTERM, two seconds, SIGKILL.
stop_one() {
  [ -n "$2" ] && kill -0 "$2" 2>/dev/null || return 0
  say "Stopping the $1"
  kill -TERM "$2" 2>/dev/null || true
  for _ in {1..20}; do
    kill -0 "$2" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$2" 2>/dev/null || true
}
stop_all() {
  trap '' INT TERM HUP
  stop_one trainer "$train_pid"
  stop_one showcase "$showcase_pid"
  local waiting
  for waiting in $train_pause $showcase_pause; do kill "$waiting" 2>/dev/null || true; done
}

# pause_after NAME CODE SINCE PAUSE: says that a program ended, and sets `pause` to the seconds until
# its next start: ever more of them, up to a minute, while it does not run for ten seconds at a time.
pause_after() {
  local lived=$((SECONDS - $3)) lasting=""
  pause=1
  if [ "$lived" -lt 10 ] && [ "$4" -gt 0 ]; then pause=$(($4 * 2 < 60 ? $4 * 2 : 60)); fi
  # After some of them the pace is known: one line for all that follow.
  if [ "$4" = 60 ] && [ "$pause" = 60 ]; then return; fi
  if [ "$pause" = 60 ]; then lasting=", and so on until it holds"; fi
  say "The $1 stopped (exit code $2); its last words are above. Starting it again in $pause s$lasting"
}

# keep_running TRAINER_OPTION…: for ever.
keep_running() {
  local code died trainer_waits=0 showcase_waits=0
  while true; do
    code=0 died=""
    # shellcheck disable=SC2086  # the ids of those that there are
    wait -n -p died $train_pid $showcase_pid $train_pause $showcase_pause || code=$?
    [ -n "$died" ] || die "lost sight of what it started (exit code $code)"
    case $died in
      "$train_pid")
        train_pid=""
        if [ "$code" = 0 ]; then
          say "The training run is complete; the showcase stays up"
          continue
        fi
        pause_after trainer "$code" "$train_since" "$trainer_waits"
        trainer_waits=$pause
        sleep "$pause" &
        train_pause=$!
        ;;
      "$showcase_pid")
        showcase_pid=""
        pause_after showcase "$code" "$showcase_since" "$showcase_waits"
        showcase_waits=$pause
        sleep "$pause" &
        showcase_pause=$!
        ;;
      "$train_pause")
        train_pause=""
        start_trainer "$@"
        ;;
      "$showcase_pause")
        showcase_pause=""
        start_showcase
        ;;
    esac
  done
}

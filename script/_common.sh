# Sourced by the other scripts: where things are, and how we speak.
# shellcheck shell=bash

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ROOT

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# Vite needs Node 20.19 or newer; Debian 12's is 18. Where that is so, bootstrap puts a newer one here.
NODE_DIR=$ROOT/build/node
export PATH=$NODE_DIR/bin:$PATH

# build PRESET [target…]: configures once, then builds with Ninja.
build() {
  local preset=$1
  shift
  if [ ! -f "$ROOT/build/$preset/build.ninja" ]; then
    say "Configuring build/$preset"
    (cd "$ROOT" && cmake --preset "$preset" >"build.$$.log" 2>&1) || {
      cat "$ROOT/build.$$.log" >&2
      rm -f "$ROOT/build.$$.log"
      die "cmake could not configure build/$preset; run script/bootstrap, then look at the lines above"
    }
    rm -f "$ROOT/build.$$.log"
  fi
  say "Building build/$preset${*:+ ($*)}"
  ninja -C "$ROOT/build/$preset" "$@"
}

# configure_python PRESET: lets a build that was configured before `script/bootstrap --python` find
# what that has installed.
configure_python() {
  local folder=$ROOT/build/$1
  if [ -f "$folder/build.ninja" ] && [ ! -d "$folder/python/keisei_showcase" ]; then
    cmake "$folder" >/dev/null
  fi
}

# Builds ui/dist when a source is newer than it.
build_ui() {
  local stamp=$ROOT/ui/dist/index.html
  if [ ! -f "$stamp" ] || [ -n "$(find "$ROOT/ui/src" "$ROOT/ui/public" "$ROOT/ui/index.html" "$ROOT/ui/package.json" \
    "$ROOT/content" -newer "$stamp" -print -quit 2>/dev/null)" ]; then
    say "Building the page (ui/dist)"
    (cd "$ROOT/ui" && npm run --silent build)
  fi
}

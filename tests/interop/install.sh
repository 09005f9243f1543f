# Real clients of the gateway protocol, from npm, outside the tree. Sourced by ../../test. Without npm, or without its registry, a file FOLDER.missing is left, and the tests
# that need that folder are skipped by name; in CI nothing else lets them be skipped. NETCLAW_INTEROP=full adds the whole client, some 650 MB.
interop_install() {
  local from=tests/interop to=${NETCLAW_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/netclaw-interop}
  export NETCLAW_INTEROP_CACHE=$to
  if ! command -v npm >/dev/null; then
    mkdir -p "$to" && touch "$to"/{node,small,agent,full}.missing
    echo 'missing: npm; without it are skipped: real clients of the gateway protocol'
    return 0
  fi
  interop_fetch "$from/node.package.json" "$to/node"
  interop_fetch "$from/package.json" "$to/small" --ignore-scripts
  interop_fetch "$from/agent.package.json" "$to/agent" --ignore-scripts
  [ "${NETCLAW_INTEROP:-}" != full ] || interop_fetch "$from/full.package.json" "$to/full" --ignore-scripts
}

# A folder is whole once it names the package list that it was made from.
interop_fetch() {
  local list=$1 to=$2
  shift 2
  rm -f "$to.missing"
  cmp -s "$list" "$to/installed.json" && return 0
  mkdir -p "$to" && cp "$list" "$to/package.json" &&
    (cd "$to" && timeout 10m npm install "$@" --no-audit --no-fund --loglevel=error >/dev/null 2>&1) &&
    cp "$list" "$to/installed.json" && return 0
  if timeout 1m npm ping >/dev/null 2>&1; then
    printf 'could not install %s, though the registry answers: in CI what needs it fails\n' "$list"
  else
    touch "$to.missing"
    printf 'could not install %s, and the registry does not answer: what needs it is skipped\n' "$list"
  fi
}

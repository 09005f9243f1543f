# Programs that suites need beyond the SDK: one line each, "command | apt package | what is skipped without it".
# Sourced by ../test. A suite asks for its program itself and skips by name when it is missing; nothing here decides that.
needs_table='
setpriv | util-linux | tests that act as another user (also skipped without root)
script | bsdutils | tests that type on a terminal
'

needs_install() {
  local command package skipped missing=()
  while IFS='|' read -r command package skipped; do
    command=${command// /} package=${package// /}
    if [ -n "$command" ] && ! command -v "$command" >/dev/null; then
      missing+=("$package")
      printf 'missing: %s (%s):%s\n' "$command" "$package" "$skipped"
    fi
  done <<<"$needs_table"
  if [ "$(id -u)" -ne 0 ]; then
    printf 'not root: tests that act as another user are skipped; the last lines name them\n'
  fi
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      printf 'could not install %s; its tests are skipped\n' "${missing[*]}"
  fi
}

# Programs that suites need beyond the SDK, one line each: "command or path | apt package | what is skipped without it".
# Sourced by ../test. A suite looks for its program itself and skips by name when it is missing; nothing here decides that.
needs_table='
setpriv | util-linux | tests that act as another user
script | bsdutils | tests that type on a terminal
/usr/lib/postgresql/15/bin/initdb | postgresql-15 | the journals on PostgreSQL
/usr/sbin/nginx | nginx-light | the gateway behind real proxies
/usr/bin/caddy | caddy | the gateway behind real proxies
/usr/sbin/haproxy | haproxy | the gateway behind real proxies
/usr/bin/systemd-analyze | systemd | the check of the systemd unit
/usr/bin/strace | strace | the daemon under the calls that the unit allows
/usr/bin/python3 | python3 | the receiver of webhooks in the guide
/usr/sbin/logrotate | logrotate | the logs under logrotate
/usr/bin/crontab | cron | the schedule of backups
/usr/sbin/ip | iproute2 | the gateway behind a proxy on another host
'

needs_install() {
  local program package skipped missing=()
  while IFS='|' read -r program package skipped; do
    program=${program// /} package=${package// /}
    if [ -n "$program" ] && ! command -v "$program" >/dev/null; then
      missing+=("$package")
      printf 'missing: %s (package %s); without it are skipped:%s\n' "$program" "$package" "$skipped"
    fi
  done <<<"$needs_table"
  if [ "$(id -u)" -ne 0 ]; then
    printf 'not root: tests that act as another user are skipped; the last lines name them\n'
  fi
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq >/dev/null &&
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
      printf 'could not install %s; what needs it is skipped\n' "${missing[*]}"
  else
    printf 'not installed here (no root or no apt-get): %s\n' "${missing[*]}"
  fi
}

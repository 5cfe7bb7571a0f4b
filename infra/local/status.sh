#!/usr/bin/env bash
# What up.sh has started and how it is. Exit code 0 when all of it is ready, 3 when not, or when nothing is up.
# Usage: infra/local/status.sh
set -euo pipefail
# shellcheck source=infra/local/services.sh
. "$(dirname "$0")/services.sh"
[ -d "$home" ] || { echo "nothing is up in $home; make up starts it"; exit 3; }
status=0
for server in broker object-store; do
  state=$("$repository/infra/local/$server.sh" status) || status=3
  printf '%-14s %s\n' "$server" "${state//$'\n'/, }"
done
names=$(started)
[ -n "$names" ] || { echo "no services; make up starts them"; exit 3; }
for name in $names; do
  if ! pid=$(pid_of "$name"); then
    printf '%-14s dead; make up starts it again; log: %s\n' "$name" "$home/logs/$name.log"
    status=3
  elif is_ready "$name"; then
    printf '%-14s ready, process %s, http://localhost:%s/metrics%s\n' "$name" "$pid" "$(cat "$home/services/$name.port")" "$(case $name in gateway-*) echo ", door http://127.0.0.1:$(door_of "$name")" ;; esac)"
  else
    explain "$name"
    status=3
  fi
done
exit "$status"

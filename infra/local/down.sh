#!/usr/bin/env bash
# Stops what up.sh has started: services first, which save their place, then the broker and the object store.
# Usage: infra/local/down.sh      WIPE=1 also deletes everything they hold: runs, results, queues, logs
set -euo pipefail
# shellcheck source=infra/local/services.sh
. "$(dirname "$0")/services.sh"
[ -d "$home" ] || { echo "down: nothing is up in $home"; exit 0; }
exec 9> "$home/lock"
flock -w 60 9 || { echo "error: another make up or make down is at work on $home" >&2; exit 1; }

mapfile -t names < <(started)
stop_services "${names[@]}"
for server in broker object-store; do
  if [ -d "$home/$server" ]; then
    "$repository/infra/local/$server.sh" stop 9>&-
  fi
done
rm -f "$profile"
if [ "${WIPE:-}" = 1 ]; then
  rm -rf "$home"
  echo "down: everything is stopped and $home is deleted"
else
  echo "down: everything is stopped; make up goes on with what $home holds"
fi

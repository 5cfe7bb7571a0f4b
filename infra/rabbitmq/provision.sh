#!/usr/bin/env bash
# Gives a broker our virtual host, users, permissions and policies; may run again and again, connections stay open.
# Usage: provision.sh     with BROKER_API (http://rabbitmq:15672) and BROKER_SECRETS, a folder with broker-USER-password for admin, who
#                         must exist and be an administrator, and for every user of definitions.json
# BROKER_ADMIN names another administrator than admin.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
api=${BROKER_API:?address of the management API, http://rabbitmq:15672} secrets=${BROKER_SECRETS:-/run/secrets} admin=${BROKER_ADMIN:-admin}

# Passwords come from files and reach curl over pipes: an argument is seen by every process of the machine.
password() {
  local file=$secrets/broker-$1-password
  [ -r "$file" ] || { echo "provision.sh: $file is missing: infra/docker/secrets.sh writes it" >&2; return 78; }
  LC_ALL=C grep -qxE '[A-Za-z0-9._~+/=-]{12,}' "$file" || { echo "provision.sh: $file must hold 12 or more of A-Z a-z 0-9 . _ ~ + / = -" >&2; return 78; }
  tr -d '\n' < "$file"
}

definitions() {
  local line user secret
  while IFS= read -r line; do
    if [[ "$line" =~ \"name\":\ \"([a-z]+)\",\ \"password_hash\":\ \"\" ]]; then
      user=${BASH_REMATCH[1]}
      secret=$(password "$user") || return
      line=${line/\"password_hash\": \"\"/\"password\": \"$secret\"}
    fi
    printf '%s\n' "$line"
  done < "$here/definitions.json"
}

# Whole before it is sent: a missing password must not leave half of the users.
filled=$(definitions)
secret=$(password admin)
status=$(curl -sS --retry 10 --retry-connrefused --retry-delay 1 --max-time 30 -o /dev/stderr -w '%{http_code}' \
  -K <(printf 'user = "%s:%s"\n' "$admin" "$secret") -X POST -H 'Content-Type: application/json' --data-binary @<(printf '%s' "$filled") "$api/api/definitions")
[ "$status" = 204 ] || [ "$status" = 200 ] || { echo "provision.sh: the broker answered $status" >&2; exit 1; }
echo "provision.sh: virtual host, users, permissions and policies are in place" >&2

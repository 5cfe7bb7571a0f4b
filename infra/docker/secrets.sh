#!/usr/bin/env bash
# Writes random secrets for docker-compose.yml into a folder, one file each; keeps every file that is there.
# Usage: infra/docker/secrets.sh [FOLDER]      default: SECRETS_FOLDER of the environment or of .env
# The folder is yours alone (0700); its files are readable (0444), because containers run as users that the host does not know.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=${1:-${SECRETS_FOLDER:-$(sed -n 's/^SECRETS_FOLDER=//p' .env 2>/dev/null || true)}}
[ -n "$folder" ] || { echo "secrets.sh: name a folder, or set SECRETS_FOLDER in .env (copy .env.example)" >&2; exit 2; }
install -d -m 0700 "$folder"
cd "$folder"

random() { head -c "$1" /dev/urandom | base64 -w0 | tr '+/' '-_' | tr -d '='; }
# Written aside and moved, so that a file is whole or not there. Everything is read first: a writer that nobody reads would fail.
write() {
  local content; content=$(cat)
  [ -e "$1" ] && return
  printf '%s\n' "$content" > ".$1.new"
  chmod 0444 ".$1.new"
  mv ".$1.new" "$1"
  echo "wrote $folder/$1" >&2
}

for user in admin trainer pruner souper evaluator gateway operator deployer publisher monitoring; do
  random 24 | write "broker-$user-password"
done
{ echo "default_user = admin"; echo "default_pass = $(cat broker-admin-password)"; } | write broker-admin.conf

for user in admin trainer pruner souper evaluator gateway operator; do
  random 15 | tr -d '_-' | tr '[:lower:]' '[:upper:]' | write "store-$user-access-key"
  random 30 | write "store-$user-secret-key"
done
# What the object store itself reads: user, access key, secret key. A second line for a user is a second key, as rotation needs.
for user in admin trainer pruner souper evaluator gateway operator; do
  echo "$user $(cat "store-$user-access-key") $(cat "store-$user-secret-key")"
done | write store-users

random 24 | write grafana-admin-password

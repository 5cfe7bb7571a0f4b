#!/usr/bin/env bash
# An S3 server in one container: Ceph's RADOS gateway over one monitor and one storage daemon, which only this container reaches.
# One copy of everything on one disk: for a machine that may be lost, use a real cluster or a provider's S3 (docs/operations.md).
# Usage: serve.sh            runs in the foreground until SIGTERM, or until one of its parts dies
#        serve.sh users      reads the users file again (rotation of keys)
# OBJECT_STORE_DATA folder; OBJECT_STORE_LISTEN address:port of S3; OBJECT_STORE_PORTS first of 40 internal ports on 127.0.0.1;
# OBJECT_STORE_GB capacity; OBJECT_STORE_USERS file with lines `user access-key secret-key`
set -euo pipefail
# shellcheck source=ceph-conf.sh
. "$(dirname "$(readlink -f "$0")")/ceph-conf.sh"
data=${OBJECT_STORE_DATA:-/data} listen=${OBJECT_STORE_LISTEN:-0.0.0.0:9000} ports=${OBJECT_STORE_PORTS:-23300}
users=${OBJECT_STORE_USERS:-/run/secrets/store-users} bytes=$((${OBJECT_STORE_GB:-100} << 30))
monitor="[v2:127.0.0.1:$ports/0]"
export CEPH_CONF=$data/ceph.conf

configure() {
  mkdir -p "$data/mon" "$data/osd" "$data/run"
  [ -e "$data/fsid" ] || cat /proc/sys/kernel/random/uuid > "$data/fsid"
  {
    ceph_conf "$data" "$(cat "$data/fsid")" "$ports" bluestore "$bytes" 268435456 "$listen"
    cat <<CONF
[global]
log to file = false
log to stderr = true
err to stderr = true
osd pool default pg num = 8
[mon]
mon cluster log to file = false
[client]
rgw enable usage log = false
CONF
  } > "$CEPH_CONF"
}

say() { echo "object-store: $*" >&2; }
await() { # seconds, what, command…
  local end=$((SECONDS + $1)) what=$2; shift 2
  until timeout -k 5 15 "$@" > /dev/null 2>&1; do
    [ $SECONDS -lt $end ] || { say "no $what after $1 s"; exit 1; }
    sleep 0.2
  done
}
# A command that does not end is one that fails: the supervisor starts all again.
bounded() { timeout -k 5 120 "$@" || { say "$1 failed, or did not end within 120 s"; exit 1; }; }

start_monitor() {
  if [ ! -e "$data/mon/kv_backend" ]; then
    bounded monmaptool --create --clobber --fsid "$(cat "$data/fsid")" --addv a "$monitor" "$data/monmap" > /dev/null
    bounded ceph-mon -i a --mkfs --monmap "$data/monmap"
  fi
  ceph-mon -i a -f & mon=$!
  await 60 "monitor" ceph --connect-timeout 5 mon stat
}
start_disk() {
  if [ ! -e "$data/osd/ready" ]; then
    [ -e "$data/osd-id" ] || cat /proc/sys/kernel/random/uuid > "$data/osd-id"
    bounded ceph osd new "$(cat "$data/osd-id")" > /dev/null
    bounded ceph-osd -i 0 --mkfs --osd-uuid "$(cat "$data/osd-id")"
    touch "$data/osd/ready"
  fi
  ceph-osd -i 0 -f & osd=$!
  await 60 "storage daemon" sh -c "ceph --connect-timeout 5 osd stat | grep -q '1 up'"
}

# The metadata of a user is read from standard input, so that no key is ever an argument, which other processes could see.
apply_users() {
  local user keys
  for user in $(awk '{ print $1 }' "$users" | sort -u); do
    keys=$(awk -v user="$user" '$1 == user { printf "%s{\"user\": \"%s\", \"access_key\": \"%s\", \"secret_key\": \"%s\"}", s, $1, $2, $3; s = ", " }' "$users")
    describe "$user" "$keys" | bounded radosgw-admin metadata put "user:$user" > /dev/null
    say "user $user has $(awk -v user="$user" '$1 == user' "$users" | wc -l) key(s)"
  done
}
# Only the administrator may create buckets (-1 refuses them).
describe() {
  cat <<JSON
{"data": {"user_id": "$1", "display_name": "$1", "email": "", "suspended": 0,
  "max_buckets": $([ "$1" = admin ] && echo 1000 || echo -1), "subusers": [], "keys": [$2], "swift_keys": [], "caps": [], "op_mask": "read, write, delete",
  "default_placement": "", "default_storage_class": "", "placement_tags": [], "bucket_quota": {"enabled": false}, "user_quota": {"enabled": false},
  "temp_url_keys": [], "type": "rgw", "mfa_ids": []}}
JSON
}

# In this order: a storage daemon that can take leave of its monitor makes the next start quick.
stop() {
  trap - TERM INT
  for part in "${gateway:-}" "${osd:-}" "${mon:-}"; do
    [ -n "$part" ] && kill -TERM "$part" 2> /dev/null && wait "$part" || true
  done
}

[ -r "$users" ] || { say "cannot read $users: lines of user, access key, secret key (infra/docker/secrets.sh writes them)"; exit 78; }
if [ "${1:-}" = users ]; then apply_users; exit; fi
configure
trap 'stop; exit 0' TERM INT
start_monitor
start_disk
apply_users
radosgw -n client.gateway -f & gateway=$!
say "serving S3 on $listen"
# One part alone is useless: end as soon as any ends, and let the supervisor start all again.
wait -n "$mon" "$osd" "$gateway" || true
say "a part ended; stopping the others"
stop
exit 1

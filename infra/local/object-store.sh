#!/usr/bin/env bash
# A real S3 server of its own for trials and tests, without containers: Debian's Ceph gateway (one monitor, one store, radosgw), on the
# loopback interface only. Several run side by side, each in a folder of its own; what was written survives `kill` and `restart`.
# Usage: infra/local/object-store.sh install|start|stop|kill|restart|wipe|status|env
#   install   the packages from the distribution, when they are missing (needs root and apt)
#   start     start it, wait until it serves, create the bucket; does nothing when it runs
#   stop      orderly stop                       kill      kill -9, as a power cut would
#   restart   kill and start                     wipe      kill it and delete everything
#   status    running or not (exit code 0 or 3)  env       settings of the pipeline for it
# Settings, as environment variables:
#   OBJECT_STORE_HOME     its folder (.sparsepipe/object-store)    OBJECT_STORE_PORT   first of 41 ports; free ones, kept for the next start
#   OBJECT_STORE_BUCKET   bucket (sparsepipeline)                  OBJECT_STORE_GB     most it may take, as a sparse file (20)
#   OBJECT_STORE_ACCESS_KEY, OBJECT_STORE_SECRET_KEY   for the first start; made up otherwise, in OBJECT_STORE_HOME/access-key and …/secret-key
#   OBJECT_STORE_KIND     bluestore, or memstore: in memory, quickest, lost when it ends
#   OBJECT_STORE_START_SECONDS   what a start may take (240); it ends with an error then that says what it was waiting for
#   OBJECT_STORE_PARENT   process id: when it ends, however it ends, the server is killed; its folder is removed with OBJECT_STORE_EPHEMERAL=1
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=../object-store/ceph-conf.sh
. "$repository/infra/object-store/ceph-conf.sh"
# shellcheck source=process.sh
. "$repository/infra/local/process.sh"
umask 077
ROOT=$(realpath -m "${OBJECT_STORE_HOME:-$repository/.sparsepipe/object-store}")
BUCKET=${OBJECT_STORE_BUCKET:-sparsepipeline}; KIND=${OBJECT_STORE_KIND:-bluestore}; SIZE=$(( ${OBJECT_STORE_GB:-20} << 30 ))
START_SECONDS=${OBJECT_STORE_START_SECONDS:-240}
FSID=5a3e0f6e-0000-4000-8000-5303da7a0001; OSD_UUID=5a3e0f6e-0000-4000-8000-5303da7a0002
RUN=$ROOT/run; LOG=$ROOT/log; PORT_FILE=$ROOT/port
export CEPH_CONF=$ROOT/ceph.conf

say() { echo "object-store.sh: $*" >&2; }

install() {
  local missing=() package
  for package in ceph-mon ceph-osd radosgw ceph-common curl procps; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=600 update -qq
  # No services of their own: this script starts what it needs.
  apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below 32768, where the kernel picks ports for connections that go out.
choose_port() {
  if [ -n "${OBJECT_STORE_PORT:-}" ]; then PORT=$OBJECT_STORE_PORT
  elif [ -f "$PORT_FILE" ]; then PORT=$(cat "$PORT_FILE")
  else
    local step
    for step in $(shuf -i 0-239 -n 60); do
      PORT=$((20000 + step * 50))
      port_is_free "$PORT" && port_is_free $((PORT + 1)) && port_is_free $((PORT + 2)) && return 0
    done
    say "no free block of ports between 20000 and 32000: set OBJECT_STORE_PORT"; exit 1
  fi
}

configure() {
  mkdir -p "$RUN" "$LOG" "$ROOT/mon" "$ROOT/osd"
  echo "$PORT" >"$PORT_FILE"
  MON="[v2:127.0.0.1:$((PORT + 1))/0]"
  {
    ceph_conf "$ROOT" $FSID $((PORT + 1)) "$KIND" "$SIZE" 134217728 "127.0.0.1:$PORT"
    cat <<CONF
[global]
log file = $LOG/\$name.log
log to stderr = false
osd pool default pg num = 4
[mon]
mon cluster log file = $LOG/cluster.log
paxos propose interval = 0.05
paxos min wait = 0.01
[osd]
osd memory target = 939524096
[client]
rgw rados pool pg num min = 4
rgw dynamic resharding = false
rgw gc obj min wait = 60
rgw gc processor period = 60
CONF
  } >"$CEPH_CONF"
}

# A dead daemon may stay a zombie until init reaps it, so its state is asked for and not whether its number is taken.
alive() {
  local pid state
  [ -f "$RUN/$1.pid" ] && pid=$(cat "$RUN/$1.pid") && state=$(ps -o stat= -p "$pid") && [ "${state:0:1}" != Z ] && grep -qa "ceph\|radosgw\|object-store" "/proc/$pid/cmdline"
}
spawn() {
  local name=$1; shift
  alive "$name" && return 0
  setsid "$@" >"$LOG/$name.out" 2>&1 </dev/null & echo $! >"$RUN/$name.pid"
  disown
}
die() { say "$1"; tail -n 8 "$LOG"/*.out "$LOG"/*.log >&2 || true; stop KILL; exit 1; }
# Every call that may wait for a server gets what is left of the start's time, and at most as many seconds as it is given.
left() { local seconds=$((END - SECONDS)); [ $seconds -gt 0 ] || seconds=1; echo $((seconds < $1 ? seconds : $1)); }
bounded() { timeout -k 5 "$(left "$1")" "${@:2}"; }
wait_for() {
  local what=$1; shift
  until bounded 15 "$@" >/dev/null 2>&1; do [ $SECONDS -lt $END ] || die "timed out after $START_SECONDS s waiting for the $what"; sleep 0.1; done
}
# must what log command…: ends the script when the command fails or does not end in time.
must() {
  local what=$1 log=$2; shift 2
  bounded "$START_SECONDS" "$@" >"$LOG/$log.out" 2>&1 || failed "$what" "$1" $?
}
failed() {
  case $3 in
    124 | 137) die "cannot $1: $2 had not ended when the $START_SECONDS s of the start were over" ;;
    *) die "cannot $1: $2 ended with $3" ;;
  esac
}

start() {
  command -v radosgw >/dev/null && command -v ceph-mon >/dev/null && command -v ceph-osd >/dev/null || { say "not installed: run '$0 install' as root"; exit 69; }
  if [ "$KIND" = memstore ] && ! alive osd && [ -d "$ROOT" ]; then
    stop KILL
    # Without its port the guard of an earlier start would take it for wiped, and kill what is started here.
    find "$ROOT" -mindepth 1 -maxdepth 1 ! -name port ! -name run -exec rm -rf {} +
  fi
  choose_port; configure; guard
  END=$((SECONDS + START_SECONDS))
  if [ ! -e "$ROOT/mon/kv_backend" ]; then
    must "write the monitor's map" monmap monmaptool --create --clobber --fsid $FSID --addv a "$MON" "$ROOT/monmap"
    must "make the monitor's folder" mon-mkfs ceph-mon -i a --mkfs --monmap "$ROOT/monmap"
  fi
  spawn mon ceph-mon -i a -f; wait_for monitor ceph --connect-timeout 5 mon stat
  if [ ! -e "$ROOT/osd/done" ]; then
    must "tell the monitor of the store" osd-new ceph osd new $OSD_UUID
    must "make the store's folder" osd-mkfs ceph-osd -i 0 --mkfs --osd-uuid $OSD_UUID
    touch "$ROOT/osd/done"
  fi
  spawn osd ceph-osd -i 0 -f; wait_for store sh -c "ceph --connect-timeout 5 osd stat | grep -q '1 up'"
  [ -s "$ROOT/secret-key" ] || create_user
  spawn rgw radosgw -n client.rgw -f; wait_for gateway curl -sf --max-time 5 -o /dev/null "http://127.0.0.1:$PORT/"
  create_bucket "$BUCKET"
}

# The gateway makes up the keys, so that no command line shows them; keys that were given are known to somebody anyway.
create_user() {
  local given=()
  [ -z "${OBJECT_STORE_SECRET_KEY:-}" ] || given=("--access-key=${OBJECT_STORE_ACCESS_KEY:?}" "--secret-key=$OBJECT_STORE_SECRET_KEY")
  bounded "$START_SECONDS" radosgw-admin user create --uid=sparsepipeline --display-name=sparsepipeline "${given[@]}" >"$ROOT/user" 2>"$LOG/user.out" \
    || failed "create the user" radosgw-admin $?
  key_of access >"$ROOT/access-key"; key_of secret >"$ROOT/secret-key"
  rm "$ROOT/user"
}
key_of() { sed -n "s/.*\"$1_key\": \"\(.*\)\".*/\1/p" "$ROOT/user" | head -n 1 | tr -d '\\\n'; }

# curl reads the keys from its standard input, not from a command line. Old ones sign wrongly unless they are given the hash of the (empty) body.
create_bucket() {
  local status
  status=$(printf 'user = "%s:%s"\n' "$(cat "$ROOT/access-key")" "$(cat "$ROOT/secret-key")" | curl -s --max-time "$(left 60)" -K - -o "$LOG/bucket.out" -w '%{http_code}' -X PUT \
    --aws-sigv4 aws:amz:us-east-1:s3 -H "x-amz-content-sha256: $(sha256sum </dev/null | cut -d' ' -f1)" "http://127.0.0.1:$PORT/$1") || true
  [ "$status" = 200 ] || [ "$status" = 409 ] || die "cannot create the bucket '$1': status $status (000: no answer within 60 s) $(cat "$LOG/bucket.out" 2>/dev/null)"
}

# In this order: a store that could say goodbye to the monitor makes the next start quick.
stop() {
  local name signal=${1:-TERM}
  [ "$KIND" = memstore ] && signal=KILL
  for name in rgw osd mon; do
    if alive $name; then
      kill "-$signal" "$(cat "$RUN/$name.pid")" || true
      for _ in $(seq 200); do alive $name || break; sleep 0.05; done
      if alive $name; then kill -KILL "$(cat "$RUN/$name.pid")" || true; fi
      for _ in $(seq 100); do alive $name || break; sleep 0.05; done
    fi
    rm -f "$RUN/$name.pid"
  done
}

guard() {
  [ -n "${OBJECT_STORE_PARENT:-}" ] && ! alive guard || return 0
  setsid "$0" watch >/dev/null 2>&1 </dev/null & echo $! >"$RUN/guard.pid"
  disown
}
watch() {
  local born
  born=$(start_time "$OBJECT_STORE_PARENT") || true
  while lives "$OBJECT_STORE_PARENT" "$born" && [ -f "$PORT_FILE" ]; do sleep 0.5; done
  stop KILL
  [ "${OBJECT_STORE_EPHEMERAL:-}" != 1 ] || rm -rf "$ROOT"
}

print_env() {
  [ -f "$PORT_FILE" ] || { say "never started in $ROOT"; exit 1; }
  printf 'SPARSEPIPELINE_Store__Kind=s3\nSPARSEPIPELINE_S3__Endpoint=http://127.0.0.1:%s\nSPARSEPIPELINE_S3__Bucket=%s\n' "$(cat "$PORT_FILE")" "$BUCKET"
  printf 'SPARSEPIPELINE_S3__AccessKeyFile=%s\nSPARSEPIPELINE_S3__SecretKeyFile=%s\n' "$ROOT/access-key" "$ROOT/secret-key"
}

status() {
  if alive mon && alive osd && alive rgw; then echo "running on port $(cat "$PORT_FILE")"; else echo "not running"; exit 3; fi
}

case "${1:-}" in
  install) install;;
  start) start;;
  stop) stop;;
  kill) stop KILL;;
  restart) stop KILL; start;;
  wipe) stop KILL; rm -rf "$ROOT";;
  status) status;;
  env) print_env;;
  watch) watch;;
  *) sed -n '2,19p' "$0" | cut -c3- >&2; exit 64;;
esac

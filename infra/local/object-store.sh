#!/usr/bin/env bash
# A real S3 server on this machine without containers: Debian's Ceph gateway (one monitor, one store, radosgw), on the loopback only.
# Usage: infra/local/object-store.sh install|start|stop|kill|restart|wipe|status|env [--watch PID]
#   install  fetch the Debian packages that are missing        start    start what does not run, create the bucket; --watch ends all with PID
#   stop     end it in order                                   kill     end it as a power cut would (SIGKILL); start brings everything back
#   restart  stop, start      wipe  stop, delete everything    status   up or down      env  settings for `eval`, also for a .env file
# Variables: OBJECT_STORE_DIR      state folder (default .sparsepipe/object-store)   OBJECT_STORE_PORT  first of 40 ports (default: remembered, or free)
#            OBJECT_STORE_BUCKET   created at the start (default sparsepipeline)     OBJECT_STORE_GB    most it may take, sparse (default 20)
#            OBJECT_STORE_ACCESS_KEY, OBJECT_STORE_SECRET_KEY   at the first start   OBJECT_STORE_KIND  bluestore | memstore (RAM, lost at the stop)
set -euo pipefail
ROOT=$(realpath -m "${OBJECT_STORE_DIR:-.sparsepipe/object-store}")
BUCKET=${OBJECT_STORE_BUCKET:-sparsepipeline}; KIND=${OBJECT_STORE_KIND:-bluestore}; SIZE=$(( ${OBJECT_STORE_GB:-20} << 30 ))
FSID=5a3e0f6e-0000-4000-8000-5303da7a0001; OSD_UUID=5a3e0f6e-0000-4000-8000-5303da7a0002
RUN=$ROOT/run; LOG=$ROOT/log; KEYS=$ROOT/keys; PORT_FILE=$ROOT/port
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
      # Of two that choose at once only one gets the lock folder; it goes with the state folder.
      port_is_free "$PORT" && port_is_free $((PORT + 1)) && port_is_free $((PORT + 10)) && return 0
    done
    say "no free block of ports between 20000 and 32000: set OBJECT_STORE_PORT"; exit 1
  fi
}

remember() {
  mkdir -p "$RUN" "$LOG" "$ROOT/mon" "$ROOT/osd"
  echo "$PORT" >"$PORT_FILE"
  if [ ! -f "$KEYS" ]; then
    local access secret
    access=${OBJECT_STORE_ACCESS_KEY:-$(head -c 100 /dev/urandom | sha256sum | cut -c1-20)}
    secret=${OBJECT_STORE_SECRET_KEY:-$(head -c 100 /dev/urandom | sha256sum | cut -c1-40)}
    (umask 077; printf '%s\n%s\n' "$access" "$secret" >"$KEYS"
     printf %s "$access" >"$ROOT/access-key"; printf %s "$secret" >"$ROOT/secret-key")
  fi
}

configure() {
  MON="[v2:127.0.0.1:$((PORT + 1))/0]"
  cat >"$CEPH_CONF" <<CONF
[global]
fsid = $FSID
mon host = $MON
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind ipv6 = false
ms bind port min = $((PORT + 10))
ms bind port max = $((PORT + 40))
auth cluster required = none
auth service required = none
auth client required = none
auth allow insecure global id reclaim = false
# The gateway insists on encrypted sessions with the monitor, which auth "none" cannot give: without this it hangs at its start.
ms mon client mode = crc
keyring = /dev/null
run dir = $RUN
admin socket =
log file = $LOG/\$name.log
log to stderr = false
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 4
osd pool default pg autoscale mode = off
osd crush chooseleaf type = 0
mon allow pool size one = true
[mon]
mon data = $ROOT/mon
mon data avail crit = 1
mon cluster log file = $LOG/cluster.log
paxos propose interval = 0.05
paxos min wait = 0.01
[osd]
osd data = $ROOT/osd
osd objectstore = $KIND
bluestore block size = $SIZE
memstore device bytes = $SIZE
bluestore cache autotune = false
bluestore cache size = 134217728
osd memory target = 939524096
[client]
rgw frontends = beast endpoint=127.0.0.1:$PORT tcp_nodelay=1
rgw rados pool pg num min = 4
rgw dynamic resharding = false
rgw gc obj min wait = 60
rgw gc processor period = 60
CONF
}

# A dead daemon may stay a zombie until init reaps it, so its state is asked for and not whether its number is taken.
alive() {
  local pid state
  [ -f "$RUN/$1.pid" ] && pid=$(cat "$RUN/$1.pid") && state=$(ps -o stat= -p "$pid") && [ "${state:0:1}" != Z ] && grep -q "ceph\|radosgw" "/proc/$pid/cmdline"
}
spawn() {
  local name=$1; shift
  alive "$name" && return 0
  setsid "$@" >"$LOG/$name.out" 2>&1 </dev/null & echo $! >"$RUN/$name.pid"
}
die() { say "$1"; tail -n 8 "$LOG"/*.out "$LOG"/*.log >&2 || true; stop KILL; exit 1; }
wait_for() {
  local what=$1 end=$((SECONDS + 90)); shift
  until "$@" >/dev/null 2>&1; do [ $SECONDS -lt $end ] || die "timed out waiting for $what"; sleep 0.1; done
}
osd_is_up() { ceph --connect-timeout 5 osd stat | grep -q '1 up'; }

start() {
  command -v radosgw >/dev/null && command -v ceph-mon >/dev/null && command -v ceph-osd >/dev/null || { say "not installed: run '$0 install' as root"; exit 69; }
  if [ "$KIND" = memstore ] && ! alive osd; then stop KILL; rm -rf "$ROOT"; fi
  choose_port; remember; configure
  if [ ! -e "$ROOT/mon/kv_backend" ]; then
    monmaptool --create --clobber --fsid $FSID --addv a "$MON" "$ROOT/monmap" >/dev/null
    ceph-mon -i a --mkfs --monmap "$ROOT/monmap" >"$LOG/mon-mkfs.out" 2>&1 || die "cannot make the monitor's folder"
  fi
  spawn mon ceph-mon -i a -f; wait_for monitor ceph --connect-timeout 5 mon stat
  if [ ! -e "$ROOT/osd/done" ]; then
    ceph osd new $OSD_UUID >/dev/null
    ceph-osd -i 0 --mkfs --osd-uuid $OSD_UUID >"$LOG/osd-mkfs.out" 2>&1 || die "cannot make the store's folder"
    touch "$ROOT/osd/done"
  fi
  spawn osd ceph-osd -i 0 -f; wait_for store osd_is_up
  if [ ! -e "$ROOT/user-done" ]; then
    # The secret comes from a file: a command line shows it to everybody on the machine for a moment, which is why a fresh one is random.
    timeout 120 radosgw-admin user create --uid=sparsepipeline --display-name=sparsepipeline --access-key="$(sed -n 1p "$KEYS")" \
      --secret-key="$(sed -n 2p "$KEYS")" >/dev/null 2>"$LOG/user.out" || die "cannot create the user"
    touch "$ROOT/user-done"
  fi
  spawn rgw radosgw -n client.rgw -f; wait_for gateway curl -sf -o /dev/null "http://127.0.0.1:$PORT/"
  create_bucket "$BUCKET"
}

# curl reads the keys from its standard input, not from a command line. Old ones sign wrongly unless they are given the hash of the (empty) body.
create_bucket() {
  local status
  status=$(printf 'user = "%s:%s"\n' "$(sed -n 1p "$KEYS")" "$(sed -n 2p "$KEYS")" | curl -s -K - -o "$LOG/bucket.out" -w '%{http_code}' -X PUT \
    --aws-sigv4 aws:amz:us-east-1:s3 -H "x-amz-content-sha256: $(sha256sum </dev/null | cut -d' ' -f1)" "http://127.0.0.1:$PORT/$1")
  [ "$status" = 200 ] || [ "$status" = 409 ] || die "cannot create the bucket '$1': $status $(cat "$LOG/bucket.out")"
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
    fi
    rm -f "$RUN/$name.pid"
  done
}

# Ends and deletes everything when the process that wanted it is gone, however it went.
watch() {
  setsid "$0" watching "$1" >/dev/null 2>&1 </dev/null &
}
watching() {
  while kill -0 "$1" 2>/dev/null && [ -f "$PORT_FILE" ]; do sleep 1; done
  stop KILL; rm -rf "$ROOT"
}

print_env() {
  [ -f "$PORT_FILE" ] || { say "never started in $ROOT"; exit 1; }
  printf 'SPARSEPIPELINE_Store__Kind=s3\nSPARSEPIPELINE_S3__Endpoint=http://127.0.0.1:%s\nSPARSEPIPELINE_S3__Bucket=%s\n' "$(cat "$PORT_FILE")" "$BUCKET"
  printf 'SPARSEPIPELINE_S3__AccessKeyFile=%s\nSPARSEPIPELINE_S3__SecretKeyFile=%s\n' "$ROOT/access-key" "$ROOT/secret-key"
}

status() {
  local name up=0
  for name in mon osd rgw; do if alive $name; then echo "$name up"; else echo "$name down"; up=1; fi; done
  return $up
}

case "${1:-}" in
  install) install;;
  start) start; [ "${2:-}" != --watch ] || watch "$3";;
  stop) stop;;
  kill) stop KILL;;
  restart) stop; start;;
  wipe) stop KILL; rm -rf "$ROOT";;
  status) status;;
  env) print_env;;
  watching) watching "$2";;
  *) sed -n '2,9p' "$0" | cut -c3- >&2; exit 64;;
esac

#!/usr/bin/env bash
# A RabbitMQ broker of its own for trials and tests: own node name, ports, folders and epmd, on the loopback interface only.
# Several run side by side, each in a folder of its own; what is in durable queues survives `kill` and `restart`.
# Usage: infra/local/broker.sh install|start|stop|kill|restart|status|env|ctl ARGS
#   install   rabbitmq-server from the distribution, when it is missing (needs root and apt)
#   start     start it, wait until it serves; does nothing when it runs
#   stop      orderly stop                       kill      kill -9, as a crash would
#   restart   kill and start                     status    running or not (exit code 0 or 3)
#   env       settings of the pipeline for it    ctl       rabbitmqctl with ARGS
# Settings, as environment variables:
#   BROKER_HOME     its folder (.sparsepipe/broker)     BROKER_PORT, BROKER_MANAGEMENT_PORT   free ports, kept for the next start
#   BROKER_VHOST    virtual host (sparsepipeline)       BROKER_USER   user (sparsepipeline); the password is made up, in BROKER_HOME/password
#   BROKER_PARENT   process id: when it ends, however it ends, the broker is killed; BROKER_HOME is removed with BROKER_EPHEMERAL=1
#   BROKER_CONSUMER_TIMEOUT_MS   an unacknowledged message goes back to its queue after this time (4 hours)
#   BROKER_START_SECONDS    what a start may take (120)     BROKER_CTL_SECONDS   what a command of `ctl` may take (120)
# TLS: with tls/ca.pem, tls/server.pem and tls/server.key in BROKER_HOME it listens on a TLS port too (see `env`).
set -euo pipefail
repository=$(cd "$(dirname "$0")/../.." && pwd)
# shellcheck source=infra/local/process.sh
. "$repository/infra/local/process.sh"
umask 077
mkdir -p "${BROKER_HOME:=$repository/.sparsepipe/broker}"
home=$(cd "$BROKER_HOME" && pwd)
user=${BROKER_USER:-sparsepipeline} vhost=${BROKER_VHOST:-sparsepipeline}
# Below the range the kernel hands out, so that a port stays free while the broker is down.
free_port() {
  local port
  while :; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

ports() {
  if [ ! -f "$home/ports" ]; then
    {
      echo "amqp=${BROKER_PORT:-$(free_port)}"
      echo "management=${BROKER_MANAGEMENT_PORT:-$(free_port)}"
      echo "amqps=$(free_port)"
      echo "distribution=$(free_port)"
      echo "epmd=$(free_port)"
    } > "$home/ports.new"
    mv "$home/ports.new" "$home/ports"
  fi
  # shellcheck disable=SC1091
  . "$home/ports"
}

environment() {
  ports
  mkdir -p "$home/mnesia" "$home/log" "$home/home"
  export HOME="$home/home"
  RABBITMQ_NODENAME="sparsepipe-$(echo "$home" | cksum | cut -d' ' -f1)@localhost"
  export RABBITMQ_NODENAME RABBITMQ_MNESIA_BASE="$home/mnesia" RABBITMQ_LOG_BASE="$home/log" RABBITMQ_PID_FILE="$home/pid"
  export RABBITMQ_CONFIG_FILE="$home/rabbitmq.conf" RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins"
  export RABBITMQ_CONF_ENV_FILE="$home/none.conf" RABBITMQ_DIST_PORT="$distribution"
  export ERL_EPMD_PORT="$epmd" ERL_EPMD_ADDRESS=127.0.0.1
  # Reached on the loopback interface only, and by whoever may read the folder anyway.
  [ -f "$home/home/.erlang.cookie" ] || (secret > "$home/home/.erlang.cookie" && chmod 400 "$home/home/.erlang.cookie")
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} +S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none"
  # The wrappers in the path change the user; these do not.
  bin=/usr/lib/rabbitmq/bin
  [ -x "$bin/rabbitmq-server" ] || bin=$(dirname "$(command -v rabbitmq-server 2>/dev/null || echo /missing/rabbitmq-server)")
}

secret() { head -c 24 /dev/urandom | base64 | tr -d '/+=\n'; }

configure() {
  [ -s "$home/password" ] || secret > "$home/password"
  echo "[rabbitmq_management]." > "$home/enabled_plugins"
  cat > "$home/rabbitmq.conf" <<CONF
listeners.tcp.local = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
default_user = $user
default_pass = $(cat "$home/password")
default_vhost = $vhost
default_user_tags.administrator = true
vm_memory_high_watermark.absolute = 1GB
disk_free_limit.absolute = 100MB
consumer_timeout = ${BROKER_CONSUMER_TIMEOUT_MS:-14400000}
# Messages refer to artifacts and are a few kilobytes; a publisher of more is refused.
max_message_size = 1048576
log.console = false
log.file.level = info
CONF
  if [ -f "$home/tls/server.pem" ]; then
    cat >> "$home/rabbitmq.conf" <<CONF
listeners.ssl.local = 127.0.0.1:$amqps
ssl_options.cacertfile = $home/tls/ca.pem
ssl_options.certfile = $home/tls/server.pem
ssl_options.keyfile = $home/tls/server.key
ssl_options.verify = verify_none
ssl_options.fail_if_no_peer_cert = false
CONF
  fi
}

# A process id may be another's by now.
running() {
  local pid
  pid=$(cat "$home/pid" 2>/dev/null) && [ -n "$pid" ] && grep -qz "$home/mnesia" "/proc/$pid/environ" 2>/dev/null && echo "$pid"
}

start() {
  environment
  if running >/dev/null; then return 0; fi
  [ -x "$bin/rabbitmq-server" ] || { echo "rabbitmq-server is missing; run '$0 install'" >&2; exit 69; }
  configure
  rm -f "$home/pid"
  : > "$home/log/out"
  local log="$home/log/$RABBITMQ_NODENAME.log" before=0
  [ -f "$log" ] && before=$(wc -c < "$log")
  setsid "$bin/rabbitmq-server" < /dev/null > "$home/log/out" 2>&1 &
  local server=$! seconds=${BROKER_START_SECONDS:-120}
  local end=$((SECONDS + seconds))
  while [ "$SECONDS" -lt "$end" ]; do
    # Not a pipe: grep leaves early, and what writes to it would end with an error.
    if [ -f "$log" ] && grep -q 'Server startup complete' <(tail -c "+$((before + 1))" "$log"); then
      watch_parent
      return 0
    fi
    kill -0 "$server" 2>/dev/null || running >/dev/null || break
    sleep 0.1
  done
  if [ "$SECONDS" -lt "$end" ]; then
    echo "the broker ended while it started; see $home/log" >&2
  else
    echo "timed out after $seconds s waiting for 'Server startup complete' in $log" >&2
  fi
  tail -n 20 "$home/log/out" >&2
  crash
  kill -9 -- "-$server" 2>/dev/null || true
  exit 70
}

# Whoever started it may be killed before stopping it.
watch_parent() {
  [ -n "${BROKER_PARENT:-}" ] || return 0
  setsid "$0" watch < /dev/null > /dev/null 2>&1 &
}

watch() {
  environment
  local pid since born
  pid=$(running) && since=$(start_time "$pid") || exit 0
  born=$(start_time "$BROKER_PARENT") || true
  while lives "$BROKER_PARENT" "$born" && lives "$pid" "$since"; do sleep 0.5; done
  lives "$BROKER_PARENT" "$born" && exit 0
  end -9
  [ "${BROKER_EPHEMERAL:-}" != 1 ] || rm -rf "$home"
}

end() {
  local pid
  if pid=$(running); then
    kill "$1" "$pid" 2>/dev/null || true
    # Not kill -0: that finds the dead too, until somebody reaps them.
    for _ in $(seq 1 300); do running > /dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null || true
  fi
  rm -f "$home/pid"
}

crash() {
  end -9
}

forget_names() { timeout -k 5 10 epmd -kill > /dev/null 2>&1 || true; }

case ${1:-} in
  install)
    if ! command -v rabbitmq-server > /dev/null && [ ! -x /usr/lib/rabbitmq/bin/rabbitmq-server ]; then
      # Installing must not start the system's own broker.
      printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d
      trap 'rm -f /usr/sbin/policy-rc.d' EXIT
      apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends rabbitmq-server
    fi ;;
  start) start ;;
  stop) environment; end -TERM; forget_names ;;
  kill) environment; crash; forget_names ;;
  restart) environment; crash; start ;;
  watch) watch; forget_names ;;
  status) environment; if pid=$(running); then echo "running, process $pid, port $amqp"; else echo "not running"; exit 3; fi ;;
  env)
    environment
    cat <<ENV
SPARSEPIPELINE_Bus__Transport=rabbitmq
SPARSEPIPELINE_RabbitMq__Host=localhost
SPARSEPIPELINE_RabbitMq__Port=$([ -f "$home/tls/server.pem" ] && echo "$amqps" || echo "$amqp")
SPARSEPIPELINE_RabbitMq__VirtualHost=$vhost
SPARSEPIPELINE_RabbitMq__Username=$user
SPARSEPIPELINE_RabbitMq__PasswordFile=$home/password
ENV
    [ ! -f "$home/tls/server.pem" ] || printf '%s\n' "SPARSEPIPELINE_RabbitMq__Tls=true" "SPARSEPIPELINE_RabbitMq__CertificateAuthorityFile=$home/tls/ca.pem"
    echo "BROKER_MANAGEMENT=http://localhost:$management" ;;
  ctl) shift; environment; exec timeout -k 5 "${BROKER_CTL_SECONDS:-120}" "$bin/rabbitmqctl" "$@" ;;
  *) sed -n '2,/^set /p' "$0" | sed '$d; s/^# \{0,1\}//' >&2; exit 64 ;;
esac

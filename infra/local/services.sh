# shellcheck shell=bash
# Sourced by up.sh, down.sh and status.sh: one process per service, its pid, port and log in files of its own.
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=infra/local/process.sh
. "$repository/infra/local/process.sh"
home=${UP_HOME:-$repository/.sparsepipe/up}
profiles=${SPARSEPIPELINE_PROFILES:-$repository/.sparsepipe/profiles}
profile=$profiles/distributed.settings.json
export BROKER_HOME=$home/broker OBJECT_STORE_HOME=$home/object-store
kinds=(trainer pruner souper evaluator gateway)

program_of() {
  local name=${1%-[0-9]*}
  echo "$repository/services/${name^}/bin/${CONFIGURATION:-Release}/net10.0/linux-x64/SparsePipeline.${name^}"
}

# Names of the services that were started, dead or alive: trainer-1, trainer-2, pruner-1, …
started() {
  local file
  for file in "$home"/services/*.pid; do
    [ ! -e "$file" ] || basename "$file" .pid
  done
}

# Prints the pid of a service that lives.
pid_of() {
  local pid since
  read -r pid since 2>/dev/null < "$home/services/$1.pid" && lives "$pid" "$since" && echo "$pid"
}

# Below the range the kernel hands out, so that a port stays free while nobody listens.
free_port() {
  local port
  while :; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    (exec 3<> "/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# The port of a gateway's door, the same at every start: for the first GATEWAY_PORT, or 8081 while nobody else has it.
door_of() {
  local file=$home/services/$1.door port
  if [ "$1" = gateway-1 ] && [ -n "${GATEWAY_PORT:-}" ]; then
    port=$GATEWAY_PORT
  elif [ -s "$file" ]; then
    port=$(cat "$file")
  elif [ "$1" = gateway-1 ] && ! (exec 3<> /dev/tcp/127.0.0.1/8081) 2>/dev/null; then
    port=8081
  else
    port=$(free_port)
  fi
  echo "$port" > "$file"
  echo "$port"
}

# The answer of a service to GET $2, headers first; fails when nobody listens.
ask() {
  (
    exec 3<> "/dev/tcp/127.0.0.1/$(cat "$home/services/$1.port")" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3
    timeout 10 cat <&3
  ) 2>/dev/null
}

is_ready() { ask "$1" /health/ready | head -n 1 | grep -q ' 200 '; }

# Why a service is not ready: what it says itself, and the end of its log.
explain() {
  local answer
  answer=$(ask "$1" /health/ready | tail -n 1) || true
  echo "$1 is not ready: ${answer:-it does not answer}"
  echo "--- the end of $home/logs/$1.log"
  tail -n 15 "$home/logs/$1.log" 2>/dev/null | sed 's/^/    /'
}

# Starts a service with the settings in its file.
start_service() {
  local name=$1 program pid settings
  program=$(program_of "$name")
  mapfile -t settings < "$home/services/$name.settings"
  free_port > "$home/services/$name.port"
  # A session of its own: Ctrl-C in this terminal is not meant for it, and its runners end with it.
  # Nothing else of ours from this shell: what the file does not say was not compared.
  env $(compgen -e | grep -E '^(SPARSEPIPELINE|OTEL)_' | sed 's/^/-u /') "${settings[@]}" setsid "$program" "--Hosting:HttpPort=$(cat "$home/services/$name.port")" < /dev/null >> "$home/logs/$name.log" 2>&1 9>&- &
  pid=$!
  echo "$pid $(start_time "$pid")" > "$home/services/$name.pid"
}

# Asks all to save their place and stop, at once; those that do not within 40 s are killed with their runners.
stop_services() {
  local name pid end=$((SECONDS + 40))
  for name in "$@"; do
    # It may have died in between.
    if pid=$(pid_of "$name"); then kill -TERM "$pid" 2>/dev/null || true; fi
  done
  for name in "$@"; do
    while pid=$(pid_of "$name"); do
      if [ "$SECONDS" -ge "$end" ]; then
        echo "$name did not stop within 40 s and is killed" >&2
        kill -KILL -- "-$pid" 2>/dev/null || true
        if [ "$SECONDS" -ge $((end + 20)) ]; then
          echo "error: $name (process $pid) does not die" >&2
          return 1
        fi
      fi
      sleep 0.1
    done
    rm -f "$home/services/$name".{pid,port,settings}
  done
}

#!/usr/bin/env bash
# The distributed pipeline on this machine without containers: a broker, an object store and one process per service.
# Usage: infra/local/up.sh      what runs already is kept; what is missing, dead, outdated or too much is put right
# Settings, as environment variables:
#   TRAINERS, PRUNERS, SOUPERS, EVALUATORS, GATEWAYS   processes of each kind (1)
#   GATEWAY_PORT    port of the first gateway (8081, or another when that is taken; kept for the next start)
#   RUNNERS         runner processes of one trainer, and so its trainings at the same time (the cores, shared by the trainers)
#   UP_HOME         broker, object store, copies, logs (.sparsepipe/up)      CONFIGURATION   Release or Debug (Release)
#   READY_SECONDS   how long services may take to be ready (60)             UP_BUILD        0 starts what was built before
#   DATA_ROOTS      folders, with : between them, below which recipes may name data (the home folder and this repository's; * for all)
# Other SPARSEPIPELINE_… and OTEL_… variables reach every service; one that was started with others is started again.
# `sparsepipe --profile distributed` then works on it all.
set -euo pipefail
# shellcheck source=infra/local/services.sh
. "$(dirname "$0")/services.sh"
local_scripts=$repository/infra/local
umask 077
mkdir -p "$home/services" "$home/logs"
exec 9> "$home/lock"
flock -n 9 || { echo "error: another make up or make down is at work on $home" >&2; exit 1; }

# Without the lock's descriptor: what is started here lives on, and would hold it.
infrastructure() {
  "$local_scripts/broker.sh" install
  "$local_scripts/object-store.sh" install
  "$local_scripts/object-store.sh" start > "$home/object-store.out" 2>&1 9>&- &
  local store=$!
  "$local_scripts/broker.sh" start 9>&-
  wait "$store" || { cat "$home/object-store.out" >&2; return 1; }
}

# What services and command line have in common, as SPARSEPIPELINE_Section__Key=value.
shared_settings() {
  "$local_scripts/broker.sh" env | grep '^SPARSEPIPELINE_'
  "$local_scripts/object-store.sh" env | grep '^SPARSEPIPELINE_'
}

# The same settings as JSON with flat keys, which is how .NET reads them too.
write_profile() {
  mkdir -p "$profiles"
  {
    echo '{'
    sed 's/^SPARSEPIPELINE_//; s/__/:/; s/\\/\\\\/g; s/"/\\"/g; s/^\([^=]*\)=\(.*\)$/  "\1": "\2",/' "$home/settings"
    printf '  "Store:Folder": "%s"\n}\n' "$repository/.sparsepipe/distributed"
  } > "$profile.new"
  mv "$profile.new" "$profile"
}

wanted() {
  local kind count
  for kind in "${kinds[@]}"; do
    count=${kind^^}S
    seq -f "$kind-%g" 1 "${!count:-1}"
  done
}

runners_of() {
  local cores=$(($(nproc) / ${TRAINERS:-1}))
  case $1 in
    trainer-*) echo "${RUNNERS:-$((cores > 0 ? cores : 1))}" ;;
    *) echo 1 ;;
  esac
}

# Of this shell's environment what services read. A value with a line break in it could not be told from two variables.
inherited_settings() {
  local name
  for name in $(compgen -e | grep -E '^(SPARSEPIPELINE|OTEL)_' | grep -vx SPARSEPIPELINE_PROFILES | sort); do
    case ${!name} in
      *$'\n'*) echo "error: $name has a line break in it" >&2; return 1 ;;
      *) printf '%s=%s\n' "$name" "${!name}" ;;
    esac
  done
}

# Later lines win.
settings_of() {
  printf 'SPARSEPIPELINE_%s\n' "Data__Roots=${DATA_ROOTS:-$HOME:$repository}"
  cat "$home/inherited" "$home/settings"
  printf 'SPARSEPIPELINE_%s\n' "Store__Folder=$home/copies" "Runners__Path=$(program_of runner)" "Runners__Count=$(runners_of "$1")"
  case $1 in gateway-*) printf 'SPARSEPIPELINE_%s\n' "Gateway__HttpPort=$(door_of "$1")" ;; esac
}

# Why a service that lives is to be started again, without values, which may be secret; nothing when it is as it should be.
reason_to_restart() {
  local changed
  changed=$(diff <(sort "$home/services/$1.settings") <(settings_of "$1" | sort) | sed -n 's/^[<>] \([^=]*\)=.*/\1/p' | sed 's/^SPARSEPIPELINE_//; s/__/:/' | sort -u | paste -sd ' ')
  if [ -n "$changed" ]; then
    echo "other settings: $changed"
  elif ! settings_of "$1" | cmp -s - "$home/services/$1.settings"; then
    echo "other settings"
  elif [ -n "$(find "$(dirname "$(program_of "$1")")" -maxdepth 1 -name '*.dll' -newer "$home/services/$1.pid" -print -quit)" ]; then
    echo "built anew"
  fi
}

is_wanted() { wanted | grep -x "$1" > /dev/null; }

services() {
  local name reason surplus=()
  for name in $(started); do
    if ! is_wanted "$name" || ! pid_of "$name" > /dev/null; then
      surplus+=("$name")
    elif reason=$(reason_to_restart "$name") && [ -n "$reason" ]; then
      echo "up: $name is started again ($reason)"
      surplus+=("$name")
    fi
  done
  stop_services "${surplus[@]}"
  for name in $(wanted); do
    if ! pid_of "$name" > /dev/null; then
      settings_of "$name" > "$home/services/$name.settings"
      start_service "$name"
    fi
  done
}

await_ready() {
  local name end=$((SECONDS + ${READY_SECONDS:-60}))
  for name in $(wanted); do
    until is_ready "$name"; do
      if ! pid_of "$name" > /dev/null || [ "$SECONDS" -ge "$end" ]; then
        explain "$name" >&2
        return 1
      fi
      sleep 0.2
    done
  done
}

# Where clients of the gateways go, and how they get a key.
doors() {
  local name
  for name in $(wanted | grep '^gateway-'); do
    echo "  http://127.0.0.1:$(door_of "$name")      $name, the HTTP door (docs/gateway.md)"
  done
  echo "  ./sparsepipe keys create --role operator --profile distributed > operator.key      its first key"
}

[ "${UP_BUILD:-1}" = 0 ] || dotnet build "$repository/services/Cli" -c "${CONFIGURATION:-Release}" --nologo -v quiet
infrastructure
shared_settings > "$home/settings"
inherited_settings > "$home/inherited"
write_profile
# Before any service, so that what one publishes waits for another that is not there yet.
SPARSEPIPELINE_PROFILES=$profiles "$(program_of cli)" topology --profile distributed
services
await_ready
cat <<DONE
up: $(wanted | cut -d- -f1 | uniq -c | awk '{ printf "%s%d %s%s", sep, $1, $2, ($1 > 1 ? "s" : ""); sep = ", " }'), a broker and an object store, all ready
  ./sparsepipe run recipes/sms-digits.yaml --profile distributed
  ./sparsepipe runs list --profile distributed
$(doors)
  make status                what runs, and how to see it
  make up TRAINERS=2         another trainer; GATEWAYS=0 no gateway
  make down                  stop it all; WIPE=1 also deletes what the broker and the object store hold
DONE

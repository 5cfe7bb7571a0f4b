# shellcheck shell=bash
# Sourced by the scripts that watch processes. A pid alone may be another process's by now, with the time it started it is not; and the dead keep
# theirs until somebody reaps them.

# Prints when a process started; fails when it is dead.
start_time() {
  local line fields
  read -r line 2>/dev/null < "/proc/$1/stat" || return 1
  read -ra fields <<< "${line##*) }"
  [ "${fields[0]}" != Z ] && echo "${fields[19]}"
}

# Whether the process with this pid that started then lives.
lives() { [ -n "$2" ] && [ "$(start_time "$1")" = "$2" ]; }

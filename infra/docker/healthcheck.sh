#!/bin/bash
# Usage: healthcheck http://HOST:PORT/PATH     exit 0 when the answer is 200; bash alone, so that images need no curl
[[ "$1" =~ ^http://([^:/]+):([0-9]+)(/.*)$ ]] || { echo "not a URL of the form http://host:port/path: $1" >&2; exit 2; }
host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]} path=${BASH_REMATCH[3]}
exec 3<>"/dev/tcp/$host/$port" || exit 1
printf 'GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$path" "$host" >&3
IFS=' ' read -r -t 4 _ status _ <&3
[ "$status" = 200 ] || { echo "$path answered ${status:-nothing}" >&2; exit 1; }

#!/usr/bin/env bash
# Builds everything, checks the format and runs every test; the last line is the count.
# Usage: infra/local/test.sh [--quick]     --quick leaves out the end-to-end tests that start and kill processes
set -euo pipefail
cd "$(dirname "$0")/../.."

# The bare machine may lack the C++ runtime that libtorch links to; everything else comes with the .NET SDK.
if ! ldconfig -p | grep -q 'libstdc++\.so\.6' && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends libstdc++6 libgomp1
fi

# The servers of the distributed mode, for tests that are not given others; without them those tests are skipped, with CI=true they fail.
if [ -z "${SPARSEPIPELINE_TEST_S3:-}" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then infra/local/object-store.sh install; fi
if [ -z "${SPARSEPIPELINE_TEST_BROKER:-}" ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then infra/local/broker.sh install; fi
# Changes the clock of one service in the crash suite, which leaves that fault out when it is missing.
if ! dpkg-query -W -f='${Status}' libfaketime 2>/dev/null | grep -q 'ok installed' && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends libfaketime || echo "no libfaketime: no clock will jump" >&2
fi

# Loads soups back into PyTorch, in a test that is skipped without it.
if ! /usr/bin/python3 -c 'import torch' 2>/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-torch || echo "no python3-torch: no soup is loaded back" >&2
fi

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# One compiler that stays for all projects: a fresh one per project spends most of its time on being started.
export UseSharedCompilation=true
dotnet restore SparsePipeline.sln --nologo -v quiet
dotnet build SparsePipeline.sln -c Release --no-restore --nologo -v quiet
dotnet build-server shutdown --vbcscompiler >/dev/null
# The build has run the analyzers, format rules included; ends of files and encodings are left.
dotnet format whitespace SparsePipeline.sln --verify-no-changes --no-restore

projects=(--solution SparsePipeline.sln)
[ "${1:-}" = --quick ] && projects+=(--filter-not-trait Category=EndToEnd --filter-not-trait Category=Chaos)
log=$(mktemp) results=$(mktemp -d)
trap 'rm -rf "$log" "$results"' EXIT
status=0
# A suite in which nothing has begun or ended for ten minutes is killed and counts as failed; it names the tests that were running.
bounds=(--hangdump --hangdump-type None --hangdump-timeout 10m --results-directory "$results")
# One test process at a time: several of them start one-thread runners per core themselves.
dotnet test "${projects[@]}" -c Release --no-build --no-progress --max-parallel-test-modules 1 "${bounds[@]}" 2>&1 | tee "$log" || status=$?

for hung in "$results"/*_hang.log; do
  [ ! -f "$hung" ] || { echo "These tests did not end in ${hung##*/}:"; cat "$hung"; }
done

count() { awk -v name="$1:" 'NF == 2 && $1 == name && $2 ~ /^[0-9]+$/ { n = $2 } END { print n + 0 }' "$log"; }
skipped=$(count skipped)
echo "$(count succeeded) passed, $(($(count failed) + $(count error))) failed$([ "$skipped" -gt 0 ] && echo ", $skipped skipped")"
exit "$status"

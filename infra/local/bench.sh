#!/usr/bin/env bash
# Measures the speed targets as ratios inside one run; arguments go to the benchmarks (`--help` lists them).
# The peer is the distribution's PyTorch on a fast BLAS: on the reference BLAS, which its package brings, it is several times slower.
set -euo pipefail
cd "$(dirname "$0")/../.."

for package in python3-torch libopenblas0-pthread; do
  if ! dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package" || echo "no $package: nothing is compared with PyTorch" >&2
  fi
done

dotnet build tests/Benchmarks -c Release --nologo -v quiet
OMP_WAIT_POLICY=passive exec tests/Benchmarks/bin/Release/net10.0/linux-x64/SparsePipeline.Benchmarks "$@"

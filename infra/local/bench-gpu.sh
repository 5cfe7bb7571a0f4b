#!/usr/bin/env bash
# Measures training steps, evaluation and mask work on a CUDA device beside PyTorch on the same device.
# Without an NVIDIA device it says so and ends with 0: nothing is wrong with the machine. Arguments go to the benchmarks.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ ! -e /dev/nvidiactl ]; then
  echo "Nothing is measured on a graphics processor: this machine has no NVIDIA device (there is no /dev/nvidiactl)."
  exit 0
fi
# Restoring the CUDA packages would change the lock files, which are those of the build for processors.
dotnet build tests/Benchmarks -c Release --nologo -v quiet -p:TorchBackend=cuda -p:NuGetLockFilePath=obj/cuda.lock.json
tests/Benchmarks/bin/Release/net10.0/linux-x64/SparsePipeline.Benchmarks gpu "$@"

"""Puts a checkpoint of the pipeline back into the PyTorch model: load_back.py SOUP.safetensors [DIGITS.csv.gz]"""

import csv
import gzip
import json
import os
import sys

import torch

# Rows of the four groups of writers that the pipeline never trains on: its shift "writers".
HELD_OUT = [*range(0, 130), *range(386, 516), *range(516, 646), *range(1545, 1667)]


def load(path):
    """safetensors.torch.load_file(path) and the metadata, for machines without that package: a header of names and places, then float32 and int64."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    metadata = header.pop("__metadata__", {})
    kinds = {"F32": torch.float32, "I64": torch.int64}
    tensors = {
        name: torch.frombuffer(data[slice(*entry["data_offsets"])], dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }
    return tensors, metadata


def standardise(raw, metadata):
    """Raw values [n, channels, height, width] as the network was trained on them: in 64 bits, and only then rounded to 32."""
    mean, deviation = (torch.tensor(json.loads(metadata[f"sparsepipeline.{key}"]), dtype=torch.float64) for key in ("mean", "deviation"))
    return ((raw.double() - mean.view(1, -1, 1, 1)) / deviation.view(1, -1, 1, 1)).float()


def right_on_held_out_writers(net, path, metadata):
    """One truth value per example of the shift "writers", in its order."""
    with gzip.open(path, "rt") as file:
        rows = torch.tensor([[int(value) for value in row] for row in csv.reader(file)])[HELD_OUT]
    shape, labels = (json.loads(metadata[f"sparsepipeline.{key}"]) for key in ("shape", "labels"))
    with torch.no_grad():
        chosen = net(standardise(rows[:, :64].reshape(-1, *shape), metadata)).argmax(1)
    return [labels[index] == str(digit) for index, digit in zip(chosen.tolist(), rows[:, 64].tolist())]


def main(checkpoint, digits=None):
    net = torch.jit.load(os.path.join(os.path.dirname(os.path.abspath(__file__)), "net.pt"))
    weights, metadata = load(checkpoint)
    # strict=False for one thing only: averages do not say how many batches their BatchNorm saw.
    missing, unexpected = net.load_state_dict(weights, strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    net.eval()
    for name, weight in net.named_parameters():
        if weight.dim() > 1:
            print(f"{name}: {int((weight == 0).sum())} of {weight.numel()} weights are zero")
    if digits:
        right = right_on_held_out_writers(net, digits, metadata)
        print(f"wrong on writers never seen: {[i for i, answer in enumerate(right) if not answer]}")
        print(f"accuracy on writers never seen: {100 * sum(right) / len(right):.1f} % ({sum(right)} of {len(right)})")


if __name__ == "__main__":
    main(*sys.argv[1:])

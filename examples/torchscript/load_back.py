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
    """safetensors.torch.load_file(path), for machines without that package: a header of names and places, then float32 and int64."""
    with open(path, "rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    kinds = {"F32": torch.float32, "I64": torch.int64}
    return {
        name: torch.frombuffer(data[slice(*entry["data_offsets"])], dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }


def accuracy_on_held_out_writers(net, path):
    with gzip.open(path, "rt") as file:
        rows = torch.tensor([[int(value) for value in row] for row in csv.reader(file)])
    held_out = torch.zeros(len(rows), dtype=torch.bool)
    held_out[HELD_OUT] = True
    # Within a hair of the pipeline's standardisation, which uses its training split alone.
    seen = rows[~held_out, :64].float()
    inputs = ((rows[held_out, :64] - seen.mean()) / seen.std()).reshape(-1, 1, 8, 8)
    with torch.no_grad():
        return (net(inputs).argmax(1) == rows[held_out, 64]).float().mean().item()


def main(checkpoint, digits=None):
    net = torch.jit.load(os.path.join(os.path.dirname(os.path.abspath(__file__)), "net.pt"))
    # strict=False for one thing only: averages do not say how many batches their BatchNorm saw.
    missing, unexpected = net.load_state_dict(load(checkpoint), strict=False)
    assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
    net.eval()
    for name, weight in net.named_parameters():
        if weight.dim() > 1:
            print(f"{name}: {int((weight == 0).sum())} of {weight.numel()} weights are zero")
    if digits:
        print(f"accuracy on writers never seen: {100 * accuracy_on_held_out_writers(net, digits):.1f} %")


if __name__ == "__main__":
    main(*sys.argv[1:])

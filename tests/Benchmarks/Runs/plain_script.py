"""The work of `make demo` as a researcher's script in plain PyTorch: one process, nothing stored, nothing to resume.

Sparse Model Soups on the built-in digits with the settings of recipes/sms-digits.yaml: pretraining, three cycles of prune, five candidates and
their average, then IMP and IMP with five times the epochs, 700 epochs in all. The method is the recipe's; seeds, and so the accuracies, are not.
Usage: plain_script.py DIGITS.CSV.GZ THREADS
"""
import copy
import gzip
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

EPOCHS, RETRAINING, CANDIDATES, CYCLES, SPARSITY, PEAK, BATCH, DECAY = 60, 20, 5, 3, 0.98, 0.15, 32, 5e-4
STARTS = [0, 130, 256, 386, 516, 646, 776, 902, 1029, 1157, 1287, 1415, 1545, 1667, 1797]
UNSEEN = [0, 3, 4, 12]


def load(path):
    with gzip.open(path, "rt") as file:
        rows = torch.tensor([[float(v) for v in line.split(",")] for line in file])
    unseen = torch.cat([torch.arange(STARTS[b], STARTS[b + 1]) for b in UNSEEN])
    known = torch.ones(len(rows), dtype=torch.bool)
    known[unseen] = False
    known = known.nonzero().flatten()[torch.randperm(int(known.sum()))]
    test, rest = known[:len(known) // 5], known[len(known) // 5:]
    train = rest[round(len(rest) * 0.2):]
    mean, deviation = rows[train, :64].mean(), rows[train, :64].std()
    split = lambda chosen: ((rows[chosen, :64] - mean) / deviation, rows[chosen, 64].long())
    return split(train), split(test), split(unseen), float(-mean / deviation)


def shift(images, blank):
    padded = F.pad(images.view(-1, 8, 8), (1, 1, 1, 1), value=blank)
    down, right = torch.randint(0, 3, (2, len(images), 1, 1))
    lines = torch.arange(8)
    return padded[torch.arange(len(images)).view(-1, 1, 1), lines.view(1, 8, 1) + down, lines.view(1, 1, 8) + right].view(-1, 64)


def train(network, mask, epochs, peak, data, blank):
    inputs, labels = data
    optimizer = torch.optim.SGD(network.parameters(), peak, momentum=0.9, weight_decay=DECAY, nesterov=True)
    steps = epochs * -(-len(inputs) // BATCH)
    warm = steps // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: (i + 1) / max(1, warm) if i < warm else max(0.0, 1 - (i - warm) / max(1, steps - warm)))
    pairs = [(p, m) for p, m in zip(weights(network), mask)] if mask else []
    for _ in range(epochs):
        for chosen in torch.randperm(len(inputs)).split(BATCH):
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(network(shift(inputs[chosen], blank)), labels[chosen]).backward()
            optimizer.step()
            schedule.step()
            with torch.no_grad():
                for parameter, kept in pairs:
                    parameter.mul_(kept)
    return network


def weights(network):
    return [p for p in network.parameters() if p.dim() > 1]


def prune(network, sparsity):
    with torch.no_grad():
        magnitudes = torch.cat([w.abs().flatten() for w in weights(network)])
        threshold = magnitudes.kthvalue(int(sparsity * len(magnitudes))).values
        mask = [(w.abs() > threshold).float() for w in weights(network)]
        for w, kept in zip(weights(network), mask):
            w.mul_(kept)
    return mask


def average(networks):
    soup = copy.deepcopy(networks[0])
    with torch.no_grad():
        for mean, *members in zip(soup.parameters(), *(n.parameters() for n in networks)):
            mean.copy_(torch.stack(members).mean(0))
    return soup


def accuracy(network, split):
    with torch.no_grad():
        return float((network(split[0]).argmax(1) == split[1]).float().mean())


def main():
    torch.set_num_threads(int(sys.argv[2]))
    torch.manual_seed(1)
    data, test, unseen, blank = load(sys.argv[1])
    dense = nn.Sequential(nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU(), nn.Linear(128, 10))
    train(dense, None, EPOCHS, PEAK, data, blank)
    report = lambda name, network: print(name, f"test {accuracy(network, test):.3f} unseen writers {accuracy(network, unseen):.3f}", flush=True)
    report("dense", dense)

    def chain(name, candidates, epochs):
        network = copy.deepcopy(dense)
        for cycle in range(1, CYCLES + 1):
            mask = prune(network, 1 - (1 - SPARSITY) ** (cycle / CYCLES))
            retrained = [train(copy.deepcopy(network), mask, epochs, PEAK, data, blank) for _ in range(candidates)]
            network = average(retrained)
            report(f"{name} cycle {cycle}", network)
        return retrained[0]

    chain("soup", CANDIDATES, RETRAINING)
    # The pipeline takes IMP's first cycle from the soup's first candidate; here it is two cycles, so that the work is the same.
    network = copy.deepcopy(dense)
    for cycle in range(2, CYCLES + 1):
        network = train(network, prune(network, 1 - (1 - SPARSITY) ** (cycle / CYCLES)), RETRAINING, PEAK, data, blank)
    chain("imp longer", 1, RETRAINING * CANDIDATES)


main()

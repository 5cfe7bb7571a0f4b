"""PyTorch's side of `make bench BENCH="training-step update-cost"` and of `make bench-gpu`: the same networks, batches, threads and device.

Reads a case as JSON from its argument, says `ready PEER`, and for every line it is sent does its task and answers the seconds.
Ends with an error where PyTorch computes products with the reference BLAS, which nobody who trains would use, or wrongly.
"""
import ctypes
import json
import math
import re
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F


def conv(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)


class Residual(nn.Module):
    def __init__(self, inputs, outputs, projected):
        super().__init__()
        self.grown = outputs - inputs
        stride = 1 if self.grown == 0 else 2
        self.main = nn.Sequential(
            conv(inputs, outputs, stride), nn.BatchNorm2d(outputs), nn.ReLU(), conv(outputs, outputs), nn.BatchNorm2d(outputs))
        self.projection = None
        if projected and self.grown > 0:
            self.projection = nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        if self.projection is not None:
            shortcut = self.projection(x)
        elif self.grown > 0:
            shortcut = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.grown // 2, self.grown // 2))
        else:
            shortcut = x
        return F.relu(self.main(x) + shortcut)


class WideBlock(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        stride = 1 if inputs in (16, outputs) else 2
        self.first = nn.Sequential(nn.BatchNorm2d(inputs), nn.ReLU())
        self.rest = nn.Sequential(conv(inputs, outputs, stride), nn.BatchNorm2d(outputs), nn.ReLU(), conv(outputs, outputs))
        self.projection = None if inputs == outputs else nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        first = self.first(x)
        return self.rest(first) + (x if self.projection is None else self.projection(first))


class TransformerBlock(nn.Module):
    def __init__(self, width, heads, context):
        super().__init__()
        self.heads = heads
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.c_attn, self.c_proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))
        self.register_buffer("later", torch.ones(context, context).triu(1).bool())

    def attend(self, x):
        count, length, width = x.shape
        q, k, v = (p.view(count, length, self.heads, width // self.heads).transpose(1, 2) for p in self.c_attn(x).split(width, 2))
        scores = (q @ k.transpose(-2, -1)) * (1 / math.sqrt(width // self.heads))
        weights = F.softmax(scores.masked_fill(self.later, -math.inf), -1)
        return self.c_proj((weights @ v).transpose(1, 2).contiguous().view(count, length, width))

    def forward(self, x):
        x = x + self.attend(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class Gpt(nn.Module):
    def __init__(self, vocabulary, context, layers, heads, width):
        super().__init__()
        self.symbols, self.places = nn.Embedding(vocabulary, width), nn.Embedding(context, width)
        self.blocks = nn.Sequential(*[TransformerBlock(width, heads, context) for _ in range(layers)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, vocabulary, bias=False)

    def forward(self, x):
        places = self.places(torch.arange(x.shape[1], device=x.device))
        return self.head(self.norm(self.blocks(self.symbols(x) + places)))


def resnet(inputs, stem, widths, blocks, projected, classes):
    layers, width = [conv(inputs, stem), nn.BatchNorm2d(stem), nn.ReLU()], stem
    for following in widths:
        for _ in range(blocks):
            layers.append(Residual(width, following, projected))
            width = following
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes))


def mlp(inputs, hidden, classes):
    layers = [nn.Flatten()]
    for width in hidden:
        layers += [nn.Linear(inputs, width), nn.ReLU()]
        inputs = width
    return nn.Sequential(*layers, nn.Linear(inputs, classes))


def shift(images):
    """By a pixel in each direction at most; what comes in is 0."""
    padded = F.pad(images[:, 0], (1, 1, 1, 1))
    down, right = torch.randint(0, 3, (2, len(images), 1, 1))
    rows, columns = torch.arange(images.shape[2]).view(1, -1, 1), torch.arange(images.shape[3]).view(1, 1, -1)
    return padded[torch.arange(len(images)).view(-1, 1, 1), rows + down, columns + right].unsqueeze(1)


def vgg(inputs, stages, classes):
    layers = []
    for stage, count in enumerate(stages):
        width = 64 << min(stage, 3)
        for _ in range(count):
            layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.BatchNorm2d(width), nn.ReLU()]
            inputs = width
        layers.append(nn.MaxPool2d(2))
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


def wide_resnet(inputs, classes):
    layers, width = [conv(inputs, 16)], 16
    for following in (64, 128, 256):
        for _ in range(2):
            layers.append(WideBlock(width, following))
            width = following
    return nn.Sequential(*layers, nn.BatchNorm2d(width), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, classes))


def build(model, shape, classes):
    inputs = shape[0]
    if model == "mlp":
        return mlp(784, (128, 64), classes)
    if model == "digits":
        return mlp(64, (256, 128), classes)
    if model == "lenet5":
        return nn.Sequential(
            nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
            nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, classes))
    if model == "cnn":
        return nn.Sequential(
            conv(1, 32), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2), conv(32, 64), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(3136, 128), nn.ReLU(), nn.Linear(128, classes))
    if model == "resnet20":
        return resnet(inputs, 16, (16, 32, 64), 3, False, classes)
    if model == "resnet18":
        return resnet(inputs, 64, (64, 128, 256, 512), 2, True, classes)
    if model == "vgg11":
        return vgg(inputs, (1, 1, 2, 2, 2), classes)
    if model == "vgg16":
        return vgg(inputs, (2, 2, 3, 3, 3), classes)
    if model == "wide-resnet":
        return wide_resnet(inputs, classes)
    return Gpt(classes, shape[2], 4, 4, 128)


def cut(weights):
    with torch.no_grad():
        everything = torch.cat([w.abs().flatten() for w in weights])
        threshold = everything.kthvalue(int(0.9 * everything.numel())).values
        for w in weights:
            w.mul_(w.abs() > threshold)


def blas():
    """The library that PyTorch's matrix products come from, as the process has it mapped."""
    left, right = torch.randn(1000, 777), torch.randn(777, 129)
    worst = float((left @ right - (left.double() @ right.double()).float()).abs().max())
    if not worst < 1e-3:
        sys.exit(f"its matrix products are off by {worst:g}: this BLAS does not know this processor")
    with open("/proc/self/maps") as maps:
        paths = sorted({line.split()[-1] for line in maps if ".so" in line})
    for path in paths:
        if re.search("libopenblas", path):
            library = ctypes.CDLL(path)
            library.openblas_get_corename.restype = library.openblas_get_config.restype = ctypes.c_char_p
            return f"{library.openblas_get_config().decode().split(' NO_')[0]}, kernels for {library.openblas_get_corename().decode()}"
        if re.search("libmkl_core|libtorch_cpu", path) and torch.backends.mkl.is_available():
            return "MKL"
        if re.search("libblis", path):
            return "BLIS"
    sys.exit("it computes with the reference BLAS; install a fast one, such as libopenblas0-pthread")


def main():
    case = json.loads(sys.argv[1])
    torch.set_num_threads(case["threads"])
    batch, steps, classes, shape = case["batch"], case["steps"], case["classes"], case["shape"]
    task, device = case["task"], torch.device(case["device"])
    network = build(case["model"], shape, classes).to(device)
    weights = [p for p in network.parameters() if p.dim() > 1]
    optimizer = torch.optim.SGD(network.parameters(), 1e-3, 0.9, weight_decay=5e-4, nesterov=True)
    # The digits fit into a cache, and an epoch of ours is 26 updates.
    digits, text = case["model"] == "digits", case["model"] == "gpt"
    count = batch * (min(steps, 26) if digits else steps)
    inputs = torch.randint(0, classes, (count, shape[2])) if text else torch.randn(count, *shape)
    labels = torch.randint(0, classes, (count, shape[2] if text else 1))
    print("ready", f"PyTorch {torch.__version__} with {blas()}", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        network.train(task == "train")
        order = torch.cat([torch.randperm(count) for _ in range(-(-batch * steps // count))])
        for step in range(steps):
            chosen = order[step * batch:(step + 1) * batch]
            if task == "mask":
                cut(weights)
            elif task == "evaluate":
                with torch.no_grad():
                    F.log_softmax(network(inputs[chosen].to(device)).reshape(-1, classes), 1).cpu()
            else:
                optimizer.zero_grad(set_to_none=True)
                examples = shift(inputs[chosen]) if digits else inputs[chosen]
                logits = network(examples.to(device)).reshape(-1, classes)
                F.cross_entropy(logits, labels[chosen].flatten().to(device)).backward()
                optimizer.step()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        print(time.perf_counter() - start, flush=True)


main()

"""Writes net.pt: a small BatchNorm CNN for the 8x8 digits, as TorchScript. Made with PyTorch 1.13; any since 1.6 will do."""

import os

import torch
from torch import nn


class Net(nn.Module):
    """Takes [n, 1, 8, 8], returns logits [n, 10]."""

    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1, bias=False),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1, bias=False),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
        )
        self.dropout = nn.Dropout(0.1)
        self.classifier = nn.Linear(128, 10)

    def forward(self, inputs):
        return self.classifier(self.dropout(self.features(inputs).flatten(1)))


if __name__ == "__main__":
    torch.manual_seed(1)
    # script, not trace: a trace has forgotten that dropout and BatchNorm behave otherwise in training.
    torch.jit.script(Net()).save(os.path.join(os.path.dirname(os.path.abspath(__file__)), "net.pt"))

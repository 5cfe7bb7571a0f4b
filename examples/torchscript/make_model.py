"""Writes net.pt, rows.pt and text.pt: small networks for pictures, rows of numbers and text, as TorchScript.

Made with PyTorch 1.13; any since 1.6 will do.
"""

import os

import torch
from torch import nn
from torch.nn import functional


class Net(nn.Module):
    """A BatchNorm CNN for the 8x8 digits: takes [n, 1, 8, 8], returns logits [n, 10]."""

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


class Rows(nn.Module):
    """A network with BatchNorm for tables: takes [n, columns], returns logits [n, classes]."""

    def __init__(self, columns: int, classes: int):
        super().__init__()
        self.hidden = nn.Linear(columns, 32)
        self.norm = nn.BatchNorm1d(32)
        self.classifier = nn.Linear(32, classes)

    def forward(self, inputs):
        return self.classifier(torch.relu(self.norm(self.hidden(inputs))))


class Text(nn.Module):
    """Causal convolutions over characters: takes numbers of characters [n, length], returns logits [n, length, symbols] of the next ones."""

    def __init__(self, symbols: int):
        super().__init__()
        self.embedding = nn.Embedding(symbols, 32)
        self.conv1 = nn.Conv1d(32, 64, 5)
        self.conv2 = nn.Conv1d(64, 64, 5)
        self.head = nn.Linear(64, symbols)

    def forward(self, inputs):
        x = self.embedding(inputs).transpose(1, 2)
        x = torch.relu(self.conv1(functional.pad(x, [4, 0])))
        x = torch.relu(self.conv2(functional.pad(x, [4, 0])))
        return self.head(x.transpose(1, 2))


def save(model, name):
    # script, not trace: a trace has forgotten that dropout and BatchNorm behave otherwise in training.
    torch.jit.script(model).save(os.path.join(os.path.dirname(os.path.abspath(__file__)), name))


if __name__ == "__main__":
    torch.manual_seed(1)
    save(Net(), "net.pt")
    # The numbers of columns, classes and symbols are the data's: a wrong one is told with the right one.
    save(Rows(columns=2, classes=3), "rows.pt")
    save(Text(symbols=67), "text.pt")

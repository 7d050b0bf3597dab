#!/usr/bin/env python3
"""Writes tiny-cell.safetensors and tiny-cell.json, which FixtureTests.swift reads: a NATS-Bench network of two
channels and one cell a stage, written out by hand in PyTorch, with every operation of the space in its cell.

    python3 Tests/TrainingTests/Fixtures/make-tiny-cell.py        (needs torch, numpy and safetensors; made with 2.13)
"""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

ARCHITECTURE = "|nor_conv_3x3~0|+|avg_pool_3x3~0|nor_conv_1x1~1|+|skip_connect~0|none~1|nor_conv_3x3~2|"


class ReLUConvBN(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride=1):
        super().__init__()
        convolution = nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False)
        self.op = nn.Sequential(nn.ReLU(), convolution, nn.BatchNorm2d(outputs))

    def forward(self, x):
        return self.op(x)


class Zero(nn.Module):
    def forward(self, x):
        return x.mul(0.0)


class Cell(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.layers = nn.ModuleList([
            ReLUConvBN(channels, channels, 3),
            nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False),
            ReLUConvBN(channels, channels, 1),
            nn.Identity(),
            Zero(),
            ReLUConvBN(channels, channels, 3),
        ])

    def forward(self, x):
        edge = self.layers
        first = edge[0](x)
        second = edge[1](x) + edge[2](first)
        return edge[3](x) + edge[4](first) + edge[5](second)


class Reduction(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv_a = ReLUConvBN(inputs, outputs, 3, 2)
        self.conv_b = ReLUConvBN(outputs, outputs, 3)
        self.downsample = nn.Sequential(nn.AvgPool2d(2, 2), nn.Conv2d(inputs, outputs, 1, bias=False))

    def forward(self, x):
        return self.downsample(x) + self.conv_b(self.conv_a(x))


class Network(nn.Module):
    def __init__(self, channels=2, classes=3):
        super().__init__()
        c = channels
        self.stem = nn.Sequential(nn.Conv2d(3, c, 3, padding=1, bias=False), nn.BatchNorm2d(c))
        self.cells = nn.ModuleList([Cell(c), Reduction(c, 2 * c), Cell(2 * c), Reduction(2 * c, 4 * c), Cell(4 * c)])
        self.lastact = nn.Sequential(nn.BatchNorm2d(4 * c), nn.ReLU())
        self.classifier = nn.Linear(4 * c, classes)

    def forward(self, x):
        x = self.stem(x)
        for cell in self.cells:
            x = cell(x)
        return self.classifier(self.lastact(x).mean((2, 3)))


torch.manual_seed(0)
network = Network()
images = torch.randn(4, 3, 8, 8)
folder = Path(__file__).parent
save_file(
    {"state." + name: tensor for name, tensor in network.state_dict().items()} | {"images": images},
    folder / "tiny-cell.safetensors")

network, x = network.double(), images.double().requires_grad_()
logits = network(x)
logits.sum().backward()
evaluated = network.eval()(x)
expected = {
    "architecture": ARCHITECTURE,
    "logits": logits.flatten().tolist(),
    "evaluated": evaluated.flatten().tolist(),
    "input_gradient_norms": x.grad.flatten(1).norm(dim=1).tolist(),
    "gradient_norms": {name: p.grad.norm().item() for name, p in network.named_parameters()},
}
(folder / "tiny-cell.json").write_text(json.dumps(expected, indent=1) + "\n")

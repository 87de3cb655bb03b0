"""Fifty steps of the optimizers beyond the first four, on the two problems of optimizers.json.

    python3 optimizers2.py          then, for the layout: npx prettier --write test/goldens

All from PyTorch 1.13 but Lion, which it lacks: that is the paper's algorithm in numpy. NAdam runs as PyTorch's `foreach`
variant: the other one multiplies a factor twice in 1.13 (corrected in 2.0), against the formula of its own documentation.
Its rate on the second problem is 0.02: with 0.05 its path grows unstable there, and float32 leaves it by step 50.
"""

import json

import numpy as np
import torch

from golden_files import HERE, plain, save

STEPS = 50
PROBLEMS = json.loads((HERE / "optimizers.json").read_text())["problems"]
A = torch.tensor(PROBLEMS["least-squares"]["A"])
B = torch.tensor(PROBLEMS["least-squares"]["b"])
FUNCTIONS = {
    "rosenbrock": lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2,
    "least-squares": lambda p: ((A @ p - B) ** 2).sum() / (2 * len(A)),
}


class Lion:
    """Chen et al. 2023, algorithm 2, on one numpy vector."""

    def __init__(self, points, lr, beta1=0.9, beta2=0.99, weight_decay=0.0):
        self.point, self.m = points[0], np.zeros(len(points[0]))
        self.settings = lr, beta1, beta2, weight_decay

    def zero_grad(self):
        self.point.grad = None

    def step(self):
        lr, beta1, beta2, weight_decay = self.settings
        gradient, x = self.point.grad.numpy(), self.point.detach().numpy()
        direction = np.sign(beta1 * self.m + (1 - beta1) * gradient)
        x -= lr * (direction + weight_decay * x)
        self.m = beta2 * self.m + (1 - beta2) * gradient


# Name of the case; our optimizer and settings; the class and its settings; learning rate on each problem.
DECAY, TORCH_DECAY = {"weightDecay": 0.05}, {"weight_decay": 0.05}
T = torch.optim
OPTIMIZERS = [
    ("rmsprop-centred", "rmsprop", {"centred": True}, T.RMSprop, {"centered": True}, (0.01, 0.02)),
    (
        "rmsprop-all",
        "rmsprop",
        {"centred": True, "momentum": 0.5, **DECAY},
        T.RMSprop,
        {"centered": True, "momentum": 0.5, **TORCH_DECAY},
        (0.002, 0.01),
    ),
    ("amsgrad", "adam", {"amsgrad": True}, T.Adam, {"amsgrad": True}, (0.05, 0.05)),
    ("adam-weight-decay", "adam", DECAY, T.Adam, TORCH_DECAY, (0.05, 0.05)),
    ("adamw-amsgrad", "adamw", {"amsgrad": True, **DECAY}, T.AdamW, {"amsgrad": True, **TORCH_DECAY}, (0.05, 0.05)),
    ("adagrad", "adagrad", {}, T.Adagrad, {}, (0.3, 0.5)),
    ("adagrad-all", "adagrad", {"rateDecay": 0.1, **DECAY}, T.Adagrad, {"lr_decay": 0.1, **TORCH_DECAY}, (0.3, 0.5)),
    ("adadelta", "adadelta", {}, T.Adadelta, {}, (1.0, 1.0)),
    ("adadelta-all", "adadelta", {"decay": 0.8, "epsilon": 1e-4, **DECAY}, T.Adadelta, {"rho": 0.8, "eps": 1e-4, **TORCH_DECAY}, (0.5, 0.5)),
    ("nadam", "nadam", {}, T.NAdam, {"foreach": True}, (0.05, 0.02)),
    ("nadam-all", "nadam", {"momentumDecay": 0.1, **DECAY}, T.NAdam, {"momentum_decay": 0.1, "foreach": True, **TORCH_DECAY}, (0.05, 0.02)),
    ("radam", "radam", {}, T.RAdam, {}, (5e-4, 0.05)),
    ("radam-all", "radam", {"beta2": 0.95, **DECAY}, T.RAdam, {"betas": (0.9, 0.95), **TORCH_DECAY}, (5e-4, 0.05)),
    ("adamax", "adamax", {}, T.Adamax, {}, (0.05, 0.05)),
    ("adamax-all", "adamax", {"beta2": 0.9, **DECAY}, T.Adamax, {"betas": (0.9, 0.9), **TORCH_DECAY}, (0.05, 0.05)),
    ("lion", "lion", {}, Lion, {}, (0.01, 0.02)),
    ("lion-decay", "lion", {"beta1": 0.95, "beta2": 0.98, "weightDecay": 1}, Lion, {"beta1": 0.95, "beta2": 0.98, "weight_decay": 1}, (0.01, 0.02)),
    ("rprop", "rprop", {}, T.Rprop, {}, (0.01, 0.05)),
    (
        "rprop-all",
        "rprop",
        {"shrink": 0.3, "grow": 1.5, "minimum": 1e-3, "maximum": 0.1},
        T.Rprop,
        {"etas": (0.3, 1.5), "step_sizes": (1e-3, 0.1)},
        (0.01, 0.05),
    ),
]


def descend(function, start, make):
    point = torch.tensor(start, requires_grad=True)
    optimizer = make([point])
    values, path = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        value = function(point)
        value.backward()
        optimizer.step()
        values.append(value.item())
        path.append(plain(point))
    return {"values": values, "parameters": path}


def runs():
    for name, optimizer, config, torch_class, torch_config, rates in OPTIMIZERS:
        for (problem, setting), rate in zip(PROBLEMS.items(), rates):
            make = lambda points: torch_class(points, lr=rate, **torch_config)
            run = descend(FUNCTIONS[problem], setting["start"], make)
            header = {"name": name, "optimizer": optimizer, "config": {"learningRate": rate, **config}, "problem": problem}
            yield {**header, **run}


if __name__ == "__main__":
    conventions = [
        "values[k] is f before step k (zero-based), parameters[k] the point after it; 50 steps; problems as in optimizers.json.",
        "weightDecay is added to the gradient, but for adamw and lion, where x shrinks by rate * weightDecay beside the step.",
    ]
    save("optimizers2", conventions, {"runs": list(runs())})

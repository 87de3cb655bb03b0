"""Several targets at once: ten steps of training, the losses, and the scores.

    python3 several_targets.py        then, for the layout: npx prettier --write test/goldens

Numbers: PyTorch's MSELoss, L1Loss, HuberLoss, each the mean over rows and targets. Labels: BCEWithLogitsLoss, the same mean.
Scores: scikit-learn, of all targets by multioutput="uniform_average" or average="macro", and of each by itself.
"""

import numpy as np
import torch
from sklearn import metrics as sk

from golden_files import save

ROWS, INPUTS, HIDDEN, TARGETS, STEPS = 12, 4, 6, 3, 10
RNG = np.random.default_rng(11)
X = RNG.normal(0, 1, (ROWS, INPUTS)).round(3)
NUMBERS = np.stack([X[:, 0] + X[:, 1] ** 2, 2 * X[:, 2] - 1, np.sin(X[:, 3])], 1).round(3)
LABELS = (RNG.normal(0, 1, (ROWS, TARGETS)) + X[:, :TARGETS] > 0.2).astype(float)
SHAPES = [(INPUTS, HIDDEN), (HIDDEN,), (HIDDEN, TARGETS), (TARGETS,)]
START = [RNG.normal(0, 0.6, shape).round(3) for shape in SHAPES]


def forward(parameters, x):
    w1, b1, w2, b2 = parameters
    return torch.tanh(x @ w1 + b1) @ w2 + b2


def layers(parameters):
    w1, b1, w2, b2 = [p.detach().clone() for p in parameters]
    return [{"weights": w1, "bias": b1}, {"weights": w2, "bias": b2}]


def train(loss, targets, optimizer):
    parameters = [torch.tensor(p, requires_grad=True) for p in START]
    stepper = optimizer(parameters)
    t, steps = torch.tensor(targets), []
    for _ in range(STEPS):
        stepper.zero_grad()
        value = loss(forward(parameters, torch.tensor(X)), t)
        value.backward()
        stepper.step()
        steps.append({"loss": value, "layers": layers(parameters)})
    return {"inputs": X, "targets": targets, "initial": layers([torch.tensor(p) for p in START]), "steps": steps}


def first_loss(loss, targets):
    return loss(forward([torch.tensor(p) for p in START], torch.tensor(X)), torch.tensor(targets))


def number_scores(t, y):
    return {
        "rmse": np.sqrt(sk.mean_squared_error(t, y)),
        "mae": sk.mean_absolute_error(t, y),
        "r2": sk.r2_score(t, y),
    }


def label_scores(t, p):
    y = (p > 0.5).astype(int)
    return {
        "accuracy": sk.accuracy_score(t, y),
        "balancedAccuracy": sk.balanced_accuracy_score(t, y),
        "precisionMacro": sk.precision_score(t, y, zero_division=0),
        "recallMacro": sk.recall_score(t, y, zero_division=0),
        "f1Macro": sk.f1_score(t, y, zero_division=0),
        "rocAuc": sk.roc_auc_score(t, p),
        "prAuc": sk.average_precision_score(t, p),
    }


N = 40
TRUE = RNG.normal(0, 3, (N, TARGETS)).round(2)
TRUE[:, 1] *= 100
PREDICTED = (TRUE + RNG.normal(0, 1, (N, TARGETS)) * [1, 80, 2]).round(2)
TRUE_LABELS = (RNG.random((N, TARGETS)) < [0.5, 0.2, 0.8]).astype(int)
PROBABILITIES = np.clip(0.3 * TRUE_LABELS + 0.7 * RNG.random((N, TARGETS)), 0, 1).round(2)
GUESSED = (PROBABILITIES > 0.5).astype(int)
columns = range(TARGETS)
save(
    "several_targets",
    ["weights [in, out]", "a loss is taken before its step"],
    {
        "numbers": train(torch.nn.MSELoss(), NUMBERS, lambda p: torch.optim.Adam(p, lr=0.01)),
        "labels": train(torch.nn.BCEWithLogitsLoss(), LABELS, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
        "firstLosses": {
            "numbers": {
                "mean-squared-error": first_loss(torch.nn.MSELoss(), NUMBERS),
                "mean-absolute-error": first_loss(torch.nn.L1Loss(), NUMBERS),
                "huber": first_loss(torch.nn.HuberLoss(), NUMBERS),
            },
            "labels": {"binary-cross-entropy": first_loss(torch.nn.BCEWithLogitsLoss(), LABELS)},
        },
        "scores": {
            "numbers": {
                "truth": TRUE,
                "predicted": PREDICTED,
                "all": {
                    "rmse": sk.mean_squared_error(TRUE, PREDICTED, multioutput="raw_values") ** 0.5 @ np.ones(3) / 3,
                    "mae": sk.mean_absolute_error(TRUE, PREDICTED),
                    "r2": sk.r2_score(TRUE, PREDICTED),
                },
                "each": [number_scores(TRUE[:, i], PREDICTED[:, i]) for i in columns],
            },
            "labels": {
                "truth": TRUE_LABELS,
                "predicted": PROBABILITIES,
                "all": {
                    "accuracy": 1 - sk.hamming_loss(TRUE_LABELS, GUESSED),
                    "exactMatch": sk.accuracy_score(TRUE_LABELS, GUESSED),
                    "precisionMacro": sk.precision_score(TRUE_LABELS, GUESSED, average="macro", zero_division=0),
                    "recallMacro": sk.recall_score(TRUE_LABELS, GUESSED, average="macro", zero_division=0),
                    "f1Macro": sk.f1_score(TRUE_LABELS, GUESSED, average="macro", zero_division=0),
                    "rocAuc": sk.roc_auc_score(TRUE_LABELS, PROBABILITIES, average="macro"),
                    "prAuc": sk.average_precision_score(TRUE_LABELS, PROBABILITIES, average="macro"),
                },
                "each": [label_scores(TRUE_LABELS[:, i], PROBABILITIES[:, i]) for i in columns],
            },
        },
    },
)

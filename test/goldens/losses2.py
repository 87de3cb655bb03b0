"""Golden numbers of the losses beyond the first five, of label smoothing, and of weighted rows.

    python3 losses2.py          then, for the layout: npx prettier --write test/goldens

PyTorch 1.13 has no log-cosh, quantile, focal or plain hinge loss, no smoothing of binary labels: those are the papers'
formulas in plain torch, with its autograd for the gradients. The others are PyTorch's own functions.
"""

import numpy as np
import torch
import torch.nn.functional as F

from golden_files import plain, save


def case(loss, per_row, outputs, targets, config=None, **extra):
    x = torch.tensor(plain(outputs), requires_grad=True)
    rows = per_row(x, torch.tensor(plain(targets)))
    (gradient,) = torch.autograd.grad(rows.mean(), x)
    numbers = {"perRow": rows, "mean": rows.mean(), "gradient": gradient}
    return {"loss": loss, "config": config or {}, **extra, "outputs": outputs, "targets": targets, **numbers}


def log_cosh(x, t):
    return torch.log(torch.cosh(x - t)).mean(1)


def quantile(q):
    return lambda x, t: torch.where(t > x, q * (t - x), (1 - q) * (x - t)).mean(1)


def poisson(x, t):
    return F.poisson_nll_loss(x, t, log_input=True, full=False, reduction="none").mean(1)


def smoothed_binary(s):
    return lambda x, t: F.binary_cross_entropy_with_logits(x, t * (1 - s) + s / 2, reduction="none").mean(1)


def binary_focal(gamma):
    def per_row(x, t):
        p = torch.sigmoid(x)
        true = t * p + (1 - t) * (1 - p)
        return ((1 - true) ** gamma * -torch.log(true)).mean(1)

    return per_row


def hinge(x, t):
    return torch.relu(1 - (2 * t - 1) * x).mean(1)


def classes_of(t):
    return t.argmax(1)


def smoothed_softmax(s):
    return lambda x, t: F.cross_entropy(x, classes_of(t), reduction="none", label_smoothing=s)


def softmax_focal(gamma):
    def per_row(x, t):
        p = (torch.softmax(x, 1) * t).sum(1)
        return (1 - p) ** gamma * -torch.log(p)

    return per_row


def multi_class_hinge(x, t):
    return F.multi_margin_loss(x, classes_of(t), reduction="none")


def kullback_leibler(s):
    return lambda x, t: F.kl_div(F.log_softmax(x, 1), t * (1 - s) + s / t.shape[1], reduction="none").sum(1)


def cases():
    rng = np.random.default_rng(61)
    y, t = rng.normal(0, 1.5, (6, 2)).round(3), rng.normal(0, 1.5, (6, 2)).round(3)
    yield case("log-cosh", log_cosh, y, t)
    yield case("log-cosh", lambda x, t: (torch.abs(x - t) - np.log(2)).mean(1), [[800.0], [-800.0]], [[0.0], [0.0]], note="far off")
    for q in (0.5, 0.9, 0.1):
        yield case("quantile", quantile(q), y, t, {"quantile": q})
    yield case("poisson", poisson, y, rng.poisson(2, (6, 2)).astype(float))
    z, bits = rng.normal(0, 2, (6, 1)).round(3), np.array([[0.0], [1.0], [1.0], [0.0], [1.0], [0.0]])
    yield case("binary-cross-entropy", smoothed_binary(0.1), z, bits, {"labelSmoothing": 0.1})
    for gamma in (2.0, 0.5, 0.0):
        yield case("binary-focal", binary_focal(gamma), z, bits, {"gamma": gamma})
    yield case("hinge", hinge, z, bits)
    z, one_hot = rng.normal(0, 2, (6, 4)).round(3), np.eye(4)[[0, 2, 1, 3, 3, 2]]
    for s in (0.1, 0.3):
        yield case("softmax-cross-entropy", smoothed_softmax(s), z, one_hot, {"labelSmoothing": s})
    for gamma in (2.0, 0.5, 0.0):
        yield case("softmax-focal", softmax_focal(gamma), z, one_hot, {"gamma": gamma})
    yield case("multi-class-hinge", multi_class_hinge, z, one_hot)
    for s in (0.0, 0.2):
        yield case("kullback-leibler", kullback_leibler(s), z, one_hot, {"labelSmoothing": s})


def weighted():
    """PyTorch's weighted cross-entropies: mean is sum(w l) / sum(w) for softmax."""
    rng = np.random.default_rng(62)
    z, classes = rng.normal(0, 2, (8, 3)).round(3), np.array([0, 2, 1, 1, 0, 2, 0, 0])
    class_weights = np.array([0.5, 2.0, 1.25])
    x = torch.tensor(z, requires_grad=True)
    mean = F.cross_entropy(x, torch.tensor(classes), weight=torch.tensor(class_weights))
    (gradient,) = torch.autograd.grad(mean, x)
    rows = class_weights[classes]
    numbers = {"weights": rows[:, None], "mean": mean, "gradient": gradient}
    return {"loss": "softmax-cross-entropy", "outputs": z, "targets": np.eye(3)[classes], **numbers}


if __name__ == "__main__":
    conventions = [
        "outputs and targets are [rows, units]; perRow is the loss of each row; mean is their mean; gradient is mean's.",
        "quantile: q (t - y) where t > y, else (1 - q) (y - t). poisson: exp(y) - t y. Class losses take logits.",
        "label smoothing s over n classes: (1 - s) t + s / n, with n = 2 for a binary target.",
        "hinge: max(0, 1 - (2 t - 1) z); multi-class-hinge: PyTorch's multi_margin_loss (over the number of classes).",
        "weighted: rows' weights are those of their classes; mean is PyTorch's cross_entropy with weight.",
    ]
    save("losses2", conventions, {"cases": list(cases()), "weighted": weighted()})

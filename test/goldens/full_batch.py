"""Fifty iterations of the optimizers that look at all rows: L-BFGS and Levenberg-Marquardt.

    python3 full_batch.py        then, for the layout: npx prettier --write test/goldens

L-BFGS: PyTorch 1.13's LBFGS with line_search_fn="strong_wolfe", one iteration a call. PyTorch has no Levenberg-Marquardt:
its steps are solved here another way, as the least-squares problem [J; sqrt(mu) I] d = [-r; 0] by numpy's SVD, with J from
PyTorch's autograd; and the minimum that scipy's MINPACK finds is told beside.
"""

import numpy as np
import torch
from scipy.optimize import least_squares

from golden_files import plain, save

ROWS, STEPS = 24, 50
RNG = np.random.default_rng(7)
INPUTS = RNG.normal(0, 1, (ROWS, 2)).round(3)
TARGETS = (np.sin(2 * INPUTS[:, :1]) + 0.5 * INPUTS[:, 1:] ** 2 + RNG.normal(0, 0.1, (ROWS, 1))).round(3)
# Powers of two, so that float32 holds them too.
WEIGHTS = RNG.choice([0.5, 1, 2], ROWS)
UNITS = 4
START = RNG.normal(0, 0.7, 2 * UNITS + UNITS + UNITS + 1).round(3)


def forward(flat, x):
    w1, b1, w2, b2 = torch.split(flat, [2 * UNITS, UNITS, UNITS, 1])
    return torch.tanh(x @ w1.reshape(2, UNITS) + b1) @ w2.reshape(UNITS, 1) + b2


X, T, W = (torch.tensor(plain(values)) for values in (INPUTS, TARGETS, WEIGHTS.reshape(-1, 1)))
IS_WEIGHT = torch.tensor([1.0] * 2 * UNITS + [0.0] * UNITS + [1.0] * UNITS + [0.0])


def data_loss(flat, weights):
    return (weights * (forward(flat, X) - T) ** 2).sum() / weights.sum()


def lbfgs(name, config, rate=1, history=10, l2=0.0, weighted=False):
    flat = torch.tensor(plain(START), requires_grad=True)
    weights = W if weighted else torch.ones_like(W)
    optimizer = torch.optim.LBFGS(
        [flat], lr=rate, max_iter=1, max_eval=1000, history_size=history, line_search_fn="strong_wolfe"
    )

    def closure():
        optimizer.zero_grad()
        loss = data_loss(flat, weights) + l2 * (IS_WEIGHT * flat**2).sum()
        loss.backward()
        return loss

    losses, path = [], []
    for _ in range(STEPS):
        losses.append(data_loss(flat, weights).item())
        optimizer.step(closure)
        path.append(plain(flat))
    settings = {"regularization": {"l2": l2}} if l2 else {}
    optimizer = {"type": "l-bfgs", **config}
    return {"name": name, "optimizer": optimizer, "settings": settings, "weighted": weighted, "losses": losses, "parameters": path}


def marquardt(name, config, l2=0.0, weighted=False, damping=0.001, increase=10, decrease=0.1):
    flat = np.array(START)
    roots = np.sqrt(WEIGHTS if weighted else np.ones(ROWS))
    total = float((roots**2).sum())
    scale = np.sqrt(total * l2) * IS_WEIGHT.numpy()

    def residuals(values):
        miss = (forward(torch.tensor(values), X) - T).numpy()[:, 0]
        return np.concatenate([roots * miss, scale * values])

    def jacobian(values):
        own = torch.autograd.functional.jacobian(lambda p: forward(p, X)[:, 0], torch.tensor(values)).numpy()
        return np.concatenate([roots[:, None] * own, np.diag(scale)])

    losses, path = [], []
    for _ in range(STEPS):
        r, j = residuals(flat), jacobian(flat)
        losses.append(float((r[:ROWS] ** 2).sum() / total))
        while True:
            lifted = np.concatenate([j, np.sqrt(damping) * np.eye(len(flat))])
            step = np.linalg.lstsq(lifted, np.concatenate([-r, np.zeros(len(flat))]), rcond=None)[0]
            if (residuals(flat + step) ** 2).sum() < (r**2).sum():
                flat, damping = flat + step, damping * decrease
                break
            damping *= increase
            assert damping <= 1e10
        path.append(plain(flat))
    best = least_squares(residuals, flat, jac=jacobian, method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15).x
    settings = {"regularization": {"l2": l2}} if l2 else {}
    optimizer = {"type": "levenberg-marquardt", **config}
    found = {"minimum": float((residuals(best) ** 2).sum() / total), "reached": float((residuals(flat) ** 2).sum() / total)}
    return {"name": name, "optimizer": optimizer, "settings": settings, "weighted": weighted, "losses": losses, "parameters": path, **found}


def runs():
    yield lbfgs("l-bfgs", {})
    yield lbfgs("l-bfgs with a history of 3", {"history": 3}, history=3)
    yield lbfgs("l-bfgs at half the rate", {"learningRate": 0.5}, rate=0.5)
    yield lbfgs("l-bfgs with l2", {}, l2=0.01)
    yield lbfgs("l-bfgs with weighted rows", {}, weighted=True)
    yield marquardt("levenberg-marquardt", {})
    yield marquardt("levenberg-marquardt with heavy damping", {"damping": 10, "decrease": 0.5}, damping=10, decrease=0.5)
    yield marquardt("levenberg-marquardt with l2", {}, l2=0.01)
    yield marquardt("levenberg-marquardt with weighted rows", {}, weighted=True)


if __name__ == "__main__":
    conventions = [
        "2 -> dense 4 -> tanh -> dense 1, mean squared error (weighted: sum w r^2 / sum w); all rows in each iteration.",
        "start and parameters are flat: weights [in, out] row-major, bias, weights, bias. losses[k] is before iteration k.",
        "l2 adds l2 sum w^2 over the weights without biases; the losses are without it.",
        "minimum: the whole loss where MINPACK ends that begins at the last parameters; reached: the whole loss there.",
    ]
    data = {"inputs": INPUTS, "targets": TARGETS, "weights": WEIGHTS, "start": START}
    save("full_batch", conventions, {**data, "runs": list(runs())})

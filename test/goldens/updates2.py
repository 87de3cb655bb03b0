"""Ten updates of a small network with what surrounds an optimizer: penalties, clipping, max-norm, averaging, weights.

    python3 updates2.py          then, for the layout: npx prettier --write test/goldens

PyTorch 1.13: clip_grad_value_, clip_grad_norm_, renorm, AveragedModel, cross_entropy with weight. All rows in one batch.
"""

import numpy as np
import torch
import torch.nn.functional as F
from torch.nn.utils import clip_grad_norm_, clip_grad_value_
from torch.optim.swa_utils import AveragedModel

from golden_files import plain, save

ROWS, STEPS, RATE = 10, 10, 0.2
RNG = np.random.default_rng(81)
INPUTS = RNG.normal(0, 1, (ROWS, 3)).round(3)
CLASSES = np.array([0, 1, 2, 1, 0, 0, 2, 1, 0, 0])
START = [RNG.normal(0, 0.8, shape).round(3) for shape in ((3, 5), (5,), (5, 3), (3,))]


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.p = torch.nn.ParameterList([torch.nn.Parameter(torch.tensor(plain(values))) for values in START])

    def forward(self, x):
        return torch.tanh(x @ self.p[0] + self.p[1]) @ self.p[2] + self.p[3]


def layers(network):
    return [list(network.p)[:2], list(network.p)[2:]]


def penalized(l1, l2):
    def change(network):
        for w in (network.p[0], network.p[2]):
            (gradient,) = torch.autograd.grad(l1 * w.abs().sum() + l2 * (w**2).sum(), w)
            w.grad += gradient

    return change


def clip_layers(limit):
    return lambda network: [clip_grad_norm_(layer, limit) for layer in layers(network)]


def both(first, second):
    return lambda network: (first(network), second(network))


def limit_units(limit):
    def change(network):
        with torch.no_grad():
            for w in (network.p[0], network.p[2]):
                # renorm adds 1e-7 to a norm that it divides by; without that the columns are exactly as long as allowed.
                limited = w * (limit / w.norm(dim=0).clamp(min=limit))
                assert torch.allclose(limited, torch.renorm(w, 2, 1, limit), rtol=2e-7, atol=0)
                w.copy_(limited)

    return change


def nothing(network):
    pass


def run(name, settings, gradients=nothing, weights=nothing, decay=None, class_weights=None):
    network = Network()
    optimizer = torch.optim.SGD(network.parameters(), lr=RATE, momentum=0.9)
    average = decay and AveragedModel(network, avg_fn=lambda old, new, _: decay * old + (1 - decay) * new)
    told = class_weights and torch.tensor(class_weights)
    x, t = torch.tensor(plain(INPUTS)), torch.tensor(plain(CLASSES))
    flat = lambda net: torch.cat([p.reshape(-1) for p in net.parameters()])
    losses, path, averages = [], [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = F.cross_entropy(network(x), t, weight=told)
        loss.backward()
        gradients(network)
        optimizer.step()
        weights(network)
        losses.append(loss.item())
        path.append(plain(flat(network)))
        if average:
            average.update_parameters(network)
            averages.append(plain(flat(average.module)))
    return {"name": name, "settings": settings, "losses": losses, "parameters": path, **({"averages": averages} if average else {})}


def runs():
    value = lambda network: clip_grad_value_(network.parameters(), 0.05)
    norm = lambda network: clip_grad_norm_(network.parameters(), 0.1)
    yield run("nothing", {})
    yield run("l1 and l2", {"regularization": {"l1": 0.01, "l2": 0.02}}, penalized(0.01, 0.02))
    yield run("l2 alone", {"regularization": {"l2": 0.05}}, penalized(0, 0.05))
    yield run("clip by value", {"clip": {"by": "value", "limit": 0.05}}, value)
    yield run("clip by norm", {"clip": {"by": "norm", "limit": 0.1}}, norm)
    yield run("clip by a norm that is never reached", {"clip": {"by": "norm", "limit": 100}})
    yield run("clip by layer", {"clip": {"by": "layer", "limit": 0.07}}, clip_layers(0.07))
    yield run("max-norm", {"regularization": {"maxNorm": 1.2}}, weights=limit_units(1.2))
    everything = {"regularization": {"l1": 0.01, "l2": 0, "maxNorm": 1.2}, "clip": {"by": "norm", "limit": 0.1}}
    yield run("penalty before clipping", everything, both(penalized(0.01, 0), norm), limit_units(1.2))
    yield run("averaging", {"training": {"averaging": {"decay": 0.8}}}, decay=0.8)
    told = {"training": {"classWeights": {"a": 0.5, "c": 3}}}
    yield run("class weights", told, class_weights=[0.5, 1.0, 3.0])
    counts = np.bincount(CLASSES)
    balanced = [float(np.float32(ROWS / (3 * int(n)))) for n in counts]
    yield run("balanced", {"training": {"classWeights": "balanced"}}, class_weights=balanced)


if __name__ == "__main__":
    conventions = [
        "3 -> dense 5 -> tanh -> dense 3 -> softmax cross-entropy (classes a, b, c); SGD, rate 0.2, momentum 0.9.",
        "start and parameters are flat: weights [in, out] row-major, bias, weights, bias. losses[k] is before update k.",
        "l1 and l2 penalties are l1 sum|w| + l2 sum w^2 over the weights without biases; the loss is without them.",
        "balanced: n / (3 n_k) as float32, the precision of all data. max-norm limits each column of the weights. Averages begin with the first update's weights.",
    ]
    start = np.concatenate([values.reshape(-1) for values in START])
    data = {"inputs": INPUTS, "classes": CLASSES, "start": start, "learningRate": RATE}
    save("updates2", conventions, {**data, "runs": list(runs())})

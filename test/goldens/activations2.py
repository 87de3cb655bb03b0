"""Goldens of the activations that make_goldens.py does not have.

    python3 activations2.py          then, for the layout: npx prettier --write test/goldens
"""

import torch
import torch.nn.functional as F

from layer_cases import case, draw, flat, save

CURVES = {
    "relu6": F.relu6,
    "selu": F.selu,
    "celu": F.celu,
    "mish": F.mish,
    "hard-swish": F.hardswish,
    "softsign": F.softsign,
    "hard-tanh": F.hardtanh,
    "hard-sigmoid": F.hardsigmoid,
    "sine": torch.sin,
    "gaussian": lambda x: torch.exp(-(x**2)),
}


def curves():
    inputs = [round(-6 + 0.3 * i, 1) for i in range(41)] + [-30.0, 30.0, -1.0, 1.0]
    table = {}
    for name, activate in CURVES.items():
        x = torch.tensor(inputs, requires_grad=True)
        y = activate(x)
        (slope,) = torch.autograd.grad(y.sum(), x)
        table[name] = {"value": flat(y), "derivative": flat(slope)}
    return {"inputs": inputs, "activations": table}


def cases():
    torch.manual_seed(1)
    shared = lambda x, p: F.prelu(x, p["slope"])
    yield case("prelu shared", {"type": "prelu"}, draw(4, 3), {"slope": torch.tensor([0.25])}, shared)
    each = {"type": "prelu", "slopes": "per-unit"}
    yield case("prelu per unit", each, draw(4, 3), {"slope": draw(3)}, shared)
    places = lambda x, p: F.prelu(x.flatten(0, 1), p["slope"]).view(x.shape)
    yield case("prelu per channel", each, draw(2, 5, 3), {"slope": draw(3)}, places)
    for name, f in (("softmax", F.softmax), ("log-softmax", F.log_softmax)):
        for shape in ((3, 4), (2, 3, 5), (2, 1)):
            yield case(f"{name} {list(shape)}", {"type": name}, draw(*shape), {}, lambda x, p: f(x, -1))
    for settings, f in (
        ({"type": "celu", "alpha": 2}, lambda x, p: F.celu(x, 2.0)),
        ({"type": "hard-tanh", "minimum": -0.5, "maximum": 2}, lambda x, p: F.hardtanh(x, -0.5, 2.0)),
        ({"type": "sine", "frequency": 3}, lambda x, p: torch.sin(3 * x)),
    ):
        yield case(f"{settings['type']} with settings", settings, draw(3, 4), {}, f)


conventions = [
    "Derivatives at kinks are PyTorch's: 0 at both ends of relu6, hard-tanh and hard-sigmoid; hard-swish -0.5 and 1.",
    "gaussian is exp(-x^2) and sine sin(x), composed, as PyTorch has no such layers.",
]
save("activations2.py", "activations2", conventions, {**curves(), "cases": list(cases())})

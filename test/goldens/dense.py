"""Goldens of the dense layer and of the output layer on a number.

    python3 dense.py          then, for the layout: npx prettier --write test/goldens
"""

import torch
import torch.nn.functional as F

from layer_cases import case, draw, save


def linear(kind, shape, units, bias=True):
    entry = {"type": kind, **({"units": units, "bias": bias} if kind == "dense" else {})}
    parameters = {"weights": draw(shape[-1], units), **({"bias": draw(units)} if bias else {})}
    name = f"{kind} {shape[1:]}{'' if bias else ' without bias'}"
    return case(name, entry, draw(*shape), parameters, lambda x, p: F.linear(x, p["weights"].T, p.get("bias")))


torch.manual_seed(7)
cases = [
    linear("dense", (4, 3), 5),
    linear("dense", (2, 4, 3), 2, bias=False),
    linear("dense", (2, 2, 3, 6), 1),
    linear("output", (5, 3), 1),
    linear("output", (2, 8), 1),
    linear("output", (1, 1), 1),
]
save("dense.py", "dense", ["Weights are PyTorch's transposed: [in, units]."], {"cases": cases})

"""What the scripts of layer goldens share: a case is a layer's entry, its input and parameters, and what PyTorch makes of them.

A case holds `entry`, `shape` (of one row), `input`, `parameters` by name, `cotangent` (the loss is the sum of cotangent times
output), `output`, and `gradients` of `input` and of each parameter; numbers are row-major in our layout, channels last.
"""

import json
import math
from pathlib import Path

import torch

HERE = Path(__file__).parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def flat(tensor):
    values = tensor.detach().reshape(-1).tolist()
    assert all(math.isfinite(value) for value in values)
    return [value + 0.0 for value in values]


def draw(*shape, scale=1.0):
    """Numbers with few digits, so that the files stay small."""
    return (torch.randn(*shape) * scale * 1000).round() / 1000


def case(name, entry, x, parameters, forward):
    """`forward(x, parameters)` is differentiated by PyTorch."""
    x = x.clone().requires_grad_()
    leaves = {key: value.clone().requires_grad_() for key, value in parameters.items()}
    y = forward(x, leaves)
    cotangent = draw(*y.shape)
    wanted = [x, *leaves.values()]
    found = torch.autograd.grad((y * cotangent).sum(), wanted, allow_unused=True)
    found = [torch.zeros_like(leaf) if grad is None else grad for leaf, grad in zip(wanted, found)]
    return {
        "name": name,
        "entry": entry,
        "shape": list(x.shape[1:]),
        "rows": x.shape[0],
        "input": flat(x),
        "parameters": {key: flat(value) for key, value in leaves.items()},
        "cotangent": flat(cotangent),
        "output": flat(y),
        "gradients": {
            "input": flat(found[0]),
            **{key: flat(grad) for key, grad in zip(leaves, found[1:])},
        },
    }


def save(script, name, conventions, content):
    made_by = {"script": f"test/goldens/{script}", "torch": torch.__version__}
    text = json.dumps({"madeBy": made_by, "conventions": conventions, **content}, indent=None)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}.json")

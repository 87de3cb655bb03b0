"""Goldens of max-norm: PyTorch's own weights of each layer that has some, and what renorm makes of them.

    python3 max_norm.py          then, for the layout: npx prettier --write test/goldens

renorm works on PyTorch's layout, along the axis that PyTorch has the units on; only then are the weights turned into ours.
"""

import torch

from layer_cases import draw, flat, save

LIMIT = 1.2


def limited(weights, axis):
    """What renorm gives, without the 1e-7 that it adds to a norm that it divides by."""
    others = [other for other in range(weights.dim()) if other != axis]
    found = weights * (LIMIT / (weights**2).sum(others, keepdim=True).sqrt().clamp(min=LIMIT))
    assert torch.allclose(found, torch.renorm(weights, 2, axis, LIMIT), rtol=2e-7, atol=0)
    assert not torch.equal(found, weights)
    return found


def weights(name, theirs, axis, order):
    """`order` turns PyTorch's axes into ours."""
    theirs = draw(*theirs.shape, scale=0.7)
    return name, flat(theirs.permute(order)), flat(limited(theirs, axis).permute(order))


def case(entry, shape, *arrays):
    before = {name: values for name, values, _ in arrays}
    after = {name: values for name, _, values in arrays}
    return {"entry": entry, "shape": shape, "limit": LIMIT, "before": before, "after": after}


def plain(name, module):
    return weights(name, module.weight, 0, (1, 0))


def conv1d():
    layer = torch.nn.Conv1d(4, 6, 3, groups=2)
    entry = {"type": "conv1d", "filters": 6, "kernel": 3, "groups": 2}
    return case(entry, [5, 4], weights("weights", layer.weight, 0, (2, 1, 0)))


def conv2d():
    layer = torch.nn.Conv2d(3, 5, (2, 3))
    entry = {"type": "conv2d", "filters": 5, "kernel": [2, 3]}
    return case(entry, [4, 4, 3], weights("weights", layer.weight, 0, (2, 3, 1, 0)))


def conv2d_transpose():
    layer = torch.nn.ConvTranspose2d(3, 5, (2, 3))
    entry = {"type": "conv2d-transpose", "filters": 5, "kernel": [2, 3]}
    return case(entry, [4, 4, 3], weights("weights", layer.weight, 1, (2, 3, 1, 0)))


def embedding():
    layer = torch.nn.Embedding(7, 4)
    entry = {"type": "embedding", "vocabulary": 7, "dimensions": 4}
    return case(entry, [3], weights("table", layer.weight, 0, (0, 1)))


def recurrent(kind, module):
    layer = module(3, 4)
    arrays = [("inputWeights", layer.weight_ih_l0), ("recurrentWeights", layer.weight_hh_l0)]
    found = [weights(name, theirs, 0, (1, 0)) for name, theirs in arrays]
    return case({"type": kind, "units": 4}, [5, 3], *found)


def attention():
    layer = torch.nn.MultiheadAttention(6, 2)
    parts = layer.in_proj_weight.chunk(3)
    arrays = [weights(f"{name}Weights", part, 0, (1, 0)) for name, part in zip(("query", "key", "value"), parts)]
    return case({"type": "self-attention", "heads": 2}, [4, 6], *arrays, plain("outputWeights", layer.out_proj))


def cases():
    torch.manual_seed(6)
    yield case({"type": "dense", "units": 4}, [5], plain("weights", torch.nn.Linear(5, 4)))
    yield case({"type": "output"}, [9], plain("weights", torch.nn.Linear(9, 1)))
    yield conv1d()
    yield conv2d()
    yield conv2d_transpose()
    yield embedding()
    yield recurrent("simple-rnn", torch.nn.RNN)
    yield recurrent("gru", torch.nn.GRU)
    yield recurrent("lstm", torch.nn.LSTM)
    yield attention()
    block = {"type": "residual", "layers": [{"type": "dense", "units": 4}]}
    shortcut, inner = torch.nn.Linear(5, 4, bias=False), torch.nn.Linear(5, 4)
    yield case(block, [5], plain("projection", shortcut), plain("1.dense.weights", inner))


conventions = ["Weights are in our layout; arrays that are not named are left as they are."]
save("max_norm.py", "max-norm", conventions, {"cases": list(cases())})

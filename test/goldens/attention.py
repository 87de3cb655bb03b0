"""Goldens of embedding, positional encoding and self-attention.

    python3 attention.py          then, for the layout: npx prettier --write test/goldens
"""

import torch
import torch.nn.functional as F

from layer_cases import case, draw, save

PARTS = ("query", "key", "value", "output")


def attention(rows, steps, features, heads, causal):
    parameters = {}
    for part in PARTS:
        parameters[f"{part}Weights"] = draw(features, features, scale=0.5)
        parameters[f"{part}Bias"] = draw(features, scale=0.5)
    network = torch.nn.MultiheadAttention(features, heads, batch_first=True)
    mask = torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1) if causal else None

    def forward(x, p):
        theirs = {
            "in_proj_weight": torch.cat([p[f"{part}Weights"].T for part in PARTS[:3]]),
            "in_proj_bias": torch.cat([p[f"{part}Bias"] for part in PARTS[:3]]),
            "out_proj.weight": p["outputWeights"].T,
            "out_proj.bias": p["outputBias"],
        }
        call = torch.nn.utils.stateless.functional_call
        return call(network, theirs, (x, x, x), {"attn_mask": mask, "need_weights": False})[0]

    name = f"self-attention [{steps}, {features}], {heads} heads{', causal' if causal else ''}"
    entry = {"type": "self-attention", "heads": heads, "causal": causal}
    return case(name, entry, draw(rows, steps, features), parameters, forward)


def positional(rows, steps, features):
    place = torch.arange(steps, dtype=torch.float64).unsqueeze(1)
    even = torch.arange(0, features, 2, dtype=torch.float64)
    angle = place / 10000 ** (even / features)
    waves = torch.stack([angle.sin(), angle.cos()], -1).flatten(1)[:, :features]
    name = f"positional-encoding [{steps}, {features}]"
    return case(name, {"type": "positional-encoding"}, draw(rows, steps, features), {}, lambda x, p: x + waves)


def embedding(ids, vocabulary, dimensions):
    entry = {"type": "embedding", "vocabulary": vocabulary, "dimensions": dimensions}
    x = torch.tensor(ids, dtype=torch.float64)
    look_up = lambda x, p: F.embedding(x.detach().long(), p["table"])
    name = f"embedding of {vocabulary}, shape {list(x.shape)}"
    return case(name, entry, x, {"table": draw(vocabulary, dimensions)}, look_up)


def embedding_among(rows, width, column, vocabulary, dimensions):
    """One input is an id, the others are numbers that pass on before what is looked up."""
    entry = {"type": "embedding", "vocabulary": vocabulary, "dimensions": dimensions, "column": column}
    x = draw(rows, width)
    x[:, column - 1] = torch.arange(rows) % vocabulary

    def apply(x, p):
        others = torch.cat([x[:, : column - 1], x[:, column:]], 1)
        return torch.cat([others, F.embedding(x[:, column - 1].detach().long(), p["table"])], 1)

    return case(f"embedding of input {column} of {width}", entry, x, {"table": draw(vocabulary, dimensions)}, apply)


def cases():
    torch.manual_seed(4)
    yield attention(2, 4, 3, 1, False)
    yield attention(2, 5, 4, 2, False)
    yield attention(3, 4, 6, 3, True)
    yield attention(2, 1, 2, 1, True)
    yield positional(2, 4, 3)
    yield positional(1, 100, 8)
    yield positional(2, 7, 1)
    yield embedding([[0, 2, 1], [2, 2, 3]], 4, 2)
    yield embedding([[5], [0], [6], [5]], 7, 3)
    yield embedding([[1, 0, 1, 1]], 2, 1)
    yield embedding_among(5, 4, 2, 3, 2)
    yield embedding_among(3, 3, 1, 2, 4)
    yield embedding_among(4, 2, 2, 5, 1)
    yield embedding_among(2, 1, 1, 2, 3)


conventions = [
    "Attention's four weight matrices are PyTorch's transposed, those of in_proj apart.",
    "PyTorch has no positional encoding: the paper's formula is composed.",
]
save("attention.py", "attention", conventions, {"cases": list(cases())})

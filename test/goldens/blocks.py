"""Goldens of residual and parallel blocks, nested ones included.

    python3 blocks.py          then, for the layout: npx prettier --write test/goldens
"""

import torch
import torch.nn.functional as F

from layer_cases import case, draw, save


def dense(name, inputs, units):
    return {f"{name}.dense.weights": draw(inputs, units, scale=0.7), f"{name}.dense.bias": draw(units)}


def through(x, p, name):
    return x @ p[f"{name}.dense.weights"] + p[f"{name}.dense.bias"]


def units(n):
    return {"type": "dense", "units": n}


def residuals():
    same = {"type": "residual", "layers": [units(3), {"type": "tanh"}]}
    forward = lambda x, p: torch.tanh(through(x, p, "1")) + x
    yield case("residual", same, draw(4, 3), dense("1", 3, 3), forward)

    wider = {"type": "residual", "layers": [units(5), {"type": "gelu"}, units(4)]}
    parameters = {"projection": draw(3, 4), **dense("1", 3, 5), **dense("3", 5, 4)}
    forward = lambda x, p: through(F.gelu(through(x, p, "1")), p, "3") + x @ p["projection"]
    yield case("residual with projection", wider, draw(2, 4, 3), parameters, forward)

    inner = {"type": "residual", "layers": [units(3), {"type": "silu"}]}
    nested = {"type": "residual", "layers": [{"type": "layer-norm"}, inner, units(3)]}
    parameters = {
        "1.layer-norm.scale": draw(3),
        "1.layer-norm.shift": draw(3),
        **{f"2.residual.{key}": value for key, value in dense("1", 3, 3).items()},
        **dense("3", 3, 3),
    }

    def forward(x, p):
        normal = F.layer_norm(x, (3,), p["1.layer-norm.scale"], p["1.layer-norm.shift"])
        return through(F.silu(through(normal, p, "2.residual.1")) + normal, p, "3") + x

    yield case("residual in residual", nested, draw(3, 3), parameters, forward)


def strided():
    """Blocks that make an image or a sequence smaller: PyTorch's own strided 1 x 1 convolution is the shortcut."""
    convolution = {"type": "conv2d", "filters": 5, "stride": [2, 3], "padding": "same"}
    parameters = {"projection": draw(3, 5), "1.conv2d.weights": draw(3, 3, 3, 5), "1.conv2d.bias": draw(5)}

    def forward(x, p):
        image = x.permute(0, 3, 1, 2)
        # 5 rows by 2 want one row of zeros on either side; 7 columns by 3 one column on either side.
        inside = F.pad(image, (1, 1, 1, 1))
        inner = F.conv2d(inside, p["1.conv2d.weights"].permute(3, 2, 0, 1), p["1.conv2d.bias"], (2, 3))
        shortcut = F.conv2d(image, p["projection"].T[:, :, None, None], stride=(2, 3))
        return (inner + shortcut).permute(0, 2, 3, 1)

    entry = {"type": "residual", "layers": [convolution]}
    yield case("residual around a strided convolution", entry, draw(2, 5, 7, 3), parameters, forward)

    pooled = {"type": "residual", "layers": [{"type": "max-pool1d", "size": 2}, {"type": "tanh"}]}

    def forward(x, p):
        sequence = x.permute(0, 2, 1)
        inner = torch.tanh(F.max_pool1d(sequence, 2))
        return (inner + F.conv1d(sequence, p["projection"].T[:, :, None], stride=2)).permute(0, 2, 1)

    yield case("residual around pooling", pooled, draw(3, 6, 2), {"projection": draw(2, 2)}, forward)


def parallels():
    for join in ("concat", "add", "average"):
        layers = [[units(4), {"type": "tanh"}], [units(4)], [{"type": "sigmoid"}, units(4)]]
        entry = {"type": "parallel", "branches": layers, "join": join}
        parameters = {**dense("1.1", 3, 4), **dense("2.1", 3, 4), **dense("3.2", 3, 4)}

        def forward(x, p):
            parts = [torch.tanh(through(x, p, "1.1")), through(x, p, "2.1"), through(torch.sigmoid(x), p, "3.2")]
            if join == "concat":
                return torch.cat(parts, -1)
            return sum(parts) if join == "add" else sum(parts) / 3

        yield case(f"parallel, {join}", entry, draw(3, 3) if join == "add" else draw(2, 2, 3), parameters, forward)
    uneven = {"type": "parallel", "branches": [[units(2)], [{"type": "residual", "layers": [units(3)]}]]}
    inner = {f"2.1.residual.{key}": value for key, value in dense("1", 3, 3).items()}
    forward = lambda x, p: torch.cat([through(x, p, "1.1"), through(x, p, "2.1.residual.1") + x], 1)
    yield case("residual in parallel", uneven, draw(3, 3), {**dense("1.1", 3, 2), **inner}, forward)


torch.manual_seed(5)
conventions = ["Parameters are named as ours are, without the block's own name; a branch's number comes first."]
save("blocks.py", "blocks", conventions, {"cases": [*residuals(), *parallels(), *strided()]})

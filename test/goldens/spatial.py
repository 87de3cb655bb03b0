"""Writes spatial.json, the golden numbers of the layers for sequences and images: float64, from PyTorch.

    python3 spatial.py

Needs PyTorch 1.13. Inputs, parameters and the weights of the loss are not stored: number i of each is
((a i i + i + b) mod m - m // 2) / d with the a, b, m and d below, exact in binary, so that a test can make them again, and with
equal numbers among them, so that ties in max pooling count. Layouts are those of the lab (channels last, kernels
[height, width, in, out]); this script turns them round for PyTorch, which has channels first. Padding "same" is that of
TensorFlow, which PyTorch has for a stride of 1 only; for other strides the zeros are put around here.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

FILLS = {"x": (37, 11, 7, 4), "weights": (53, 29, 97, 64), "bias": (31, 7, 41, 16), "loss": (43, 5, 61, 32)}


def fill(name, shape):
    a, b, m, d = FILLS[name]
    values = [((a * i * i + i + b) % m - m // 2) / d for i in range(math.prod(shape))]
    return torch.tensor(values).reshape(shape)


def pair(value, rank):
    values = [value, value] if isinstance(value, int) else [value[0], value[-1]]
    return [1, values[0]] if rank == 1 else values


def same_padding(size, span, stride):
    """TensorFlow's: ceil(size / stride) windows, what is odd goes behind."""
    total = max((math.ceil(size / stride) - 1) * stride + span - size, 0)
    return total // 2, total - total // 2


def first(x, rank):
    """[n, (h,) w, c] -> [n, c, h, w]"""
    return (x if rank == 2 else x.unsqueeze(1)).permute(0, 3, 1, 2)


def last(y, rank):
    y = y.permute(0, 2, 3, 1)
    return y if rank == 2 else y.squeeze(1)


def padded(x, spans, strides, value=0.0):
    (top, bottom), (left, right) = (same_padding(x.shape[2 + i], spans[i], strides[i]) for i in range(2))
    return F.pad(x, (left, right, top, bottom), value=value)


def spans_of(kernel, dilation):
    return [(k - 1) * d + 1 for k, d in zip(kernel, dilation)]


def conv(x, p, rank, filters, kernel=3, stride=1, padding="valid", dilation=1, groups=1, bias=True):
    stride, dilation = pair(stride, rank), pair(dilation, rank)
    weights = p["weights"] if rank == 2 else p["weights"].unsqueeze(0)
    x = first(x, rank)
    if padding == "same" and stride == [1, 1]:
        pad = "same"
    else:
        x = padded(x, spans_of(pair(kernel, rank), dilation), stride) if padding == "same" else x
        pad = 0
    return last(F.conv2d(x, weights.permute(3, 2, 0, 1), p.get("bias"), stride, pad, dilation, groups), rank)


def conv_parameters(x, rank, filters, kernel=3, groups=1, bias=True, **_):
    size = [x[-1] // groups, filters]
    shapes = {"weights": pair(kernel, rank)[2 - rank :] + size}
    return {**shapes, "bias": [filters]} if bias else shapes


def transposed(x, p, filters, kernel=3, stride=1, padding="valid", dilation=1, bias=True):
    stride, dilation = pair(stride, 2), pair(dilation, 2)
    beyond = [span - s for span, s in zip(spans_of(pair(kernel, 2), dilation), stride)]
    more = [max(-b, 0) for b in beyond]
    y = F.conv_transpose2d(
        first(x, 2), p["weights"].permute(3, 2, 0, 1), p.get("bias"), stride, 0, more, dilation=dilation
    )
    if padding == "same":
        sizes = [x.shape[1 + i] * stride[i] for i in range(2)]
        starts = [max(b, 0) // 2 for b in beyond]
        y = y[:, :, starts[0] : starts[0] + sizes[0], starts[1] : starts[1] + sizes[1]]
    return last(y, 2)


def transposed_parameters(x, filters, kernel=3, bias=True, **_):
    shapes = {"weights": pair(kernel, 2) + [filters, x[-1]]}
    return {**shapes, "bias": [filters]} if bias else shapes


def pool(x, rank, kind, size=2, stride=0, padding="valid"):
    size = pair(size, rank)
    stride = [s or k for s, k in zip(pair(stride, rank), size)]
    x = first(x, rank)
    if kind == "max":
        x = padded(x, size, stride, -math.inf) if padding == "same" else x
        return last(F.max_pool2d(x, size, stride), rank)
    ones = torch.ones_like(x)
    if padding == "same":
        x, ones = padded(x, size, stride), padded(ones, size, stride)
    return last(F.avg_pool2d(x, size, stride) / F.avg_pool2d(ones, size, stride), rank)


def global_max(x):
    return F.adaptive_max_pool1d(x.flatten(1, -2).transpose(1, 2), 1).squeeze(2)


def upsampled(x, factor=2):
    rank = x.dim() - 2
    return last(F.interpolate(first(x, rank), scale_factor=pair(factor, rank), mode="nearest"), rank)



FORWARD = {
    "conv1d": lambda x, p, **c: conv(x, p, 1, **c),
    "conv2d": lambda x, p, **c: conv(x, p, 2, **c),
    "conv2d-transpose": transposed,
    "max-pool1d": lambda x, p, **c: pool(x, 1, "max", **c),
    "max-pool2d": lambda x, p, **c: pool(x, 2, "max", **c),
    "average-pool1d": lambda x, p, **c: pool(x, 1, "average", **c),
    "average-pool2d": lambda x, p, **c: pool(x, 2, "average", **c),
    "global-max-pool": lambda x, p: global_max(x),
    "global-average-pool": lambda x, p: x.flatten(1, -2).mean(1),
    "up-sampling": lambda x, p, **c: upsampled(x, **c),
    "flatten": lambda x, p: torch.flatten(x, 1),
    "reshape": lambda x, p, shape: x.reshape([x.shape[0], *shape]),
    "permute": lambda x, p, order: x.permute(0, *order),
}

PARAMETERS = {
    "conv1d": lambda x, **c: conv_parameters(x, 1, **c),
    "conv2d": lambda x, **c: conv_parameters(x, 2, **c),
    "conv2d-transpose": transposed_parameters,
}

CASES = [
    ("conv1d", [2, 7, 2], {"filters": 3, "kernel": 3}),
    ("conv1d", [2, 8, 2], {"filters": 2, "kernel": 3, "stride": 2, "padding": "same"}),
    ("conv1d", [1, 9, 4], {"filters": 4, "kernel": 2, "dilation": 3, "groups": 2, "padding": "same"}),
    ("conv1d", [2, 6, 3], {"filters": 3, "kernel": 1, "bias": False}),
    ("conv2d", [2, 5, 6, 2], {"filters": 3, "kernel": 3}),
    ("conv2d", [1, 4, 5, 2], {"filters": 2, "kernel": 3, "padding": "same"}),
    ("conv2d", [2, 6, 7, 1], {"filters": 2, "kernel": [2, 3], "stride": [2, 3], "padding": "same"}),
    ("conv2d", [1, 7, 8, 2], {"filters": 2, "kernel": [3, 2], "dilation": [2, 3]}),
    ("conv2d", [1, 5, 5, 4], {"filters": 6, "kernel": 3, "groups": 2, "stride": 2}),
    ("conv2d", [2, 4, 4, 3], {"filters": 3, "kernel": 3, "groups": 3, "padding": "same"}),
    ("conv2d", [1, 4, 4, 2], {"filters": 4, "kernel": 2, "groups": 2, "bias": False}),
    ("conv2d", [2, 3, 4, 3], {"filters": 2, "kernel": 1}),
    ("conv2d", [1, 5, 4, 3], {"filters": 2, "kernel": 1, "stride": 2}),
    ("conv2d-transpose", [2, 3, 4, 2], {"filters": 3, "kernel": 3}),
    ("conv2d-transpose", [1, 3, 3, 2], {"filters": 2, "kernel": 3, "stride": 2, "padding": "same"}),
    ("conv2d-transpose", [1, 2, 3, 2], {"filters": 2, "kernel": [2, 4], "stride": [3, 2]}),
    ("conv2d-transpose", [1, 3, 3, 2], {"filters": 1, "kernel": 2, "dilation": 2, "bias": False}),
    ("conv2d-transpose", [2, 3, 2, 3], {"filters": 2, "kernel": 1, "stride": 2, "padding": "same"}),
    ("max-pool1d", [2, 6, 2], {}),
    ("max-pool1d", [2, 7, 3], {"size": 3, "stride": 2}),
    ("max-pool1d", [2, 7, 1], {"size": 4, "stride": 3, "padding": "same"}),
    ("max-pool2d", [2, 4, 6, 2], {}),
    ("max-pool2d", [2, 5, 6, 3], {"size": 3, "stride": 1}),
    ("max-pool2d", [1, 5, 7, 2], {"size": [2, 3], "stride": [2, 1], "padding": "same"}),
    ("average-pool1d", [2, 6, 2], {}),
    ("average-pool1d", [2, 7, 3], {"size": 3, "stride": 2}),
    ("average-pool1d", [2, 7, 1], {"size": 4, "stride": 3, "padding": "same"}),
    ("average-pool2d", [2, 4, 6, 2], {}),
    ("average-pool2d", [2, 5, 6, 3], {"size": 3, "stride": 1}),
    ("average-pool2d", [1, 5, 7, 2], {"size": [2, 3], "stride": [2, 1], "padding": "same"}),
    ("global-max-pool", [2, 5, 3], {}),
    ("global-max-pool", [2, 4, 9, 2], {}),
    ("global-max-pool", [1, 2, 3, 5, 2], {}),
    ("global-average-pool", [2, 5, 3], {}),
    ("global-average-pool", [2, 4, 3, 2], {}),
    ("global-average-pool", [1, 2, 3, 2, 2], {}),
    ("up-sampling", [2, 3, 2], {"factor": 3}),
    ("up-sampling", [2, 2, 3, 2], {}),
    ("up-sampling", [1, 2, 3, 1], {"factor": [3, 2]}),
    ("flatten", [2, 3], {}),
    ("flatten", [2, 3, 2], {}),
    ("flatten", [2, 2, 3, 2], {}),
    ("reshape", [2, 12], {"shape": [2, 3, 2]}),
    ("reshape", [2, 2, 6], {"shape": [-1, 4]}),
    ("reshape", [1, 3, 2, 2], {"shape": [12]}),
    ("permute", [2, 3, 4], {"order": [2, 1]}),
    ("permute", [2, 2, 3, 4], {"order": [3, 1, 2]}),
    ("permute", [1, 2, 3, 2], {"order": [2, 3, 1]}),
]


def run(kind, shape, settings):
    shapes = PARAMETERS[kind](shape, **settings) if kind in PARAMETERS else {}
    leaves = {"x": fill("x", shape), **{name: fill(name, s) for name, s in shapes.items()}}
    for leaf in leaves.values():
        leaf.requires_grad_()
    y = FORWARD[kind](leaves["x"], {name: leaves[name] for name in shapes}, **settings)
    (y * fill("loss", y.shape)).sum().backward()
    gradients = {name: (leaf.grad.flatten() + 0.0).tolist() for name, leaf in leaves.items()}
    return {
        "type": kind,
        "settings": settings,
        "input": shape,
        "parameters": shapes,
        "output": list(y.shape),
        "value": (y.detach().flatten() + 0.0).tolist(),
        "gradients": gradients,
    }


def main():
    content = {
        "madeBy": {"script": "test/goldens/spatial.py", "torch": torch.__version__},
        "conventions": "channels last; the loss is the sum of the output times weights; see the script for the fills",
        "fills": FILLS,
    }
    cases = ",\n".join(json.dumps(run(*case)) for case in CASES)
    path = Path(__file__).parent / "spatial.json"
    path.write_text(json.dumps(content)[:-1] + ', "cases": [\n' + cases + "\n]}\n", encoding="utf-8")
    print(path.name, len(CASES))


if __name__ == "__main__":
    main()

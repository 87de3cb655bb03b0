"""Goldens of the normalizations, batch norm's running statistics after three steps included.

    python3 norms.py          then, for the layout: npx prettier --write test/goldens
"""

import torch
import torch.nn.functional as F

from layer_cases import case, draw, flat, save


def first(x):
    """Channels last to PyTorch's channels second."""
    return x.movedim(-1, 1)


def last(x):
    return x.movedim(1, -1)


def scales(*shape):
    return {"scale": draw(*shape), "shift": draw(*shape)}


def batch_norm(shape, momentum=0.1, eps=1e-5):
    channels = shape[-1]
    entry = {"type": "batch-norm"}
    if momentum != 0.1:
        entry.update(momentum=momentum, epsilon=eps)
    batches = [draw(*shape) * (i + 1) + i for i in range(3)]
    parameters = scales(channels)
    mean, variance = torch.zeros(channels), torch.ones(channels)
    forward = lambda x, p: last(F.batch_norm(first(x), None, None, p["scale"], p["shift"], True, momentum, eps))
    made = case(f"batch-norm {list(shape)}", entry, batches[0], parameters, forward)
    for batch in batches:
        F.batch_norm(first(batch), mean, variance, None, None, True, momentum, eps)
    p = parameters
    predicted = F.batch_norm(first(batches[0]), mean, variance, p["scale"], p["shift"], False, momentum, eps)
    return {
        **made,
        "batches": [flat(batch) for batch in batches],
        "statistics": {"runningMean": flat(mean), "runningVariance": flat(variance)},
        "predicted": flat(last(predicted)),
    }


def cases():
    torch.manual_seed(2)
    yield batch_norm((6, 4))
    yield batch_norm((4, 5, 3), momentum=0.3, eps=1e-3)
    yield batch_norm((3, 2, 3, 2))

    layer = lambda axes: lambda x, p: F.layer_norm(x, x.shape[-axes:], p["scale"], p["shift"])
    yield case("layer-norm [5]", {"type": "layer-norm"}, draw(3, 5), scales(5), layer(1))
    yield case("layer-norm [4, 3]", {"type": "layer-norm"}, draw(2, 4, 3), scales(3), layer(1))
    whole = {"type": "layer-norm", "over": "all-axes"}
    yield case("layer-norm over all", whole, draw(2, 2, 3, 2), scales(2, 3, 2), layer(3))
    plain = {"type": "layer-norm", "affine": False, "epsilon": 0.01}
    yield case("layer-norm plain", plain, draw(3, 4), {}, lambda x, p: F.layer_norm(x, (4,), eps=0.01))

    group = lambda n: lambda x, p: last(F.group_norm(first(x), n, p["scale"], p["shift"]))
    yield case("group-norm 1 of [4]", {"type": "group-norm"}, draw(3, 4), scales(4), group(1))
    yield case("group-norm 2 of [4]", {"type": "group-norm", "groups": 2}, draw(3, 4), scales(4), group(2))
    yield case("group-norm 3 of [5, 6]", {"type": "group-norm", "groups": 3}, draw(2, 5, 6), scales(6), group(3))
    yield case("group-norm of images", {"type": "group-norm", "groups": 2}, draw(2, 3, 2, 4), scales(4), group(2))

    instance = lambda x, p: last(F.instance_norm(first(x)))
    yield case("instance-norm [5, 2]", {"type": "instance-norm"}, draw(2, 5, 2), {}, instance)
    yield case("instance-norm image", {"type": "instance-norm"}, draw(2, 3, 2, 2), {}, instance)
    scaled = lambda x, p: last(F.instance_norm(first(x), weight=p["scale"], bias=p["shift"]))
    yield case("instance-norm affine", {"type": "instance-norm", "affine": True}, draw(2, 4, 3), scales(3), scaled)

    rms = lambda eps: lambda x, p: x / torch.sqrt((x**2).mean(-1, keepdim=True) + eps) * p["scale"]
    yield case("rms-norm [5]", {"type": "rms-norm"}, draw(3, 5), {"scale": draw(5)}, rms(1e-6))
    yield case("rms-norm [4, 3]", {"type": "rms-norm"}, draw(2, 4, 3), {"scale": draw(3)}, rms(1e-6))
    entry = {"type": "rms-norm", "epsilon": 0.1}
    yield case("rms-norm with epsilon", entry, draw(2, 4), {"scale": draw(4)}, rms(0.1))


conventions = [
    "Channels last. Running variance takes the unbiased estimate, the output the biased one.",
    "PyTorch 1.13 has no RMSNorm: the formula of the paper is composed and differentiated by PyTorch.",
]
save("norms.py", "norms", conventions, {"cases": list(cases())})

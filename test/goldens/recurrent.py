"""Goldens of the recurrent layers.

    python3 recurrent.py          then, for the layout: npx prettier --write test/goldens
"""

import torch

from layer_cases import case, draw, save

GATES = {"simple-rnn": 1, "lstm": 4, "gru": 3}
FUNCTIONS = {"simple-rnn": torch.rnn_tanh, "lstm": torch.lstm, "gru": torch.gru}


def recurrent(name, entry, rows, steps, features, units, function=None):
    gates, function = GATES[entry["type"]], function or FUNCTIONS[entry["type"]]
    both = entry.get("bidirectional", False)
    suffixes = ["", "Reverse"] if both else [""]
    shapes = {
        "inputWeights": (features, gates * units),
        "recurrentWeights": (units, gates * units),
        "inputBias": (gates * units,),
        "recurrentBias": (gates * units,),
    }
    parameters = {key + suffix: draw(*shape, scale=0.5) for suffix in suffixes for key, shape in shapes.items()}

    def forward(x, p):
        weights = [
            p[key + suffix].T if p[key + suffix].dim() == 2 else p[key + suffix] for suffix in suffixes for key in shapes
        ]
        start = torch.zeros(len(suffixes), rows, units)
        start = (start, start) if entry["type"] == "lstm" else start
        # The function under the module, since a module keeps weights of its own.
        output, *last = function(x, start, weights, True, 1, 0.0, False, both, True)
        hidden = last[0]
        return output if entry.get("output") == "all" else torch.cat(list(hidden), 1)

    return case(name, {**entry, "units": units}, draw(rows, steps, features), parameters, forward)


def cases():
    torch.manual_seed(3)
    for kind in GATES:
        yield recurrent(f"{kind} last", {"type": kind}, 3, 5, 2, 4)
        yield recurrent(f"{kind} all", {"type": kind, "output": "all"}, 2, 4, 3, 2)
        both = {"type": kind, "bidirectional": True}
        yield recurrent(f"{kind} both ways, last", both, 2, 4, 2, 3)
        yield recurrent(f"{kind} both ways, all", {**both, "output": "all"}, 2, 3, 2, 2)
        yield recurrent(f"{kind} one step", {"type": kind, "output": "all"}, 2, 1, 3, 2)
    relu = {"type": "simple-rnn", "activation": "relu"}
    yield recurrent("simple-rnn with relu", relu, 3, 4, 2, 3, torch.rnn_relu)


conventions = [
    "Weights are PyTorch's transposed: [inputs, gates * units]. Gates i, f, g, o (lstm) and r, z, n (gru).",
    "The output 'last' is the final hidden state of each direction, PyTorch's h_n: forward, then backward.",
]
save("recurrent.py", "recurrent", conventions, {"cases": list(cases())})

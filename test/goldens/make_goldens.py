"""Writes the golden numbers that our tests compare with: float64, from PyTorch and scikit-learn.

    python3 make_goldens.py          then, for the layout: npx prettier --write test/goldens

Needs PyTorch 1.13, scikit-learn 1.2 and numpy. Python writes a float64 with as many digits (at most 17) as give the same
bits back when read. Each file says how it was made and which conventions hold. Only this script needs those packages; the
tests read the JSON.
"""

import json
import math
from pathlib import Path

import numpy as np
import sklearn
import sklearn.metrics as skm
import torch
import torch.nn.functional as F

HERE = Path(__file__).parent
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def plain(value):
    """Tensors and arrays as nested lists; -0 as 0, since which of them comes out is no one's promise."""
    if isinstance(value, torch.Tensor):
        return plain(value.detach().numpy())
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        assert math.isfinite(value)
        return value + 0.0
    return value


def save(name, conventions, content):
    versions = {"torch": torch.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__}
    made_by = {"script": "test/goldens/make_goldens.py", **versions}
    text = json.dumps(plain({"madeBy": made_by, "conventions": conventions, **content}), indent=1)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}.json")


# --- activations ------------------------------------------------------------------------------------------------------

ACTIVATIONS = {
    "linear": lambda x: x * 1,
    "relu": F.relu,
    "leaky-relu": lambda x: F.leaky_relu(x, 0.01),
    "elu": lambda x: F.elu(x, 1.0),
    "gelu": F.gelu,
    "gelu-tanh": lambda x: F.gelu(x, approximate="tanh"),
    "silu": F.silu,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "softplus": lambda x: F.softplus(x, threshold=100),
}


def activations():
    inputs = [round(-6 + 0.3 * i, 1) for i in range(41)] + [-30.0, 30.0]
    table = {}
    for name, activate in ACTIVATIONS.items():
        x = torch.tensor(inputs, requires_grad=True)
        y = activate(x)
        (slope,) = torch.autograd.grad(y.sum(), x)
        table[name] = {"value": y, "derivative": slope}
    conventions = [
        "At 0 the derivative of relu is 0 and that of leaky-relu 0.01 (the left one); elu has 1.",
        "leaky-relu slope 0.01, elu alpha 1, gelu is x * Phi(x) with the exact erf, gelu-tanh its tanh approximation.",
        "softplus is log(1 + exp(x)) throughout, never replaced by x.",
    ]
    save("activations", conventions, {"inputs": inputs, "activations": table})


# --- losses -----------------------------------------------------------------------------------------------------------


def loss_case(loss, elementwise, outputs, targets, over_units="mean", **extra):
    """`elementwise` gives [rows, units]; a row's loss is the mean or the sum over its units."""
    x = torch.tensor(plain(outputs), requires_grad=True)
    t = torch.tensor(plain(targets))
    losses = elementwise(x, t)
    per_row = losses.mean(1) if over_units == "mean" else losses.sum(1)
    (gradient,) = torch.autograd.grad(per_row.mean(), x)
    numbers = {"perRow": per_row, "mean": per_row.mean(), "gradient": gradient}
    return {"loss": loss, **extra, "outputs": outputs, "targets": targets, **numbers}


def softmax_losses(x, t):
    return -t * F.log_softmax(x, 1)


def regression_loss_cases(rng):
    outputs, targets = rng.normal(0, 1.5, (6, 3)).round(3), rng.normal(0, 1.5, (6, 3)).round(3)
    targets[2, 1] = outputs[2, 1]  # One residual of exactly 0: the kink of the absolute error.
    residual = np.abs(outputs - targets)
    assert (residual < 0.5).any() and ((residual > 0.5) & (residual < 1)).any() and (residual > 1).any()
    huber = lambda delta: lambda x, t: F.huber_loss(x, t, reduction="none", delta=delta)
    yield loss_case("mean-squared-error", lambda x, t: F.mse_loss(x, t, reduction="none"), outputs, targets)
    yield loss_case("mean-absolute-error", lambda x, t: F.l1_loss(x, t, reduction="none"), outputs, targets)
    for delta in (1.0, 0.5):
        yield loss_case("huber", huber(delta), outputs, targets, config={"delta": delta})


def classification_loss_cases(rng):
    binary = lambda x, t: F.binary_cross_entropy_with_logits(x, t, reduction="none")
    outputs = rng.normal(0, 2, (6, 3)).round(3)
    bits = rng.integers(0, 2, (6, 3)).astype(float)
    classes = np.array([0, 2, 1, 1, 0, 2])
    one_hot = np.eye(3)[classes]
    yield loss_case("binary-cross-entropy", binary, outputs, bits)
    yield loss_case("binary-cross-entropy", binary, outputs[:, :1], bits[:, :1], note="one unit, as for a yes/no target")
    extreme = np.array([[40.0], [-40.0], [800.0], [-800.0]])
    yield loss_case("binary-cross-entropy", binary, extreme, np.array([[1.0], [1.0], [0.0], [0.0]]), note="stability")
    yield loss_case("softmax-cross-entropy", softmax_losses, outputs, one_hot, "sum", classes=classes)
    extreme = np.array([[1000.0, 0.0, -1000.0], [-1000.0, 0.0, 1000.0], [30.0, 30.0, 29.0]])
    yield loss_case("softmax-cross-entropy", softmax_losses, extreme, np.eye(3), "sum", classes=[0, 1, 2], note="stability")


def losses():
    rng = np.random.default_rng(11)
    conventions = [
        "outputs and targets are [rows, units]; perRow is the loss of each row; mean is their mean over the rows;",
        "gradient is that of mean with respect to outputs.",
        "A row's loss is the mean over its units, but for softmax-cross-entropy the sum over the classes.",
        "huber is r^2 / 2 for |r| <= delta, else delta * (|r| - delta / 2).",
        "Both cross-entropies take logits. The absolute error's derivative at 0 is 0.",
    ]
    save("losses", conventions, {"cases": [*regression_loss_cases(rng), *classification_loss_cases(rng)]})


# --- optimizers -------------------------------------------------------------------------------------------------------

STEPS = 50
MATRIX = [
    [2.0, -1.0, 0.5, 0.0, 1.0],
    [0.5, 1.5, -1.0, 2.0, 0.0],
    [-1.0, 0.0, 1.0, 0.5, -2.0],
    [1.0, 1.0, 1.0, 1.0, 1.0],
    [0.0, -2.0, 0.5, 1.0, 0.5],
    [1.5, 0.5, 0.0, -1.0, 2.0],
    [-0.5, 1.0, 2.0, 0.0, 1.0],
    [3.0, 0.0, -1.5, 0.5, -0.5],
]
RIGHT_SIDE = [1.0, -2.0, 0.5, 3.0, 0.0, -1.0, 2.5, -0.5]

PROBLEMS = {
    "rosenbrock": {
        "formula": "f(x, y) = (1 - x)^2 + 100 (y - x^2)^2",
        "start": [-1.2, 1.0],
    },
    "least-squares": {
        "formula": "f(x) = sum over i of ((A x)_i - b_i)^2 / (2 * rows of A)",
        "start": [0.5, -0.5, 1.0, 0.0, -1.0],
        "A": MATRIX,
        "b": RIGHT_SIDE,
    },
}
FUNCTIONS = {
    "rosenbrock": lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2,
    "least-squares": lambda p: ((torch.tensor(MATRIX) @ p - torch.tensor(RIGHT_SIDE)) ** 2).sum() / (2 * len(MATRIX)),
}

# Name of the case; our optimizer's name and settings; PyTorch's class and settings; learning rate on each problem.
ADAM = {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
OPTIMIZERS = [
    ("sgd", "sgd", {}, torch.optim.SGD, {}, (5e-4, 0.1)),
    ("sgd-momentum", "sgd", {"momentum": 0.9}, torch.optim.SGD, {"momentum": 0.9}, (2e-4, 0.03)),
    (
        "sgd-nesterov",
        "sgd",
        {"momentum": 0.9, "nesterov": True},
        torch.optim.SGD,
        {"momentum": 0.9, "nesterov": True},
        (2e-4, 0.03),
    ),
    ("sgd-weight-decay", "sgd", {"weightDecay": 0.01}, torch.optim.SGD, {"weight_decay": 0.01}, (5e-4, 0.1)),
    ("rmsprop", "rmsprop", {"decay": 0.99, "epsilon": 1e-8}, torch.optim.RMSprop, {"alpha": 0.99, "eps": 1e-8}, (0.01, 0.02)),
    ("adam", "adam", ADAM, torch.optim.Adam, {}, (0.05, 0.05)),
    ("adamw", "adamw", {**ADAM, "weightDecay": 0.01}, torch.optim.AdamW, {"weight_decay": 0.01}, (0.05, 0.05)),
]


def descend(function, start, make):
    point = torch.tensor(start, requires_grad=True)
    optimizer = make([point])
    values, path = [], []
    for _ in range(STEPS):
        optimizer.zero_grad()
        value = function(point)
        value.backward()
        optimizer.step()
        values.append(value.item())
        path.append(plain(point))
    return {"values": values, "parameters": path}


def optimizers():
    runs = []
    for name, optimizer, config, torch_class, torch_config, rates in OPTIMIZERS:
        for (problem, setting), rate in zip(PROBLEMS.items(), rates):
            make = lambda points: torch_class(points, lr=rate, **torch_config)
            run = descend(FUNCTIONS[problem], setting["start"], make)
            header = {"name": name, "optimizer": optimizer, "config": {"learningRate": rate, **config}, "problem": problem}
            runs.append({**header, **run})
    conventions = [
        "values[k] is f before step k (zero-based), parameters[k] the point after it; 50 steps.",
        "sgd momentum: v = momentum * v + g, starting from v = 0 (so v = g at first); x -= rate * v;",
        "with nesterov: x -= rate * (g + momentum * v).",
        "sgd weight decay is added to the gradient: g + weightDecay * x. adamw's is apart: x *= 1 - rate * weightDecay, first.",
        "rmsprop: s = decay * s + (1 - decay) * g^2; x -= rate * g / (sqrt(s) + epsilon).",
        "adam and adamw: x -= rate * mHat / (sqrt(vHat) + epsilon), both moments with bias correction.",
    ]
    save("optimizers", conventions, {"problems": PROBLEMS, "runs": runs})


# --- small networks ---------------------------------------------------------------------------------------------------


def grid(rng, shape, scale, step=256):
    """Random numbers that are multiples of 1/256, so that float32 holds them exactly and they are short to write."""
    return np.round(rng.normal(0, scale, shape) * step) / step


def dense_parameters(rng, widths):
    parameters = []
    for width, units in zip(widths, widths[1:]):
        parameters.append(grid(rng, (width, units), 1 / math.sqrt(width)))
        parameters.append(grid(rng, (units,), 0.1))
    return parameters


def layers_of(parameters):
    pairs = zip(parameters[::2], parameters[1::2])
    return [{"weights": plain(w), "bias": plain(b)} for w, b in pairs]


def train(parameters, forward, loss, make_optimizer, steps=10):
    """Ten full-batch steps; what each step saw (loss, gradients of the first) and what it left (parameters)."""
    leaves = [torch.tensor(p, requires_grad=True) for p in parameters]
    optimizer = make_optimizer(leaves)
    result = {"initial": layers_of(leaves), "firstGradients": None, "steps": []}
    for _ in range(steps):
        optimizer.zero_grad()
        value = loss(forward(leaves))
        value.backward()
        result["firstGradients"] = result["firstGradients"] or layers_of([leaf.grad for leaf in leaves])
        optimizer.step()
        result["steps"].append({"loss": value.item(), "layers": layers_of(leaves)})
    result["finalLoss"] = loss(forward(leaves)).item()
    return result


TRAINING_CONVENTIONS = [
    "Weights are [in, out]: y = x W + b. Start, inputs and targets are exact in float32.",
    "steps[k].loss is the loss that step k started from, steps[k].layers the parameters after it; finalLoss follows step 10.",
    "Every step sees the whole batch. firstGradients are those of the mean loss at the start.",
]


def two_layer():
    rng = np.random.default_rng(21)
    parameters = dense_parameters(rng, [4, 8, 3])
    inputs, classes = grid(rng, (16, 4), 1), rng.integers(0, 3, 16)
    x, t = torch.tensor(inputs), torch.tensor(classes)
    forward = lambda p: torch.tanh(x @ p[0] + p[1]) @ p[2] + p[3]
    run = train(parameters, forward, lambda out: F.cross_entropy(out, t), lambda p: torch.optim.Adam(p, lr=0.01))
    setting = {
        "network": "4 -> dense 8 -> tanh -> dense 3",
        "loss": "softmax-cross-entropy",
        "optimizer": {"type": "adam", "learningRate": 0.01, **ADAM},
    }
    save("two-layer", TRAINING_CONVENTIONS, {**setting, "inputs": inputs, "classes": classes, **run})


def mlp_regression():
    """ReLU has a kink, where float32 and float64 may part: a seed whose pre-activations all keep away from 0 is taken."""
    for seed in range(31, 1000):
        rng = np.random.default_rng(seed)
        parameters = dense_parameters(rng, [5, 8, 8, 1])
        inputs = grid(rng, (16, 5), 1)
        targets = np.round((np.sin(inputs[:, :1]) + 0.5 * inputs[:, 1:2] * inputs[:, 2:3]) * 256) / 256
        x, t, nearest = torch.tensor(inputs), torch.tensor(targets), [math.inf]

        def forward(p):
            first = x @ p[0] + p[1]
            second = torch.relu(first) @ p[2] + p[3]
            nearest[0] = min(nearest[0], first.abs().min().item(), second.abs().min().item())
            return torch.relu(second) @ p[4] + p[5]

        sgd = lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True)
        run = train(parameters, forward, lambda out: F.mse_loss(out, t), sgd)
        if nearest[0] > 5e-4:
            break
    setting = {
        "network": "5 -> dense 8 -> relu -> dense 8 -> relu -> dense 1",
        "loss": "mean-squared-error",
        "optimizer": {"type": "sgd", "learningRate": 0.02, "momentum": 0.9, "nesterov": True},
        "seed": seed,
        "nearestPreActivationToZero": nearest[0],
    }
    save("mlp-regression", TRAINING_CONVENTIONS, {**setting, "inputs": inputs, "targets": targets, **run})


# --- schedules --------------------------------------------------------------------------------------------------------


def schedules():
    schedule = torch.optim.lr_scheduler
    start, total = 0.1, 200
    kinds = [
        ("constant", {}, lambda o: schedule.LambdaLR(o, lambda _: 1), lambda s: start),
        ("step", {"every": 30, "factor": 0.5}, lambda o: schedule.StepLR(o, 30, 0.5), lambda s: start * 0.5 ** (s // 30)),
        ("exponential", {"factor": 0.98}, lambda o: schedule.ExponentialLR(o, 0.98), lambda s: start * 0.98**s),
        (
            "cosine",
            {"minimum": 0.0},
            lambda o: schedule.CosineAnnealingLR(o, T_max=total, eta_min=0),
            lambda s: start * (1 + math.cos(math.pi * s / total)) / 2,
        ),
    ]
    table = []
    for name, config, make, formula in kinds:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=start)
        scheduler = make(optimizer)
        rates = []
        for _ in range(total):
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            scheduler.step()
        assert np.allclose(rates, [formula(s) for s in range(total)], rtol=1e-11, atol=1e-15)
        table.append({"schedule": name, "config": config, "rates": rates})
    conventions = [
        "rates[s] is the rate that update s uses, s = 0 .. 199; a schedule's unit is one step.",
        "step: factor ^ floor(s / every); exponential: factor ^ s; cosine: minimum + (start - minimum) (1 + cos(pi s / 200)) / 2.",
    ]
    save("schedules", conventions, {"learningRate": start, "totalSteps": total, "cases": table})


# --- metrics ----------------------------------------------------------------------------------------------------------


def class_metrics(truth, predicted, labels):
    options = {"labels": labels, "average": "macro", "zero_division": 0}
    return {
        "accuracy": skm.accuracy_score(truth, predicted),
        "balancedAccuracy": skm.balanced_accuracy_score(truth, predicted),
        "precisionMacro": skm.precision_score(truth, predicted, **options),
        "recallMacro": skm.recall_score(truth, predicted, **options),
        "f1Macro": skm.f1_score(truth, predicted, **options),
    }


def class_case(name, truth, probabilities):
    classes = probabilities.shape[1]
    labels = list(range(classes))
    predicted = probabilities.argmax(1)
    scored = [1] if classes == 2 else labels
    hits = [(truth == c).astype(int) for c in scored]
    rocs = [skm.roc_auc_score(hit, probabilities[:, c]) for hit, c in zip(hits, scored)]
    areas = [skm.average_precision_score(hit, probabilities[:, c]) for hit, c in zip(hits, scored)]
    metrics = class_metrics(truth, predicted, labels)
    metrics |= {"rocAuc": float(np.mean(rocs)), "prAuc": float(np.mean(areas))}
    confusion = skm.confusion_matrix(truth, predicted, labels=labels)
    data = {"classes": classes, "truth": truth, "probabilities": probabilities, "predicted": predicted}
    return {"name": name, **data, "metrics": metrics, "confusion": confusion}


def probability_rows(rng, truth, classes, pull):
    """Multiples of 1/20 that sum to 1, so that many scores tie; drawn again where two classes share the highest."""
    rows = []
    for t in truth:
        while True:
            weights = rng.gamma(1.0, 1.0, classes) + pull * (np.arange(classes) == t)
            counts = rng.multinomial(20, weights / weights.sum())
            if (counts == counts.max()).sum() == 1:
                break
        rows.append(counts / 20)
    return np.array(rows)


def class_cases():
    rng = np.random.default_rng(41)
    truth = rng.choice(3, 60, p=[0.5, 0.3, 0.2])
    yield class_case("three classes", truth, probability_rows(rng, truth, 3, 0.8))
    truth = rng.choice(2, 60, p=[0.65, 0.35])
    yield class_case("two classes", truth, probability_rows(rng, truth, 2, 0.8))
    truth = rng.choice(3, 24)
    rows = probability_rows(rng, np.minimum(truth, 1), 3, 1.0)
    swap = rows.argmax(1) == 2
    rows[swap] = rows[swap][:, [2, 1, 0]]  # The last class never has the highest score.
    yield class_case("one class never predicted", truth, rows)


def regression_case():
    rng = np.random.default_rng(42)
    truth = rng.uniform(2, 20, 40).round(2)
    predicted = (truth + rng.normal(0, 2, 40)).round(2)
    metrics = {
        "rmse": math.sqrt(skm.mean_squared_error(truth, predicted)),
        "mae": skm.mean_absolute_error(truth, predicted),
        "mape": skm.mean_absolute_percentage_error(truth, predicted),
        "r2": skm.r2_score(truth, predicted),
    }
    return {"truth": truth, "predicted": predicted, "metrics": metrics}


def metrics():
    conventions = [
        "predicted is the class of highest probability (never a tie); scores tie between rows.",
        "rocAuc and prAuc (average precision): of class 1 where there are two classes, else the mean over one-versus-rest.",
        "Macro means are over all classes; a precision, recall or F1 with nothing to divide by counts 0.",
        "confusion[i][j]: rows of true class i that were predicted as j. mape is a share, not per cent.",
    ]
    save("metrics", conventions, {"classification": list(class_cases()), "regression": regression_case()})


# --- random numbers ---------------------------------------------------------------------------------------------------

ROTATIONS = (13, 15, 26, 6, 17, 29, 16, 24)
# From the known-answer tests of Random123: key, counter, output after 20 rounds.
KNOWN_ANSWERS = [
    (("00000000", "00000000"), ("00000000", "00000000"), ("6b200159", "99ba4efe")),
    (("ffffffff", "ffffffff"), ("ffffffff", "ffffffff"), ("1cb996fc", "bb002be7")),
    (("13198a2e", "03707344"), ("243f6a88", "85a308d3"), ("c4923a9c", "483df7a0")),
]


def threefry2x32(key, counter, rounds=20):
    """Salmon, Moraes, Dror, Shaw: Parallel random numbers, as easy as 1, 2, 3 (SC 2011), section 4.1; Skein's constants."""
    word = lambda value: int(value) & 0xFFFFFFFF
    schedule = [key[0], key[1], 0x1BD11BDA ^ key[0] ^ key[1]]
    x0, x1 = word(counter[0] + schedule[0]), word(counter[1] + schedule[1])
    for i in range(rounds):
        turn = ROTATIONS[i % 8]
        x0 = word(x0 + x1)
        x1 = word(x1 << turn | x1 >> (32 - turn)) ^ x0
        if i % 4 == 3:
            group = i // 4 + 1
            x0 = word(x0 + schedule[group % 3])
            x1 = word(x1 + schedule[(group + 1) % 3] + group)
    return x0, x1


def threefry():
    hexed = lambda words: [f"{w:08x}" for w in words]
    for key, counter, output in KNOWN_ANSWERS:
        came = threefry2x32([int(w, 16) for w in key], [int(w, 16) for w in counter])
        assert hexed(came) == list(output), (key, counter, came)
    known = [{"key": k, "counter": c, "output": o} for k, c, o in KNOWN_ANSWERS]
    draws = np.random.default_rng(51).integers(0, 2**32, (50, 4)).tolist()
    rows = [
        {"key": hexed(d[:2]), "counter": hexed(d[2:]), "output": hexed(threefry2x32(d[:2], d[2:]))} for d in draws
    ]
    conventions = [
        "Threefry-2x32, 20 rounds; words are unsigned 32-bit in hexadecimal, word 0 first.",
        "known: the published known-answer vectors, which this script's own implementation reproduces;",
        "random: 50 rows from that implementation.",
    ]
    save("threefry", conventions, {"known": known, "random": rows})


if __name__ == "__main__":
    for make in (activations, losses, optimizers, two_layer, mlp_regression, schedules, metrics, threefry):
        make()

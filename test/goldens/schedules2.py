"""Two hundred learning rates of the schedules beyond the first four, and of warm-ups before a schedule.

    python3 schedules2.py          then, for the layout: npx prettier --write test/goldens

All from PyTorch 1.13. The inverse square root it has under no name of its own: LambdaLR with the paper's formula.
"""

import math

import numpy as np
import torch
from torch.optim import lr_scheduler as schedule

from golden_files import save

START, TOTAL = 0.1, 200


def rates_of(make, losses=None):
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=START)
    scheduler = make(optimizer)
    rates = []
    for step in range(TOTAL):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if step < TOTAL - 1:
            scheduler.step(*([] if losses is None else [losses[step]]))
    return rates


def one_cycle(**settings):
    return lambda o: schedule.OneCycleLR(o, max_lr=START, total_steps=TOTAL, cycle_momentum=False, **settings)


def inverse_square_root(hold):
    return lambda o: schedule.LambdaLR(o, lambda s: math.sqrt(hold) / math.sqrt(max(s, hold)))


def warmed(length, make):
    def both(o):
        rise = schedule.LinearLR(o, start_factor=1 / (length + 1), end_factor=1, total_iters=length)
        return schedule.SequentialLR(o, [rise, make(o)], milestones=[length])

    return both


def cases():
    yield "multi-step", {}, lambda o: schedule.MultiStepLR(o, [30, 60, 80])
    yield "multi-step", {"milestones": [1, 10, 150], "factor": 0.5}, lambda o: schedule.MultiStepLR(o, [1, 10, 150], 0.5)
    yield "polynomial", {}, lambda o: schedule.PolynomialLR(o, total_iters=TOTAL)
    yield "polynomial", {"power": 2.5}, lambda o: schedule.PolynomialLR(o, total_iters=TOTAL, power=2.5)
    restarts = schedule.CosineAnnealingWarmRestarts
    yield "cosine-restarts", {}, lambda o: restarts(o, 10, 2)
    yield "cosine-restarts", {"first": 7, "growth": 1, "minimum": 0.1}, lambda o: restarts(o, 7, 1, eta_min=0.1 * START)
    yield "cosine-restarts", {"first": 3, "growth": 3}, lambda o: restarts(o, 3, 3)
    yield "one-cycle", {}, one_cycle()
    other = {"pct_start": 0.13, "div_factor": 10, "final_div_factor": 100}
    yield "one-cycle", {"rise": 0.13, "startDivisor": 10, "endDivisor": 100}, one_cycle(**other)
    yield "inverse-square-root", {"hold": 20}, inverse_square_root(20)
    warm = {"warmup": 25, "warmupUnit": "steps"}
    yield "constant", warm, warmed(25, lambda o: schedule.LambdaLR(o, lambda _: 1))
    yield "exponential", {"factor": 0.98, **warm}, warmed(25, lambda o: schedule.ExponentialLR(o, 0.98))
    yield "cosine", {"warmup": 40}, warmed(40, lambda o: schedule.CosineAnnealingLR(o, T_max=TOTAL - 40))
    yield "step", {"every": 30, "factor": 0.5, "warmup": 20}, warmed(20, lambda o: schedule.StepLR(o, 30, 0.5))


def watching():
    """Losses that fall, then stay with some noise, then rise; the rate of epoch e + 1 follows from those up to e."""
    rng = np.random.default_rng(71)
    epochs = np.arange(TOTAL)
    losses = (np.exp(-epochs / 15) + 0.3 + np.maximum(0, epochs - 120) / 400 + rng.normal(0, 0.01, TOTAL)).round(4)
    plateau = lambda **settings: lambda o: schedule.ReduceLROnPlateau(o, eps=0, **settings)
    for config, torch_config in (
        ({}, {}),
        ({"factor": 0.5, "patience": 3, "cooldown": 4}, {"factor": 0.5, "patience": 3, "cooldown": 4}),
        (
            {"factor": 0.7, "patience": 0, "threshold": 0.01, "minimum": 0.05},
            {"factor": 0.7, "patience": 0, "threshold": 0.01, "min_lr": 0.05 * START},
        ),
    ):
        rates = rates_of(plateau(**torch_config), losses)
        yield {"schedule": "reduce-on-plateau", "config": config, "losses": losses, "rates": rates}


if __name__ == "__main__":
    conventions = [
        "rates[s] is the rate that update s uses, s = 0 .. 199; one step is one epoch of one step.",
        "losses[s], where given, is what the schedule is told after epoch s.",
        "A warm-up of w: (s + 1) / (w + 1) of the rate in step s, then the schedule from its own start, over what is left.",
    ]
    table = [{"schedule": name, "config": config, "rates": rates_of(make)} for name, config, make in cases()]
    save("schedules2", conventions, {"learningRate": START, "totalSteps": TOTAL, "cases": [*table, *watching()]})

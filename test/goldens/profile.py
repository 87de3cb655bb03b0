"""Goldens of the profile: what pandas, scipy and scikit-learn say of the built-in samples.

Run: python3 test/goldens/profile.py
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.stats import pearsonr, spearmanr
from scipy.stats.contingency import association
from sklearn.metrics import mutual_info_score

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "core/data/samples"
SHARES = [0.05, 0.25, 0.5, 0.75, 0.95]


def bins(cells):
    """Equal-count bins as core/data/profile/binning.ts states them, written a second time."""
    n = len(cells)
    wanted = max(2, min(32, int(np.floor(np.sqrt(n / 5)))))
    if pd.unique(cells).size <= wanted:
        return pd.factorize(cells, sort=True)[0]
    step = n / wanted
    order = np.argsort(cells, kind="stable")
    codes = np.zeros(n, dtype=int)
    bin_, next_ = -1, 0.0
    for i, place in enumerate(order):
        if (i == 0 or cells[place] != cells[order[i - 1]]) and i >= next_:
            bin_ += 1
            next_ = (np.floor(i / step) + 1) * step
        codes[place] = bin_
    return codes


def codes_of(column):
    return bins(column.to_numpy()) if pd.api.types.is_numeric_dtype(column) else pd.factorize(column, sort=True)[0]


def describe(column):
    return {
        "count": int(column.size),
        "missing": int(column.isna().sum()),
        "distinct": int(column.nunique()),
        "minimum": column.min(),
        "maximum": column.max(),
        "mean": column.mean(),
        "deviation": column.std(ddof=0),
        "quantiles": [column.quantile(share) for share in SHARES],
    }


def relate(table, name, target):
    both = table[[name, target]].dropna()
    x, y = both[name], both[target]
    a, b = codes_of(x), codes_of(y)
    numeric = [pd.api.types.is_numeric_dtype(column) for column in (x, y)]
    if all(numeric):
        found = {"pearson": pearsonr(x, y)[0], "spearman": spearmanr(x, y)[0]}
    elif any(numeric):
        number, word = (x, y) if numeric[0] else (y, x)
        means = number.groupby(word).transform("mean")
        found = {"correlationRatio": np.sqrt(((means - number.mean()) ** 2).sum() / ((number - number.mean()) ** 2).sum())}
    else:
        found = {"cramersV": association(pd.crosstab(x, y), method="cramer")}
    nats = mutual_info_score(a, b)
    chance = (len(set(a)) - 1) * (len(set(b)) - 1) / (2 * len(both))
    return {"rows": len(both), **found, "plugIn": nats / np.log(2), "information": max(0, nats - chance) / np.log(2)}


TARGETS = {"penguins": "species", "iris": "species", "diabetes": "progression", "wine": "alcohol"}


def main():
    out = {}
    for name, target in TARGETS.items():
        table = pd.read_csv(SAMPLES / f"{name}.csv")
        out[name] = {
            "target": target,
            "columns": {c: describe(table[c]) for c in table if pd.api.types.is_numeric_dtype(table[c])},
            "relations": {c: relate(table, c, target) for c in table if c != target},
        }
    made_by = {"pandas": pd.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__}
    text = json.dumps({"madeBy": made_by, "samples": out}, indent=1, default=lambda v: v.item())
    (HERE / "profile.json").write_text(text + "\n", encoding="utf-8")


main()

"""Goldens of how columns are prepared: what scikit-learn, SciPy, pandas and NumPy make of the same values.

    python3 preparing.py          then, for the layout: npx prettier --write test/goldens

Needs scikit-learn 1.2, SciPy, mpmath and pandas. It has no TargetEncoder yet, so that smoothed means are worked out with NumPy.
"""

import json
from pathlib import Path

import mpmath
import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy import special, stats
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import (
    MinMaxScaler,
    OrdinalEncoder,
    PowerTransformer,
    QuantileTransformer,
    RobustScaler,
    StandardScaler,
)

HERE = Path(__file__).parent
mpmath.mp.dps = 40
rng = np.random.default_rng(11)

columns = {
    "skewed": np.exp(rng.normal(1, 0.9, 97)),
    "both signs": rng.normal(-0.4, 2.3, 80) ** 3 / 5,
    "ties": rng.integers(-3, 6, 60).astype(float),
    "counts": rng.poisson(2.5, 45).astype(float),
    "constant": np.full(12, 3.25),
    "one": np.array([4.5]),
}
probes = np.array([-7.5, -0.75, 0.0, 0.3, 1.0, 2.0, 3.25, 4.0, 11.0, 60.0])


def plain(value):
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value.item() if isinstance(value, np.generic) else value


def scaled(scaler, values):
    scaler.fit(values.reshape(-1, 1))
    # Its quantiles of whole numbers that are all kept miss some by one bit, which tears runs of equal values apart.
    if isinstance(scaler, QuantileTransformer) and len(values) == scaler.n_quantiles_ and np.all(values % 1 == 0):
        assert np.allclose(scaler.quantiles_, np.round(scaler.quantiles_), rtol=0, atol=1e-14)
        scaler.quantiles_ = np.round(scaler.quantiles_)
    return lambda x: scaler.transform(x.reshape(-1, 1)).ravel()


def yeo_johnson(values):
    """The power as the root of the derivative of the likelihood; scikit-learn's search on the flat top stops near it."""

    x = [mpmath.mpf(float(value)) for value in values]

    def bend(value, power):
        if value < 0:
            return -bend(-value, 2 - power)
        return mpmath.log(1 + value) if power == 0 else ((1 + value) ** power - 1) / power

    def likelihood(power):
        bent = [bend(value, power) for value in x]
        mean = mpmath.fsum(bent) / len(bent)
        variance = mpmath.fsum((y - mean) ** 2 for y in bent) / len(bent)
        jacobian = mpmath.fsum(mpmath.sign(value) * mpmath.log(1 + abs(value)) for value in x)
        return -len(x) / mpmath.mpf(2) * mpmath.log(variance) + (power - 1) * jacobian

    start = stats.yeojohnson_normmax(values)
    power = float(mpmath.findroot(lambda at: mpmath.diff(likelihood, at), start))
    theirs = PowerTransformer(method="yeo-johnson").fit(values.reshape(-1, 1)).lambdas_[0]
    assert abs(power - theirs) < 1e-6 * max(1, abs(power)), (power, theirs)
    bent = stats.yeojohnson(values, power)
    scale = StandardScaler().fit(bent.reshape(-1, 1))
    apply = lambda x: scale.transform(stats.yeojohnson(x, power).reshape(-1, 1)).ravel()
    return power, apply


def scale_cases():
    for name, values in columns.items():
        case = lambda entry, apply, inputs=probes: {
            "column": name,
            "values": values,
            "entry": entry,
            "probes": inputs,
            "expected": apply(inputs),
        }
        yield case({"type": "standard"}, scaled(StandardScaler(), values))
        yield case({"type": "min-max"}, scaled(MinMaxScaler(), values))
        yield case({"type": "robust"}, scaled(RobustScaler(), values))
        if values.min() > -1:
            logs = scaled(StandardScaler(), np.log1p(values))
            above = probes[probes > -1]
            yield case({"type": "log"}, lambda x: logs(np.log1p(x)), above)
            yield case({"type": "log", "standardize": False}, np.log1p, above)
        if len(set(values)) > 1:
            power, apply = yeo_johnson(values)
            yield {**case({"type": "yeo-johnson"}, apply), "lambda": power}
            for shape in ("normal", "uniform"):
                for count in (7, len(values)):
                    made = QuantileTransformer(n_quantiles=count, output_distribution=shape)
                    yield case(
                        {"type": "quantile", "shape": shape, "quantiles": count},
                        scaled(made, values),
                        np.concatenate([probes, values[:9]]),
                    )


def clip_cases():
    for name, values in columns.items():
        q1, q3 = np.quantile(values, [0.25, 0.75])
        reach = 1.5 * (q3 - q1)
        mean, sd = values.mean(), values.std()
        for entry, low, high in [
            ({"type": "quantiles", "low": 0.03, "high": 0.9}, *np.quantile(values, [0.03, 0.9])),
            ({"type": "iqr", "factor": 1.5}, q1 - reach, q3 + reach),
            ({"type": "deviations", "factor": 2}, mean - 2 * sd, mean + 2 * sd),
        ]:
            yield {"column": name, "values": values, "entry": entry, "low": low, "high": high}


def fill_cases():
    for name, values in columns.items():
        series = pd.Series(values)
        found = {"mean": series.mean(), "median": series.median(), "most-frequent": series.mode().min(), "zero": 0.0}
        for kind, expected in found.items():
            yield {"column": name, "values": values, "entry": {"type": kind}, "expected": expected}


texts = [
    "Hello there, how are you?",
    "hello HELLO  world",
    "What's the weather like in Zürich today?",
    "a b c",
    "Book a table for 2 at 19:30, please; a table!",
    "the weather, the weather and the_weather",
    "",
    "naïve café – çok güzel",
    "book the café",
]
new_texts = ["Hello café, book the weather", "nothing of this is known", "TABLE\ttable\n\n table"]


def text_cases():
    for unit, lengths, lower, limit, minimum in [
        ("word", (1, 1), True, None, 1),
        ("word", (1, 2), True, None, 1),
        ("word", (2, 2), True, None, 1),
        ("word", (1, 1), False, None, 2),
        ("character", (1, 2), True, None, 1),
        ("character", (3, 3), True, None, 2),
    ]:
        settings = {
            "analyzer": "word" if unit == "word" else "char",
            "ngram_range": lengths,
            "lowercase": lower,
            "max_features": limit,
            "min_df": minimum,
        }
        entry = {"unit": unit, "shortest": lengths[0], "longest": lengths[1], "lowerCase": lower, "minimum": minimum}
        for kind, vectorizer in [("bag-of-words", CountVectorizer), ("tf-idf", TfidfVectorizer)]:
            made = vectorizer(**settings)
            known = made.fit_transform(texts).toarray()
            yield {
                "entry": {"type": kind, **entry},
                "terms": list(made.get_feature_names_out()),
                "known": known.astype(float),
                "new": made.transform(new_texts).toarray().astype(float),
            }


def target_means():
    levels = ["a", "b", "c", "d"]
    places = np.array([0, 0, 1, 2, 1, 0, 2, 2, 2, 1, 0, 3])
    target = rng.normal(5, 3, len(places))
    for smoothing in (0.0, 1.0, 10.0):
        prior = target.mean()
        means = [
            (target[places == k].sum() + smoothing * prior) / ((places == k).sum() + smoothing)
            for k in range(len(levels))
        ]
        yield {
            "levels": levels,
            "places": places,
            "target": target,
            "smoothing": smoothing,
            "expected": [*means, prior],
        }


def calendar():
    days = [-719162.0, -141428.0, -1.5, 0.0, 11016.0, 19782.25, 19783.0, 20088.999, 20089.375, 47541.5, 2932896.0]
    dates = [pd.Timestamp("1970-01-01") + pd.Timedelta(days=d) if abs(d) < 100000 else None for d in days]
    kept = [(d, t) for d, t in zip(days, dates) if t is not None]
    return [
        {
            "value": d,
            "year": t.year,
            "month": t.month,
            "day": t.day,
            "weekday": t.isoweekday(),
            "hour": t.hour,
            "ofYear": (t.dayofyear - 1) / (366 if t.is_leap_year else 365),
            "ofDay": d - np.floor(d),
        }
        for d, t in kept
    ]


def cycles():
    for day in (19782.25, 0.0, 20089.375):
        t = pd.Timestamp("1970-01-01") + pd.Timedelta(days=day)
        phases = [
            (t.dayofyear - 1) / (366 if t.is_leap_year else 365),
            (t.month - 1) / 12,
            t.weekday() / 7,
            day % 1,
        ]
        yield {"value": day, "expected": [f(2 * np.pi * p) for p in phases for f in (np.sin, np.cos)]}


def normal():
    shares = [1e-300, 1e-12, 1e-7, 0.01, 0.074, 0.076, 0.3, 0.5, 0.8, 0.925, 0.99, 1 - 1e-9]
    points = [-8.5, -5.2, -2.0, -0.3, 0.0, 0.7, 1.96, 4.0, 6.0]
    return {
        "quantiles": [[p, special.ndtri(p)] for p in shares],
        "probabilities": [[x, special.ndtr(x)] for x in points],
        "log1p": [[x, np.log1p(x)] for x in (-0.999, -0.1, -1e-9, 1e-300, 1e-12, 0.5, 7.0, 1e15)],
        "expm1": [[x, np.expm1(x)] for x in (-50.0, -1.0, -1e-9, 1e-300, 1e-12, 0.5, 7.0, 300.0)],
    }


def ordinal():
    levels = ["cold", "hot", "warm"]
    order = ["cold", "warm", "hot"]
    made = OrdinalEncoder(categories=[order]).fit_transform(np.array(levels).reshape(-1, 1)).ravel()
    return {"levels": levels, "order": order, "expected": made}


content = {
    "madeBy": {
        "script": "test/goldens/preparing.py",
        "sklearn": sklearn.__version__,
        "scipy": scipy.__version__,
        "pandas": pd.__version__,
        "numpy": np.__version__,
    },
    "scales": list(scale_cases()),
    "clips": list(clip_cases()),
    "fills": list(fill_cases()),
    "texts": {"known": texts, "new": new_texts, "cases": list(text_cases())},
    "targetMeans": list(target_means()),
    "calendar": calendar(),
    "cycles": list(cycles()),
    "normal": normal(),
    "ordinal": ordinal(),
}
(HERE / "preparing.json").write_text(json.dumps(plain(content), indent=1) + "\n", encoding="utf-8")
print("preparing.json")

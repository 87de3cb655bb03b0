"""Writes the eleven built-in sample tables as CSV files beside this script.

    python3 make_samples.py VEGA_DATA

Needs numpy and scikit-learn 1.2 (it carries iris, wine, breast cancer, digits and diabetes). VEGA_DATA is
the folder `data` of the npm package vega-datasets 3.2.1, for penguins and weather; the files' SHA-256 is checked. The
synthetic tables come from a seeded PCG64 generator, so that a second run writes the same bytes.
"""

import csv
import hashlib
import io
import json
import math
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from sklearn import datasets

HERE = Path(__file__).parent
VEGA_SHA256 = {
    "penguins.json": "0facf769609f1205b82cbceb8238c36af3e6147a0ca0e163902cc6281ce3e917",
    "seattle-weather.csv": "0845078a290b48e3149ab8639966824110a251db4e06fc144c06ebb534af23be",
}


def write(name, header, rows):
    """One CSV file: header, comma, line feed, UTF-8."""
    with open(HERE / f"{name}.csv", "w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)
    print(f"{name}.csv: {len(rows)} rows, {len(header)} columns")


def number(value, decimals=None):
    """A measurement as its publisher wrote it: fixed decimals, or as few digits as keep the value; None is empty."""
    if value is None:
        return ""
    return f"{value:.{decimals}f}" if decimals is not None else f"{value:.12g}"


def snake(name):
    return name.replace(" (cm)", "_cm").replace("/", "_").replace(" ", "_").lower()


def classified(name, target, classes, data, columns, decimals=None):
    rows = [[number(v, decimals) for v in row] + [classes[t]] for row, t in zip(data.data, data.target)]
    write(name, columns + [target], rows)


def measured_tables():
    iris = datasets.load_iris()
    classified("iris", "species", iris.target_names, iris, [snake(n) for n in iris.feature_names], decimals=1)

    # The repository's file numbers the cultivars 1, 2, 3; Forina's table names them, in the same order (59, 71, 48 rows).
    wine = datasets.load_wine()
    classified("wine", "cultivar", ["barolo", "grignolino", "barbera"], wine, [snake(n) for n in wine.feature_names])

    cancer = datasets.load_breast_cancer()
    classified("breast-cancer", "diagnosis", cancer.target_names, cancer, [snake(n) for n in cancer.feature_names])


def digits():
    """Images of 8 x 8 pixels from 0 to 16, one a row; pixel_2_5 is in the third row and the sixth column."""
    table = datasets.load_digits()
    columns = [f"pixel_{row}_{column}" for row in range(8) for column in range(8)]
    classified("digits", "label", [str(digit) for digit in table.target_names], table, columns, decimals=0)


def diabetes():
    table = datasets.load_diabetes(scaled=False)
    columns = ["age", "sex", "body_mass_index", "blood_pressure", "total_cholesterol", "ldl_cholesterol"]
    columns += ["hdl_cholesterol", "cholesterol_ratio", "log_triglycerides", "blood_sugar", "progression"]
    rows = [[number(v) for v in row] + [number(t)] for row, t in zip(table.data, table.target)]
    write("diabetes", columns, rows)


def vega(folder, name):
    """The text of a file of vega-datasets."""
    raw = (Path(folder) / name).read_bytes()
    if hashlib.sha256(raw).hexdigest() != VEGA_SHA256[name]:
        sys.exit(f"{folder}/{name} is not {name} of vega-datasets 3.2.1: its SHA-256 differs.")
    return raw.decode("utf-8")


def penguins(folder):
    columns = ["species", "island", "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "sex"]
    rows = []
    for bird in json.loads(vega(folder, "penguins.json")):
        sex = (bird["Sex"] or "").replace(".", "").lower()  # One bird's sex is written ".": not known.
        bill = [number(bird["Beak Length (mm)"], 1), number(bird["Beak Depth (mm)"], 1)]
        body = [number(bird["Flipper Length (mm)"]), number(bird["Body Mass (g)"])]
        rows.append([bird["Species"], bird["Island"], *bill, *body, sex])
    write("penguins", columns, rows)


def weather(folder, days=14):
    """Each row holds the days before a date, the oldest first, and that date's maximum: temp_max_3 is three days before."""
    measured = ["precipitation", "temp_max", "temp_min", "wind"]
    record = list(csv.DictReader(io.StringIO(vega(folder, "seattle-weather.csv"))))
    dates = [date.fromisoformat(day["date"]) for day in record]
    assert all(b - a == timedelta(days=1) for a, b in zip(dates, dates[1:])), "a day is missing"
    columns = ["date"] + [f"{name}_{before}" for before in range(days, 0, -1) for name in measured] + ["temp_max"]
    rows = []
    for at in range(days, len(record)):
        window = [day[name] for day in record[at - days : at] for name in measured]
        rows.append([record[at]["date"], *window, record[at]["temp_max"]])
    write("weather", columns, rows)


def shuffled(rng, rows):
    return [rows[i] for i in rng.permutation(len(rows))]


def two_moons(rng, count=200, noise=0.2):
    """Two half circles that grip into each other, as in scikit-learn's `make_moons`; Gaussian noise."""
    angle = np.linspace(0, math.pi, count)
    upper = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    lower = np.stack([1 - np.cos(angle), 0.5 - np.sin(angle)], axis=1)
    points = np.concatenate([upper, lower]) + rng.normal(0, noise, (2 * count, 2))
    rows = [[number(x, 4), number(y, 4), "a" if i < count else "b"] for i, (x, y) in enumerate(points)]
    write("two-moons", ["x", "y", "class"], shuffled(rng, rows))


def spiral(rng, count=150, noise=0.15, turn=4.0):
    """Three arms from the origin; radius 0.05 to 1, each arm turning by `turn` radians; noise on the angle."""
    rows = []
    for arm, label in enumerate("abc"):
        share = np.linspace(0, 1, count)
        radius = 0.05 + 0.95 * share
        angle = arm * 2 * math.pi / 3 + turn * share + rng.normal(0, noise, count)
        points = zip(radius * np.cos(angle), radius * np.sin(angle))
        rows += [[number(x, 4), number(y, 4), label] for x, y in points]
    write("spiral", ["x", "y", "arm"], shuffled(rng, rows))


def sine(rng, count=300, noise=0.1):
    x = rng.uniform(-2 * math.pi, 2 * math.pi, count)
    y = np.sin(x) + rng.normal(0, noise, count)
    write("sine", ["x", "y"], [[number(a, 4), number(b, 4)] for a, b in zip(x, y)])


def concrete(rng, count=320):
    """Mixes of concrete by rules of thumb, not measured: Abrams' law for the strength, water and plasticizer for the slump."""
    rows = []
    for _ in range(count):
        cement, ash = rng.uniform(200, 480), rng.choice([0, rng.uniform(30, 160)])
        water, plasticizer = rng.uniform(140, 220), rng.choice([0, rng.uniform(1, 10)])
        gravel, days = rng.choice(["round", "crushed"]), rng.choice([3, 7, 14, 28, 56, 90])
        ratio = water / (cement + 0.4 * ash)
        strength = 118 / 7.5**ratio * (days / (4 + 0.85 * days)) * (1.06 if gravel == "crushed" else 1)
        slump = 0.16 * (water - 140) + 1.1 * plasticizer + 0.012 * ash + (2.0 if gravel == "round" else 0)
        mix = [number(cement, 0), number(ash, 0), number(water, 0), number(plasticizer, 1), gravel, number(days)]
        ends = [max(strength + rng.normal(0, 2.5), 1), min(max(slump + rng.normal(0, 0.8), 0.5), 25)]
        rows.append([*mix, number(ends[0], 1), number(ends[1], 1)])
    amounts = ["cement_kg", "fly_ash_kg", "water_kg", "plasticizer_kg", "gravel", "age_days"]
    write("concrete", [*amounts, "strength_mpa", "slump_cm"], rows)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    measured_tables()
    digits()
    diabetes()
    penguins(sys.argv[1])
    weather(sys.argv[1])
    two_moons(np.random.default_rng(1))
    spiral(np.random.default_rng(2))
    sine(np.random.default_rng(3))
    concrete(np.random.default_rng(4))


if __name__ == "__main__":
    main()

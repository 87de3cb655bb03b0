"""Prints the polynomial coefficients of the kernels' own exp, log, tanh, erf, sin and cos.

Each is the interpolation of the function at Chebyshev points of its reduced interval, worked out in float64 and
turned to powers. Run with Debian's python3-numpy; the printed numbers stand in the kernels.
"""

import math
import numpy as np
from numpy.polynomial import chebyshev, polynomial


def fit(name, function, low, high, degree):
    scaled = lambda t: (low + high) / 2 + t * (high - low) / 2
    series = chebyshev.chebinterpolate(lambda t: np.vectorize(function)(scaled(t)), degree)
    powers = chebyshev.cheb2poly(series)
    inner = [-(high + low) / (high - low), 2 / (high - low)]
    total = np.zeros(1)
    for coefficient in powers[::-1]:
        total = polynomial.polyadd(polynomial.polymul(total, inner), [coefficient])
    grid = np.linspace(low, high, 20001)
    error = max(abs(polynomial.polyval(x, total) - function(x)) for x in grid)
    print(f'{name} on [{low:.4f}, {high:.4f}], largest error {error:.1e}')
    for power, coefficient in enumerate(total[: degree + 1]):
        print(f'  {power}: {coefficient:.17g}')


def tail(function, terms):
    """function by its power series, where the closed form would cancel."""
    return lambda x: sum(function(i) * x**i for i in range(terms))


half_ln2 = math.log(2) / 2 * 1.001
quarter = (math.pi / 4 * 1.001) ** 2
# tanh's series from the tangent numbers by Bernoulli's recurrence
bernoulli = [1.0]
for n in range(1, 60):
    bernoulli.append(-sum(math.comb(n + 1, k) * bernoulli[k] for k in range(n)) / (n + 1))


def tanh_tail(t):
    if t > 0.01:
        x = math.sqrt(t)
        return (math.tanh(x) - x) / x**3
    return sum(4**n * (4**n - 1) * bernoulli[2 * n] / math.factorial(2 * n) * t ** (n - 2) for n in range(2, 12))


def log_tail(f):
    if abs(f) > 0.02:
        return (math.log1p(f) - f + f * f / 2) / f**3
    return sum((-1) ** i * f**i / (i + 3) for i in range(20))


def erf_tail(t):
    two = 2 / math.sqrt(math.pi)
    return sum(two * (-1) ** n * t**n / math.factorial(n) / (2 * n + 1) for n in range(30)) - 1


fit('exp: (e^r - 1 - r) / r^2', tail(lambda i: 1 / math.factorial(i + 2), 20), -half_ln2, half_ln2, 4)
fit('log: (log(1+f) - f + f^2/2) / f^3', log_tail, math.sqrt(0.5) - 1, math.sqrt(2) - 1, 8)
fit('tanh: (tanh x - x) / x^3 in x^2', tanh_tail, 0, 0.625**2, 4)
fit('erf: erf(x)/x - 1 in x^2', erf_tail, 0, 1, 7)
fit('erf: -log(erfc(x)) in x - 1', lambda u: -math.log(math.erfc(u + 1)), 0, 3, 9)
fit('sin: (sin r - r) / r^3 in r^2', tail(lambda i: (-1) ** (i + 1) / math.factorial(2 * i + 3), 15), 0, quarter, 3)
fit('cos: (cos r - 1) / r^2 in r^2', tail(lambda i: (-1) ** (i + 1) / math.factorial(2 * i + 2), 15), 0, quarter, 4)

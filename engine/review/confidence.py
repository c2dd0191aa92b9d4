"""How surely something happens so often: bounds under Jeffreys' prior, and how surprising it would be by chance.

A share of `count` in `chances` has the posterior Beta(count + 1/2, chances - count + 1/2). Its distribution function is
the regularised incomplete beta function, by the continued fraction of Lentz (Numerical Recipes, 6.4).
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_LEAST = 1e-300
_STEPS = 300
_CLOSE = 3e-14
_GRID = 2_000
_TRIES = 80
_CLOSE_ENOUGH = 1e-9


@lru_cache(maxsize=4096)
def lower_bound(count: int, chances: int, share: float = 0.1) -> float:
    """Return the 10th percentile of how likely something is that came `count` times in `chances` (5 of 5: 0.77).

    It rests on Jeffreys' prior; `share` asks for another percentile. ValueError where the figures make no sense.
    """
    if not 0 <= count <= chances:
        raise ValueError(f"{count} of {chances} is no share")
    if chances == 0:
        return 0.0
    a, b = count + 0.5, chances - count + 0.5
    low, high, x = 0.0, 1.0, a / (a + b)
    for _ in range(_TRIES):
        missing = share - _beta_below(x, a, b)
        low, high = (x, high) if missing > 0 else (low, x)
        step = missing / max(_density_at(x, a, b), _LEAST)
        following = x + step if low < x + step < high else (low + high) / 2  # Newton's step, or halving
        if abs(following - x) < _CLOSE_ENOUGH:
            return following
        x = following
    return x


def upper_bound(count: int, chances: int) -> float:
    """Return the 90th percentile of how likely something is."""
    return lower_bound(count, chances, 0.9) if chances else 1.0


def by_chance(count: int, chances: int, usual: float) -> float:
    """Return how likely `count` or more of `chances` are where each comes with the probability `usual`."""
    if count <= 0:
        return 1.0
    if usual <= 0.0 or usual >= 1.0:
        return float(usual >= 1.0)
    return _beta_below(usual, count, chances - count + 1)


def is_likelier(first: tuple[int, int], second: tuple[int, int], margin: float = 0.0) -> float:
    """Return the probability that the first (count, chances) is likelier than the second, less `margin`."""
    middles = (np.arange(_GRID) + 0.5) / _GRID
    weights = [_density(middles, *pair) for pair in (first, second)]
    below = np.concatenate(([0.0], np.cumsum(weights[1])))
    places = np.clip((middles + margin) * _GRID, 0, _GRID)
    return float(np.dot(weights[0], np.interp(places, np.arange(_GRID + 1), below)))


def _density(middles: NDArray[np.float64], count: int, chances: int) -> NDArray[np.float64]:
    logs = (count - 0.5) * np.log(middles) + (chances - count - 0.5) * np.log1p(-middles)
    weights: NDArray[np.float64] = np.exp(logs - logs.max())
    total: NDArray[np.float64] = weights / weights.sum()
    return total


def _density_at(x: float, a: float, b: float) -> float:
    """Return the density of a Beta(a, b) variable at x."""
    shape = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(shape + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))


def _beta_below(x: float, a: float, b: float) -> float:
    """Return the probability that a Beta(a, b) variable is below x."""
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    front = _density_at(x, a, b) * x * (1 - x)
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / _away_from_zero(1.0 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / _away_from_zero(1.0 + term * d)
            c = _away_from_zero(1.0 + term / c)
            value *= c * d
        if abs(c * d - 1.0) < _CLOSE:
            break
    return value


def _away_from_zero(value: float) -> float:
    return value if abs(value) > _LEAST else _LEAST

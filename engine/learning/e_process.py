"""The e-process of the watch: how strongly the turns a change altered speak against its being healthy."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal

Outcome = Literal["R", "C", "A"]

LIMIT = 20.0
"""Roll back at or above: by Ville's inequality at most 1 / 20 of healthy changes ever get there, however often one
looks."""

HEALTHY_REVERTED = 0.02
HEALTHY_CORRECTED = 0.10
ALTERNATIVES = ((0.3, 0.2), (0.6, 0.2), (0.85, 0.1), (0.1, 0.5))
"""Harmful changes: the shares of the turns they alter that are reverted and corrected."""

_MOST_CORRECTED = 0.5
_LEAST_TURNS = 200
_ONE_SIDED_95 = 1.6449


@dataclass(frozen=True)
class AttributedProcess:
    """E = ¼ Σ_j Π_t LR_j(x_t) over the outcomes of changed turns, the products kept as logarithms.

    Healthy means P(R) ≤ 0.02 and P(C) ≤ `corrected`. Where that bound lies above an alternative's own share, fewer
    corrections than it allows would count as harm, so each ratio is divided by the most it can be expected to be of
    any healthy change. At 0.10 that divisor is 1.
    """

    corrected: float = HEALTHY_CORRECTED

    def values(self, outcomes: Iterable[Outcome]) -> list[float]:
        """Return E after each outcome, in the order in which they became known."""
        none = (0.0,) * len(ALTERNATIVES)
        sums = accumulate(outcomes, lambda sums, x: _added(sums, self._ratios[x]), initial=none)
        return [_mixture(each) for each in sums][1:]

    def value(self, outcomes: Iterable[Outcome]) -> float:
        """Return E after all outcomes, 1 before the first; their order does not matter."""
        return (self.values(outcomes) or [1.0])[-1]

    @cached_property
    def _ratios(self) -> dict[Outcome, tuple[float, ...]]:
        accepted = 1.0 - HEALTHY_REVERTED - self.corrected
        table: dict[Outcome, tuple[float, ...]] = {"R": (), "C": (), "A": ()}
        for reverts, corrects in ALTERNATIVES:
            rest = (1.0 - reverts - corrects) / accepted
            # The expectation is linear in P(R) and P(C), so its most lies at a corner of what is healthy.
            corners = (
                rest,
                reverts + (1.0 - HEALTHY_REVERTED) * rest,
                corrects + (1.0 - self.corrected) * rest,
            )
            most = math.log(max(1.0, *corners))
            ratios = {"R": reverts / HEALTHY_REVERTED, "C": corrects / self.corrected, "A": rest}
            table = {x: (*logs, math.log(ratios[x]) - most) for x, logs in table.items()}
        return table


@dataclass(frozen=True)
class ExcessProcess:
    """The same for a share that is at most `healthy`, mixed over harmful shares; ratios are of yes and of no."""

    healthy: float
    harmful: tuple[float, ...]

    def values(self, hits: Iterable[bool]) -> list[float]:
        """Return E after each observation."""
        yes = tuple(math.log(share / self.healthy) for share in self.harmful)
        no = tuple(math.log((1.0 - share) / (1.0 - self.healthy)) for share in self.harmful)
        none = (0.0,) * len(self.harmful)
        return [_mixture(s) for s in accumulate(hits, lambda sums, x: _added(sums, yes if x else no), initial=none)][1:]


def corrected_bound(corrected: int, turns: int) -> float:
    """Return the bound on P(C) of a healthy change in a household where `corrected` of `turns` were corrected.

    That is 0.10, or the upper end of the household's own rate if it is higher: Wilson's score bound, one-sided 95 %
    (E. B. Wilson 1927). Under 200 turns say too little; above one half nothing could be told apart.
    """
    if turns < _LEAST_TURNS:
        return HEALTHY_CORRECTED
    share, z2 = corrected / turns, _ONE_SIDED_95**2
    spread = _ONE_SIDED_95 * math.sqrt(share * (1.0 - share) / turns + z2 / (4.0 * turns**2))
    upper = (share + z2 / (2.0 * turns) + spread) / (1.0 + z2 / turns)
    return min(max(HEALTHY_CORRECTED, upper), _MOST_CORRECTED)


def _added(sums: tuple[float, ...], logs: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(one + other for one, other in zip(sums, logs, strict=True))


def _mixture(sums: tuple[float, ...]) -> float:
    """Return the mean of the exponentials, at most as large as a float can be."""
    highest = max(sums)
    logarithm = highest + math.log(sum(math.exp(each - highest) for each in sums) / len(sums))
    return math.exp(min(logarithm, 700.0))

"""Figures with their goals beside them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One thing measured: as it reads, the goal as it reads, and whether it was reached (None: there is no goal)."""

    what: str
    measured: str
    goal: str = "–"
    reached: bool | None = None


def at_least(what: str, share: float, goal: float) -> Figure:
    """Return a share that is to be `goal` or more, both in [0, 1]."""
    return Figure(what, f"{share:.1%}", f"≥ {goal:.1%}", share >= goal)


def at_most(what: str, value: float, goal: float, unit: str) -> Figure:
    """Return a value that is to be `goal` or less, in `unit`."""
    return Figure(what, f"{value:,.4g} {unit}", f"≤ {goal:,.4g} {unit}", value <= goal)


def show(figures: Sequence[Figure]) -> None:
    """Print the figures as a table."""
    widths = [max(len(text) for text in column) for column in zip(*(_cells(f) for f in figures), strict=True)]
    for figure in figures:
        what, *rest = _cells(figure)
        line = [what.ljust(widths[0]), *(text.rjust(width) for text, width in zip(rest, widths[1:], strict=True))]
        sys.stdout.write("  ".join(line).rstrip() + "\n")


def exit_code(figures: Sequence[Figure], *, strict: bool) -> int:
    """Return 1 where `strict` and a goal was missed, else 0."""
    return int(strict and any(figure.reached is False for figure in figures))


def _cells(figure: Figure) -> tuple[str, str, str, str]:
    verdict = {None: "", True: "reached", False: "missed"}[figure.reached]
    return figure.what, figure.measured, figure.goal, verdict

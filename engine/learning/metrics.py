"""The figures of a watch: what a household's turns were like before and during it, and guards on paired readings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.learning.e_process import LIMIT, ExcessProcess
from engine.learning.shadow import p95
from engine.learning.watching import Without
from store.turns import Turn

Level = Literal["ok", "warn", "fail"]

LEAST_PAIRS = 50
MOST_SLOWER_MS = 50.0
LEAST_ACCURACY = 0.95
MOST_ACCURACY_LOST = 0.02
MOST_P95_MS = 3.0  # the goal of a turn that sentence patterns decide
WARN_ERRORS = 0.01
FAIL_ERRORS = 0.05

_SLOWER = ExcessProcess(0.05, (0.2, 0.5, 0.8))
_LOST = ExcessProcess(0.5, (0.7, 0.85, 0.95))
_CORRECTED = frozenset({"corrected", "rephrased", "undone", "disputed"})
_FALLEN_BACK = frozenset({"not_understood"})


@dataclass(frozen=True)
class Window:
    """The turns of a stretch of time, counted; `milliseconds` is how long each took to understand."""

    turns: int = 0
    errors: int = 0
    fallbacks: int = 0
    corrections: int = 0
    milliseconds: tuple[float, ...] = ()

    @classmethod
    def of(cls, turns: Iterable[Turn], milliseconds: Sequence[float] = ()) -> Window:
        """Count what people said to Butler, presses apart."""
        spoken = [turn for turn in turns if turn.press is None and turn.interpretation is not None]
        return cls(
            len(spoken),
            sum(turn.outcome == "failed" for turn in spoken),
            sum(turn.outcome in _FALLEN_BACK or turn.interpretation.get("stage") == "llm" for turn in spoken),
            sum(turn.verdict in _CORRECTED for turn in spoken),
            tuple(milliseconds),
        )

    def share(self, count: int) -> float:
        """Return a count as a share of the turns, 0 of none."""
        return count / self.turns if self.turns else 0.0


def figures(before: Window, during: Window, accuracy: tuple[float | None, float | None]) -> dict[str, Any]:
    """Return the reported figures with their thresholds as JSON values; `accuracy` is the suite's, before and now.

    None of them decides anything: with a household's few turns such rules are coin tosses.
    """
    errors = (before.share(before.errors), during.share(during.errors))
    fallbacks = (before.share(before.fallbacks), during.share(during.fallbacks))
    corrections = (before.share(before.corrections), during.share(during.corrections))
    return {
        "accuracy": _accuracy(*accuracy),
        "p95_ms": _p95(before.milliseconds, during.milliseconds),
        "error_rate": _pair(errors, "fail" if errors[1] >= FAIL_ERRORS else _ok(good=errors[1] < WARN_ERRORS)),
        "fallback_rate": _pair(fallbacks, None),
        "correction_rate": _pair(corrections, _ok(good=corrections[1] <= corrections[0])),
        "turns": {"before": before.turns, "during": during.turns},
    }


@dataclass(frozen=True)
class Guard:
    """A metric that speaks against a change in pairs of readings of the same turns."""

    metric: str
    e: float
    pairs: int


def guards(pairs: Sequence[Without]) -> tuple[Guard, ...]:
    """Return the metrics that a change has made worse, by at least 50 changed turns read with it and without.

    Latency: more than one turn in twenty is over 50 ms slower. Fallback: of the turns that were understood in one of
    the two readings only, more than half are lost by the change. Corrections and accuracy in pairs are what the
    outcomes R, C and A are; errors of the home have no reading without.
    """
    if len(pairs) < LEAST_PAIRS:
        return ()
    slower = [pair.milliseconds[0] - pair.milliseconds[1] > MOST_SLOWER_MS for pair in pairs]
    lost = [not pair.understood[0] for pair in pairs if pair.understood[0] != pair.understood[1]]
    found = (("latency", _SLOWER.values(slower)), ("fallback", _LOST.values(lost)))
    return tuple(Guard(name, max(values), len(pairs)) for name, values in found if values and max(values) >= LIMIT)


def _accuracy(before: float | None, now: float | None) -> dict[str, Any]:
    good = now is None or (now > LEAST_ACCURACY and (before is None or before - now <= MOST_ACCURACY_LOST))
    return _pair((before, now), _ok(good=good))


def _p95(before: Sequence[float], during: Sequence[float]) -> dict[str, Any]:
    was, now = (round(p95(each), 2) if each else None for each in (before, during))
    within_goal = now is None or now <= MOST_P95_MS
    as_before = now is None or was is None or now - was <= MOST_SLOWER_MS
    return {**_pair((was, now), _ok(good=within_goal and as_before)), "within_goal": within_goal}


def _pair(figures: tuple[float | None, float | None], level: Level | None) -> dict[str, Any]:
    before, during = (None if each is None else round(each, 4) for each in figures)
    return {"before": before, "during": during, "level": level}


def _ok(*, good: bool) -> Level:
    return "ok" if good else "warn"

"""The verdict on a change case by case: what stood in its way, what it mends, and the counts of every family."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from engine.learning.history import HistoryTurn
from engine.learning.record import Record
from engine.learning.suite import Check
from engine.learning.suite import Family as SuiteFamily

Family = SuiteFamily | Literal["time", "capture"]
MOST_CASES = 20
_LONGEST = 200


@dataclass(frozen=True)
class ChangedCase:
    """A case whose verdict differs with the change: what is said, and how it would be misunderstood or was.

    `turn` and `speaker` are those of a turn of history.
    """

    id: str
    family: Family
    text: str
    why: str
    silent: bool = False
    history: HistoryTurn | None = None

    @classmethod
    def of(cls, check: Check, why: str) -> ChangedCase:
        """Return a check as a case that differs."""
        return cls(check.id, check.family, check.case.utterance, why, check.silent, check.turn)

    def to_json(self) -> dict[str, Any]:
        """Return the case as JSON values of bounded length."""
        document = {"id": self.id[:_LONGEST], "family": self.family, "text": _short(self.text), "why": _short(self.why)}
        turn = self.history
        return document if turn is None else {**document, "turn": turn.turn, "speaker": turn.speaker}


@dataclass(frozen=True)
class Tally:
    """How the checks of one family went; `run` were run again, the others cannot have changed."""

    checks: int = 0
    run: int = 0
    passed: int = 0
    worse: int = 0
    better: int = 0

    def to_json(self) -> dict[str, int]:
        """Return the counts as JSON values."""
        return dict(vars(self))


@dataclass(frozen=True)
class Comparison:
    """All checks with a change against all without."""

    worse: tuple[ChangedCase, ...]
    better: tuple[ChangedCase, ...]
    tallies: Mapping[Family, Tally]

    @classmethod
    def of(cls, checks: Iterable[Check], before: Mapping[str, Record], fresh: Mapping[str, Record]) -> Comparison:
        """Compare what was run with the change to what is known without it."""
        worse: list[ChangedCase] = []
        better: list[ChangedCase] = []
        counts: dict[Family, list[int]] = {}
        for check in checks:
            was, now = before[check.id], fresh.get(check.id)
            count = counts.setdefault(check.family, [0, 0, 0, 0, 0])
            lost, won = now is not None and was.passed > now.passed, now is not None and was.passed < now.passed
            for at, counted in enumerate((True, now is not None, (now or was).passed, lost, won)):
                count[at] += counted
            if now is not None and lost:
                worse.append(ChangedCase.of(check, now.why))
            elif won:
                better.append(ChangedCase.of(check, was.why))
        return cls(tuple(worse), tuple(better), {family: Tally(*count) for family, count in counts.items()})

    def joined(self, other: Comparison) -> Comparison:
        """Return both comparisons as one."""
        return Comparison((*self.worse, *other.worse), (*self.better, *other.better), {**self.tallies, **other.tallies})

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as JSON values: as many cases as anybody reads, history first, and all counts."""
        ordered = sorted(self.worse, key=lambda case: case.history is None)
        return {
            "cases": [case.to_json() for case in ordered[:MOST_CASES]],
            "gains": [case.to_json() for case in self.better[:MOST_CASES]],
            "families": {family: tally.to_json() for family, tally in self.tallies.items()},
        }


NOTHING = Comparison((), (), {})


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

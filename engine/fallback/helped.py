"""What came of asking a model, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.understanding.interpretation import Interpretation


class Outcome(StrEnum):
    """What became of a model's answer."""

    USED = "used"
    NOTHING = "nothing"  # it says that it is none of what Butler does
    UNSURE = "unsure"
    GUARDED = "guarded"
    VETOED = "vetoed"
    UNHELPFUL = "unhelpful"  # nothing here fits what it says
    UNFIT = "unfit"  # it contradicts itself or the home
    FAILED = "failed"


@dataclass(frozen=True)
class Asked:
    """One question to a model: how long it took (seconds), how fast it spoke, and what came of it."""

    model: str
    outcome: Outcome
    seconds: float = 0.0
    tokens_per_second: float | None = None
    problem: str | None = None

    @property
    def failed(self) -> bool:
        """Whether there was no answer that could be used, so that the turn says nothing about understanding."""
        return self.outcome in {Outcome.FAILED, Outcome.UNFIT}


@dataclass(frozen=True)
class Helped:
    """What is understood now, and what was asked for it; `asked` is None where no model was needed or there is none."""

    found: Interpretation
    asked: Asked | None = None

"""What a classifier says of an utterance."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.understanding.calibration import Evidence
from engine.understanding.interpretation import RunnerUp


@dataclass(frozen=True)
class Prediction:
    """What an utterance means to the classifier.

    `confidence` is the probability that `intent` is right, 1.0 for an exemplar's own words (`exact`). `score` is the
    best score, `nearest_cosine` that of the nearest exemplar, and `oos_score` grows with strangeness: how far score
    and nearest cosine of what is in scope lie below those of out_of_scope, in spreads.
    """

    intent: str
    confidence: float
    runners_up: tuple[RunnerUp, ...] = ()
    score: float = 0.0
    nearest_cosine: float = 0.0
    oos_score: float = 0.0
    exact: bool = False
    evidence: Evidence = field(default_factory=Evidence)


@dataclass(frozen=True)
class LeftOut:
    """An exemplar judged by all others; `own_score` is the score of its own label."""

    text: str
    label: str
    prediction: Prediction
    own_score: float

    @property
    def fits(self) -> bool:
        """Whether the others would give it the same label."""
        return self.prediction.intent == self.label

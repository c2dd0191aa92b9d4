"""What turns a classifier's scores into a probability, and into a measure of strangeness."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from math import exp
from pathlib import Path

SHIPPED = Path(__file__).parent / "data" / "calibration.json"


@dataclass(frozen=True)
class Evidence:
    """What a prediction rests on.

    The gaps say how far the best of what is in scope lies above out_of_scope; `lead` is the distance of the two best
    scores, whatever they are.
    """

    score_gap: float = 0.0
    cosine_gap: float = 0.0
    lead: float = 0.0


@dataclass(frozen=True)
class Calibration:
    """The usual lead of what is in scope over out_of_scope, in score and in nearest cosine, and a logistic.

    `encoder` is the model it was measured with, `exemplars` the key of what it was measured on. Familiarity is
    z(score gap) + z(cosine gap), the gaps being those between what is in scope and out_of_scope. Confidence is
    1 / (1 + exp(-(slope · support + lead_slope · lead / score_spread + offset))), where support is familiarity, its
    sign turned for out_of_scope itself, and lead is the distance between the two best scores.
    """

    score_mean: float
    score_spread: float
    cosine_mean: float
    cosine_spread: float
    slope: float
    lead_slope: float
    offset: float
    encoder: str = ""
    exemplars: str = ""

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Calibration:
        """Read the figures that `python -m engine.data` wrote."""
        return cls(**json.loads(path.read_text("utf-8")))

    def save(self, path: Path = SHIPPED) -> None:
        """Write the figures as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")

    def familiarity(self, evidence: Evidence) -> float:
        """Return z(score gap) + z(cosine gap): about 0 for what is in scope, far below for what is not."""
        score = (evidence.score_gap - self.score_mean) / self.score_spread
        return score + (evidence.cosine_gap - self.cosine_mean) / self.cosine_spread

    def confidence(self, evidence: Evidence, *, in_scope: bool = True) -> float:
        """Return the probability that the best intent is right; `in_scope` says that it is not out_of_scope."""
        support = self.familiarity(evidence) if in_scope else -self.familiarity(evidence)
        power = self.slope * support + self.lead_slope * evidence.lead / self.score_spread + self.offset
        return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, power))))

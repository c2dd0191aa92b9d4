"""What turns a classifier's scores into a probability, and into a measure of strangeness."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from math import exp
from pathlib import Path

SHIPPED = Path(__file__).parent / "data" / "calibration.json"


@dataclass(frozen=True)
class Calibration:
    """Means and spreads of the best score and the nearest cosine of what is in scope, and a logistic on their sum.

    `encoder` is the model they were measured with. Confidence is 1 / (1 + exp(-(slope · z + offset))), where z is
    z(best score) + z(nearest cosine). The built-in figures serve where nothing was measured.
    """

    score_mean: float = 0.30
    score_spread: float = 0.10
    cosine_mean: float = 0.75
    cosine_spread: float = 0.12
    slope: float = 1.0
    offset: float = 2.5
    encoder: str = ""

    @classmethod
    def load(cls, path: Path = SHIPPED) -> Calibration:
        """Read the figures that `python -m engine.understanding.calibrate` wrote."""
        return cls(**json.loads(path.read_text("utf-8")))

    def save(self, path: Path = SHIPPED) -> None:
        """Write the figures as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")

    def familiarity(self, score: float, cosine: float) -> float:
        """Return z(best score) + z(nearest cosine): about 0 for the known, far below for the unknown."""
        return (score - self.score_mean) / self.score_spread + (cosine - self.cosine_mean) / self.cosine_spread

    def confidence(self, familiarity: float) -> float:
        """Return the probability that the best intent is right."""
        return 1.0 / (1.0 + exp(-max(-60.0, min(60.0, self.slope * familiarity + self.offset))))

"""What the exemplars that ship say by themselves: a learned one makes no answer less sure that stays the same.

On the replay two thirds of what learning lost were answers that stayed right and were asked about of a sudden, because
some neighbour had come a little nearer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engine.understanding.calibration import Calibration
from engine.understanding.exemplar_scores import highest_each, judge_many
from engine.understanding.kernel_ridge import Array


@dataclass(frozen=True, eq=False)
class Floor:
    """The intent of each text by what ships, how sure that is, and by how much it leads."""

    intents: npt.NDArray[np.str_]
    confidence: npt.NDArray[np.float64]
    lead: npt.NDArray[np.float64]

    def raised(self, intents: npt.NDArray[np.str_], confidence: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return confidences in intents, at least those there were before where the intent is the same."""
        higher: npt.NDArray[np.float64] = np.where(
            self.intents == intents, np.maximum(confidence, self.confidence), confidence
        )
        return higher

    def of(self, texts: npt.NDArray[np.int64]) -> Floor:
        """Return the same of some of the texts, given by their places."""
        return Floor(self.intents[texts], self.confidence[texts], self.lead[texts])


@dataclass(frozen=True, eq=False)
class Ground:
    """The solution of what ships, among the rows of a classifier that learned more.

    `weights` has the shape (forms, intents), balance among it; `rows` tells where the plain texts `forms` stand, and
    `strange` which of them are out of scope.
    """

    forms: tuple[str, ...]
    rows: npt.NDArray[np.int64]
    strange: npt.NDArray[np.bool_]
    intents: tuple[str, ...]
    weights: Array
    calibration: Calibration

    def placed(self, numbers: Mapping[str, int]) -> Ground | None:
        """Return the same among other rows, given by plain text; None where one of them is not there."""
        if any(form not in numbers for form in self.forms):
            return None
        return replace(self, rows=np.asarray([numbers[form] for form in self.forms], np.int64))

    def floor(self, kernel: Array, cosines: Array) -> Floor:
        """Return what it says of texts, given their likeness to all rows, each of shape (texts, rows)."""
        scores = kernel[:, self.rows] @ self.weights
        like = cosines[:, self.rows]
        near = highest_each(like[:, ~self.strange]), highest_each(like[:, self.strange])
        judged = judge_many(scores, near, self.intents, self.calibration)
        return Floor(np.asarray(self.intents)[judged.best], judged.confidence, judged.lead)

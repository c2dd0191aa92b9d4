"""How near two utterances must be to mean the same: measured on the golden set, and shipped for the encoder it was."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.embedding.port import Vectors
from engine.learning.clusters import STRICT, Radii
from engine.understanding.plain import plain

SHIPPED = Path(__file__).parent / "data" / "radius.json"
PURE = 0.95
_LEAST_PAIRS = 50
_STEPS = 1_000


@dataclass(frozen=True)
class CalibratedRadius:
    """The least cosine at which pairs of golden utterances are as pure as asked, and what it was measured with.

    `purity` is the share of the `pairs` at that cosine or nearer that are of one intent, were both kinds as frequent.
    """

    cosine: float
    purity: float
    pairs: int
    encoder: str = ""
    golden: str = ""

    @classmethod
    def load(cls, path: Path = SHIPPED) -> CalibratedRadius | None:
        """Read what `save` wrote; None where there is no such file."""
        return cls(**json.loads(path.read_text("utf-8"))) if path.is_file() else None

    def save(self, path: Path = SHIPPED) -> None:
        """Write the figures as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", "utf-8")


def radii_for(encoder: str, golden: str, path: Path = SHIPPED) -> Radii:
    """Return the radii for an encoder's id and the packaged golden set's digest; what is stale is not used."""
    known = CalibratedRadius.load(path)
    if known is None or (known.encoder, known.golden) != (encoder, golden):
        return Radii()
    return Radii(labelled=known.cosine)


def calibrated_radius(texts: Sequence[str], intents: Sequence[str], vectors: Vectors) -> CalibratedRadius:
    """Return the largest radius at which, and within which, pairs of utterances are 95 % of one intent.

    Pairs of one intent and of two are weighed evenly: there are far more of the latter among all pairs of a golden set,
    and far fewer among utterances that people said should have been the same. Texts that are plainly the same count
    once. It is read off in steps of 0.001, rounded to the strict side; radii with fewer than 50 pairs say nothing.
    Where none is pure enough it is the strict one.
    """
    first = {plain(text): at for at, text in reversed(list(enumerate(texts)))}
    kept = sorted(first.values())
    same, other = _pairs(vectors[kept], np.asarray(intents, np.str_)[kept])
    # Counted by how near they are, from the nearest down.
    pairs = np.cumsum((same + other)[::-1])
    alike, unlike = (np.cumsum(counts[::-1]) / max(1, counts.sum()) for counts in (same, other))
    purity = alike / np.maximum(alike + unlike, np.finfo(np.float64).tiny)
    judged = pairs >= _LEAST_PAIRS
    holds = np.logical_and.accumulate(~judged | (purity >= PURE)) & judged
    if not holds.any():
        return CalibratedRadius(STRICT, 0.0, 0)
    at = int(np.flatnonzero(holds)[-1])
    return CalibratedRadius((_STEPS - at) / _STEPS, round(float(purity[at]), 4), int(pairs[at]))


def _pairs(vectors: Vectors, intents: npt.NDArray[np.str_]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Count pairs of one intent and pairs of two, by the thousandth their cosine reaches."""
    same, all_pairs = np.zeros(_STEPS + 1, np.int64), np.zeros(_STEPS + 1, np.int64)
    for at in range(len(vectors) - 1):
        cosines = vectors[at + 1 :] @ vectors[at]
        steps = np.clip(np.floor(cosines * _STEPS), 0, _STEPS).astype(np.int64)
        all_pairs += np.bincount(steps, minlength=_STEPS + 1)
        same += np.bincount(steps[intents[at + 1 :] == intents[at]], minlength=_STEPS + 1)
    return same, all_pairs - same

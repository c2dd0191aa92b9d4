"""Short forms of unit vectors that tell which pairs cannot be near each other, at a quarter of the work."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.learning.cluster_rows import Vectors

_KEPT = 96
_LEARNED_FROM = 2_048


@dataclass(frozen=True, eq=False)
class Sketch:
    """An orthonormal basis of the directions in which vectors differ most, or None to keep vectors whole.

    Of a vector it keeps the coordinates in the basis, and behind them the length of the rest. The product of two
    sketches is at least that of the vectors (Cauchy-Schwarz on the rests), so a small one rules a pair out.
    """

    basis: Vectors | None = None

    @classmethod
    def learned_from(cls, vectors: Vectors) -> Sketch:
        """Take the main directions of some of the vectors; vectors that are short or few are kept whole."""
        some = vectors[:_LEARNED_FROM].astype(np.float64)
        if len(some) < 4 * _KEPT or some.shape[1] < 2 * _KEPT:
            return cls()
        _, directions = np.linalg.eigh(some.T @ some)
        return cls(np.ascontiguousarray(directions[:, ::-1][:, :_KEPT], np.float32))

    def of(self, vectors: Vectors) -> Vectors:
        """Return the sketches of vectors, one a row."""
        if self.basis is None:
            return vectors
        head = vectors @ self.basis
        rest = np.maximum(1.0 - np.einsum("ij,ij->i", head, head), 0.0)
        return np.concatenate([head, np.sqrt(rest)[:, None]], axis=1, dtype=np.float32)

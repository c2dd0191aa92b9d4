"""The port every encoder of text fills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their likeness."""

    @property
    def id(self) -> str:
        """The SHA-256 of the model: vectors of different ids are never compared."""

    @property
    def dim(self) -> int:
        """The length of every vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length a text, as float32 of shape (len(texts), dim)."""

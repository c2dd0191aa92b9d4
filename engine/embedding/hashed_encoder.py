"""A stand-in encoder for tests: hashed words and letters, no model, no files."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from engine.embedding.port import Vectors


class HashedEncoder:
    """Encodes texts by the hashes of their words and letter trigrams; texts that share them are near each other.

    `calls` lists what was asked for, in order, so that a test can see when the encoder was not needed.
    """

    def __init__(self, dim: int = 256) -> None:
        self.dim = dim
        self.id = hashlib.sha256(f"hashed-{dim}".encode()).hexdigest()
        self.calls: list[tuple[str, ...]] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length a text, as float32 of shape (len(texts), dim)."""
        self.calls.append(tuple(texts))
        found = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            for part, weight in _parts(text.casefold()):
                code = crc32(part.encode())
                found[row, code % self.dim] += weight if code & 0x8000_0000 else -weight
            if not found[row].any():
                found[row, 0] = 1.0
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def _parts(text: str) -> list[tuple[str, float]]:
    words = text.split()
    padded = f" {' '.join(words)} "
    return [(word, 2.0) for word in words] + [(padded[at : at + 3], 0.5) for at in range(len(padded) - 2)]

"""An encoder that keeps its vectors in a file, so that a data set is encoded once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from engine.embedding import Encoder, Vectors

_AT_ONCE = 512


class CachedEncoder:
    """Answers from an npz file, keyed by the SHA-256 of a text and its encoder; `load` brings in what is missing."""

    def __init__(self, encoder: Encoder, path: Path | None = None) -> None:
        self._encoder = encoder
        self._path = path
        self._known: dict[str, Vectors] = {}
        if path is not None and path.exists():
            with np.load(path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    @property
    def id(self) -> str:
        """The SHA-256 of the model."""
        return self._encoder.id

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return self._encoder.dim

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length a text, as float32 of shape (len(texts), dim)."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        keys = [self._key(text) for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._known.update(zip(missing, self._encoder.encode(list(missing.values())), strict=True))
        return np.stack([self._known[key] for key in keys])

    def load(self, texts: Sequence[str]) -> None:
        """Encode what is not known yet and write the file, whole or not at all."""
        missing = sorted({text for text in texts if self._key(text) not in self._known})
        for start in range(0, len(missing), _AT_ONCE):
            self.encode(missing[start : start + _AT_ONCE])
        if missing:
            self.save()

    def save(self) -> None:
        """Write the file, whole or not at all."""
        if self._path is not None and self._known:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(f".{os.getpid()}.npz")
            np.savez(part, keys=np.asarray(list(self._known)), vectors=np.stack(list(self._known.values())))
            part.replace(self._path)

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{text}\n{self.id}".encode()).hexdigest()

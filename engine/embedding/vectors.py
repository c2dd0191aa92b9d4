"""Vectors that need not be computed again: those shipped with the program, and those of this process."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.embedding.port import Encoder, Vectors
from engine.understanding.plain import plain

CAPACITY = 8_192  # vectors of 384 numbers: 13 MB


@dataclass(frozen=True)
class PrecomputedVectors:
    """Half-precision vectors by the hash of their plain text; `keys` are sorted. No text is kept."""

    model: str
    keys: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.float16]

    @classmethod
    def of(cls, encoder: Encoder, texts: Iterable[str]) -> PrecomputedVectors:
        """Encode the plain forms of `texts`, each once."""
        by_key = {_key(form): form for form in sorted({plain(text) for text in texts})}
        keys = sorted(by_key)
        rows = encoder.encode([by_key[key] for key in keys]).astype(np.float16)
        return cls(encoder.id, np.asarray(keys, np.uint64), rows.reshape(len(keys), -1))

    @classmethod
    def load(cls, path: Path) -> PrecomputedVectors:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as file:
            return cls(str(file["model"]), file["keys"], file["rows"])

    def save(self, path: Path) -> None:
        """Write the vectors to `path` (.npz); equal vectors give equal bytes."""
        with path.open("wb") as file:
            np.savez(file, model=np.asarray(self.model), keys=self.keys, rows=self.rows)

    def find(self, form: str) -> npt.NDArray[np.float16] | None:
        """Return the vector of a plain text, or None."""
        key = np.uint64(_key(form))
        at = int(np.searchsorted(self.keys, key))
        if at == len(self.keys) or self.keys[at] != key:
            return None
        row: npt.NDArray[np.float16] = self.rows[at]
        return row


class VectorCache:
    """An encoder that knows vectors by plain text and asks another encoder only for new ones.

    `shipped` is a file of precomputed vectors, read when first needed; one made with another model, or none at all,
    counts as empty. Every vector passes through half precision, so that it is the same wherever it came from.
    """

    def __init__(self, encoder: Encoder, shipped: Path | None = None, capacity: int = CAPACITY) -> None:
        self._encoder = encoder
        self._shipped = shipped
        self._capacity = capacity
        self._known: OrderedDict[str, npt.NDArray[np.float16]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def id(self) -> str:
        """The SHA-256 of the model."""
        return self._encoder.id

    @property
    def dim(self) -> int:
        """The length of every vector."""
        return self._encoder.dim

    @cached_property
    def precomputed(self) -> PrecomputedVectors | None:
        """The shipped vectors, where they are of this model."""
        if self._shipped is None or not self._shipped.is_file():
            return None
        loaded = PrecomputedVectors.load(self._shipped)
        return loaded if loaded.model == self.id else None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length a text, as float32 of shape (len(texts), dim)."""
        return _unit(self.halves(texts).astype(np.float32))

    def halves(self, texts: Sequence[str]) -> npt.NDArray[np.float16]:
        """Return the vectors as they are kept, in half precision."""
        forms = [plain(text) for text in texts]
        found = {form: self._find(form) for form in dict.fromkeys(forms)}
        missing = [form for form, row in found.items() if row is None]
        if missing:
            fresh = self._encoder.encode(missing).astype(np.float16)
            found.update(zip(missing, fresh, strict=True))
            self._keep(zip(missing, fresh, strict=True))
        return np.asarray([found[form] for form in forms], np.float16).reshape(len(forms), self.dim)

    def vector(self, text: str) -> Vectors:
        """Return the vector of one text, of shape (dim,)."""
        row: Vectors = self.encode([text])[0]
        return row

    def add(self, texts: Sequence[str], vectors: npt.NDArray[Any]) -> None:
        """Take in vectors that were stored elsewhere under this model's id."""
        self._keep(zip((plain(text) for text in texts), np.asarray(vectors, np.float16), strict=True))

    def _find(self, form: str) -> npt.NDArray[np.float16] | None:
        with self._lock:
            row = self._known.get(form)
            if row is not None:
                self._known.move_to_end(form)
                return row
        return self.precomputed.find(form) if self.precomputed else None

    def _keep(self, rows: Iterable[tuple[str, npt.NDArray[np.float16]]]) -> None:
        with self._lock:
            for form, row in rows:
                self._known[form] = row
                self._known.move_to_end(form)
            while len(self._known) > self._capacity:
                self._known.popitem(last=False)


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Vectors = rows / np.maximum(lengths, np.float32(1e-12))
    return unit


def _key(form: str) -> int:
    return int.from_bytes(hashlib.sha256(form.encode()).digest()[:8], "big")

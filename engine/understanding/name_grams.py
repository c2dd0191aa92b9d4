"""Names compared by groups of two to four letters, weighted by how rare they are among the names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

_SIZE = 2**15

Codes = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]


def name_codes(name: str) -> Codes:
    """Return the sorted hashes of the groups of two to four letters within each word of a name, its edges marked."""
    groups: set[bytes] = set()
    for word in name.encode().split():
        padded = b" " + word + b" "
        for length in (2, 3, 4):
            groups.update(padded[at : at + length] for at in range(len(padded) - length + 1))
    return np.asarray(sorted({crc32(group) % _SIZE for group in groups}), np.int64)


@dataclass(frozen=True, eq=False)
class NameGrams:
    """TF-IDF over names given by their letter groups (each counted once a name)."""

    codes: tuple[Codes, ...]
    starts: Codes
    rows: Codes
    rarity: Weights
    lengths: Weights

    @classmethod
    def of(cls, codes: Sequence[Codes]) -> NameGrams:
        """Weigh and index names given by their letter groups: idf = ln((1 + n) / (1 + df)) + 1."""
        sizes = np.asarray([len(each) for each in codes], np.int64)
        flat = np.concatenate(codes) if len(codes) else np.zeros(0, np.int64)
        frequency = np.bincount(flat, minlength=_SIZE)
        rarity = (np.log((1.0 + len(codes)) / (1.0 + frequency)) + 1.0).astype(np.float32)
        names = np.repeat(np.arange(len(codes)), sizes)
        squares = np.bincount(names, np.square(rarity[flat]), minlength=len(codes))
        lengths = np.sqrt(np.maximum(squares, 1e-9)).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
        return cls(tuple(codes), starts, names[np.argsort(flat, kind="stable")], rarity, lengths)

    def cosines(self, codes: Codes) -> Weights:
        """Return the TF-IDF cosine of a phrase with every name."""
        spans = [
            self.rows[start:stop]
            for start, stop in zip(self.starts[codes].tolist(), self.starts[codes + 1].tolist(), strict=True)
        ]
        if not spans:
            return np.zeros(len(self.lengths), np.float32)
        squared = np.square(self.rarity[codes])
        weights = np.repeat(squared, [len(span) for span in spans])
        shared = np.bincount(np.concatenate(spans), weights, minlength=len(self.lengths))
        result: Weights = (shared / (self.lengths * np.sqrt(squared.sum()))).astype(np.float32)
        return result

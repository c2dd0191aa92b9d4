"""Likeness of texts by the words and letters they share, with no model: hashed n-grams and their postings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np
import numpy.typing as npt

SIZE = 2**15

Codes = npt.NDArray[np.int32]
Counts = npt.NDArray[np.float32]


def ngram_codes(form: str) -> Codes:
    """Return the sorted hashes (below 2^15) of a plain text's words, word pairs, letter triples and quadruples."""
    words = form.encode().split()
    padded = b" " + b" ".join(words) + b" "
    grams = set(words)
    grams.update(left + b"\t" + right for left, right in pairwise(words))
    grams.update(padded[at : at + 3] for at in range(len(padded) - 2))
    grams.update(padded[at : at + 4] for at in range(len(padded) - 3))
    return np.asarray(sorted({crc32(gram) % SIZE for gram in grams}), np.int32)


@dataclass(frozen=True, eq=False)
class Postings:
    """For every n-gram, the texts that have it; `roots` are the square roots of the texts' numbers of n-grams."""

    starts: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    roots: Counts

    @classmethod
    def of(cls, codes: Sequence[Codes]) -> Postings:
        """Index texts given by their n-grams."""
        sizes = np.asarray([len(each) for each in codes], np.int64)
        flat = np.concatenate(codes) if len(codes) else np.zeros(0, np.int32)
        order = np.argsort(flat, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(flat, minlength=SIZE))]).astype(np.int64)
        roots = np.sqrt(np.maximum(sizes, 1)).astype(np.float32)
        return cls(starts, np.repeat(np.arange(len(codes)), sizes)[order], roots)

    def cosines(self, codes: Codes) -> Counts:
        """Return the cosine between one text's n-grams and each indexed text's."""
        parts = [
            self.rows[start:stop]
            for start, stop in zip(self.starts[codes].tolist(), self.starts[codes + 1].tolist(), strict=True)
        ]
        shared = np.bincount(np.concatenate(parts) if parts else self.rows[:0], minlength=len(self.roots))
        result: Counts = shared.astype(np.float32) / (self.roots * np.float32(max(len(codes), 1) ** 0.5))
        return result

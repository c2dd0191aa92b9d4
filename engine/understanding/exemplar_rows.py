"""The exemplars of a classifier as rows, and how like each of them a text is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from engine.understanding.kernel_ridge import Array
from engine.understanding.ngrams import Codes, Postings, ngram_codes
from engine.understanding.plain import plain

WIDTH = 0.5  # of the exponential kernel on cosines
LETTERS = 0.2  # weight of the n-grams' cosine: from 0.1 to 0.3 clean words lose a little, misspelt ones gain more
ITSELF = 1.0 + LETTERS


@dataclass(frozen=True, eq=False)
class Likeness:
    """A text's cosine with every row, and the kernel k = exp((cos - 1) / 0.5) + 0.2 · n-gram cosine."""

    cosines: Array
    kernel: Array


@dataclass(frozen=True, eq=False)
class Block:
    """Vectors of shape (n, dim), and the n-grams of the same texts."""

    vectors: Array
    codes: tuple[Codes, ...]
    postings: Postings

    @classmethod
    def of(cls, vectors: Array, codes: Sequence[Codes]) -> Block:
        """Index the n-grams."""
        return cls(np.ascontiguousarray(vectors, np.float32), tuple(codes), Postings.of(codes))


@dataclass(frozen=True, eq=False)
class ExemplarRows:
    """The vectors and n-grams of all rows: those fitted at first, shared by all that stem from them, and the added."""

    first: Block
    added: Block

    @classmethod
    def of(cls, forms: Sequence[str], vectors: Array, codes: Mapping[str, Codes]) -> ExemplarRows:
        """Take in plain texts with their vectors, shape (n, dim), and their n-grams as far as they are known."""
        block = Block.of(vectors, [codes[form] if form in codes else ngram_codes(form) for form in forms])
        return cls(block, Block.of(vectors[:0], ()))

    def with_row(self, form: str, vector: Array) -> ExemplarRows:
        """Return the rows with one more at the end."""
        added = self.added
        vectors = np.vstack([added.vectors, np.asarray(vector, np.float32)[None]])
        return ExemplarRows(self.first, Block.of(vectors, (*added.codes, ngram_codes(form))))

    def codes_of(self, numbers: Mapping[str, int]) -> Mapping[str, Codes]:
        """Return the n-grams of plain texts, given their rows."""
        codes = (*self.first.codes, *self.added.codes)
        return {form: codes[number] for form, number in numbers.items()}

    def like(self, texts: Sequence[str], vectors: Array) -> Block:
        """Return plain texts with their vectors, to be compared with the rows."""
        return Block.of(vectors, [ngram_codes(plain(text)) for text in texts])

    def __len__(self) -> int:
        """Return the number of rows, removed ones included."""
        return len(self.first.codes) + len(self.added.codes)

    def likeness(self, vector: Array, codes: Codes) -> Likeness:
        """Compare one text with every row."""
        cosines = np.concatenate([block.vectors @ vector for block in self._blocks])
        letters = np.concatenate([block.postings.cosines(codes) for block in self._blocks])
        return Likeness(cosines, kernel_of(cosines, letters))

    def vectors(self) -> Array:
        """Return all vectors, shape (n, dim)."""
        return np.concatenate([block.vectors for block in self._blocks])

    def factor_rows(self, first: int, last: int) -> Array:
        """Return the kernel of rows first … last - 1 with the rows before `last` (of those fitted at first)."""
        block = self.first
        cosines = block.vectors[first:last] @ block.vectors[:last].T
        letters = np.empty_like(cosines)
        for number in range(first, last):
            letters[number - first] = block.postings.cosines(block.codes[number])[:last]
        return kernel_of(cosines, letters)

    @property
    def _blocks(self) -> tuple[Block, ...]:
        return (self.first, self.added) if self.added.codes else (self.first,)


def kernel_of(cosines: Array, letters: Array) -> npt.NDArray[np.float32]:
    """Return exp((cosines - 1) / 0.5) + 0.2 · letters."""
    kernel = np.exp((cosines - np.float32(1.0)) / np.float32(WIDTH))
    kernel += np.float32(LETTERS) * letters
    result: Array = kernel
    return result

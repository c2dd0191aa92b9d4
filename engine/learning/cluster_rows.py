"""Unit vectors and which of them are near each other, in rows that only ever grow, so that values can share them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

BAND = 1e-5
"""How far a product in single precision may lie from the radius and still be on either side of it."""
_SLACK = 1e-4  # the same for sketches, whose rests are square roots of small differences
_PAIRS_AT_ONCE = 8_192
_DENSE = 0.03


@dataclass
class _Shelf:
    """Memory that values share; only the value that ends where the used part ends may go on writing."""

    rows: Vectors
    used: int


@dataclass(frozen=True, eq=False)
class Rows:
    """The first `count` rows of shared memory; `with_row` does not change the value it is called on."""

    count: int = 0
    _shelf: _Shelf = field(default_factory=lambda: _Shelf(np.empty((0, 0), np.float32), 0), repr=False)

    @classmethod
    def of(cls, vectors: Vectors) -> Rows:
        """Hold the rows of an array, which nobody may write to afterwards."""
        return cls(len(vectors), _Shelf(vectors, len(vectors)))

    @property
    def array(self) -> Vectors:
        """The rows, of shape (count, dim)."""
        return self._shelf.rows[: self.count]

    def with_row(self, vector: Vectors) -> Rows:
        """Return the rows with one more behind them."""
        shelf = self._shelf
        if shelf.used != self.count or self.count == len(shelf.rows):
            shelf = _Shelf(np.empty((_capacity(self.count), len(vector)), np.float32), self.count)
            if self.count:
                shelf.rows[: self.count] = self.array
        shelf.rows[self.count] = vector
        shelf.used = self.count + 1
        return Rows(self.count + 1, shelf)


def _capacity(count: int) -> int:
    return 16 + count + count // 4


@dataclass(frozen=True, eq=False)
class Sketched:
    """Vectors with their sketches, one a row in both."""

    vectors: Vectors
    sketches: Vectors


def may_be_near(one: Vectors, sketches: Vectors, cosine: float) -> Places:
    """Return the places of the sketches that a radius around a sketch does not rule out."""
    return np.flatnonzero(sketches @ one >= cosine - _SLACK)


def near_places(one: Vectors, others: Vectors, cosine: float, places: Places) -> Places:
    """Return those of some places of `others` whose vectors lie within a radius of a vector."""
    if not len(places):
        return places
    products = others[places] @ one
    return places[_decided(products, cosine, lambda at: exactly_near(one, others[places[at]], cosine))]


def near_pairs(texts: Sketched, left: Places, right: Places, cosine: float) -> tuple[Places, Places]:
    """Return the positions in `left` and `right` of all pairs of texts within a radius, in the order of both."""
    flat = np.flatnonzero((texts.sketches[left] @ texts.sketches[right].T).ravel() >= cosine - _SLACK)
    at_left, at_right = np.divmod(flat, len(right))
    if len(flat) > _DENSE * len(left) * len(right):
        products = (texts.vectors[left] @ texts.vectors[right].T).ravel()[flat]
    else:
        products = _products(texts.vectors, left[at_left], right[at_right])

    def exactly(at: int) -> bool:
        return exactly_near(texts.vectors[left[at_left[at]]], texts.vectors[right[at_right[at]]], cosine)

    kept = _decided(products, cosine, exactly)
    return at_left[kept], at_right[kept]


def _products(vectors: Vectors, left: Places, right: Places) -> Vectors:
    products = np.empty(len(left), np.float32)
    for start in range(0, len(left), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        np.einsum("ij,ij->i", vectors[left[part]], vectors[right[part]], out=products[part])
    return products


def _decided(products: Vectors, cosine: float, exactly: Callable[[int], bool]) -> Flags:
    found: Flags = products >= cosine - BAND
    for at in np.flatnonzero(found & (products < cosine + BAND)):
        found[at] = exactly(int(at))
    return found


def exactly_near(one: Vectors, other: Vectors, cosine: float) -> bool:
    """Tell whether two vectors lie within a radius, in double precision and one fixed order of adding.

    Products of blocks are rounded differently from block to block, which would make the answer one of chance.
    """
    return bool((one.astype(np.float64) * other.astype(np.float64)).sum() >= cosine)

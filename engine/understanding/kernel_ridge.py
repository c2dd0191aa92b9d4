"""The inverse of a kernel matrix that grows and shrinks by one row exactly.

P = (K + λI)⁻¹ is kept as the Cholesky factor of the rows fitted at first, in blocks, shared by all values that stem
from it, plus terms of rank one: adding a row borders the matrix, removing one takes its share away. No labels are in
it: the solution for any targets is a product, and the balance between classes can lie in the targets alone. The
factor is made when it is first needed: edits need it, predictions from a solution that is known already do not.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]
KernelRows = Callable[[int, int], Array]
Ridge = float | npt.NDArray[np.float64]
"""λ of all rows, or of each."""

BLOCK = 256


@dataclass(frozen=True, eq=False)
class Cholesky:
    """The lower factor L of K + λI: L's block rows left of the diagonal, and the inverses of its diagonal blocks."""

    panels: tuple[Array, ...]
    corners: tuple[Array, ...]
    size: int

    @classmethod
    def of(cls, size: int, rows: KernelRows, ridge: Ridge) -> Cholesky:
        """Factorise; `rows(first, last)` gives the kernel of those rows with all rows before `last`."""
        ridges = np.broadcast_to(np.asarray(ridge, np.float64), (size,))
        panels: list[Array] = []
        corners: list[Array] = []
        for first in range(0, size, BLOCK):
            last = min(first + BLOCK, size)
            kernel = rows(first, last)
            panel = kernel[:, :first].copy()
            for number, corner in enumerate(corners):
                at = slice(number * BLOCK, number * BLOCK + len(corner))
                panel[:, at] = (panel[:, at] - panel[:, : at.start] @ panels[number].T) @ corner.T
            rest = (kernel[:, first:] - panel @ panel.T).astype(np.float64)
            rest[np.diag_indices(last - first)] += ridges[first:last]
            panels.append(panel)
            corners.append(np.linalg.inv(np.linalg.cholesky(rest)).astype(np.float32))
        return cls(tuple(panels), tuple(corners), size)

    def forward(self, right: Array, start: int = 0) -> Array:
        """Return L⁻¹ · right, for one column or several; blocks before number `start` of `right` are zero."""
        solved = np.array(right, np.float32)
        begin = start * BLOCK
        for panel, corner in list(zip(self.panels, self.corners, strict=True))[start:]:
            at = slice(panel.shape[1], panel.shape[1] + len(corner))
            solved[at] = corner @ (solved[at] - panel[:, begin:] @ solved[begin : at.start])
        return solved

    def solve(self, right: Array, start: int = 0) -> Array:
        """Return (K + λI)⁻¹ · right, for one column or several; blocks before number `start` of `right` are zero."""
        solved = self.forward(right, start)
        for panel, corner in zip(reversed(self.panels), reversed(self.corners), strict=True):
            at = slice(panel.shape[1], panel.shape[1] + len(corner))
            solved[at] = corner.T @ solved[at]
            solved[: at.start] -= panel.T @ solved[at]
        return solved

    def diagonal(self) -> Array:
        """Return the diagonal of (K + λI)⁻¹: the squared lengths of L⁻¹'s columns."""
        result = np.zeros(self.size, np.float32)
        for number in range(len(self.panels)):
            at = slice(number * BLOCK, min((number + 1) * BLOCK, self.size))
            columns = np.zeros((self.size, at.stop - at.start), np.float32)
            columns[at] = np.eye(at.stop - at.start, dtype=np.float32)
            result[at] = np.square(self.forward(columns, number)).sum(axis=0)
        return result


class Factor:
    """A Cholesky factor that is made once, by whichever thread first asks for it."""

    def __init__(self, size: int, rows: KernelRows, ridge: Ridge) -> None:
        self.size = size
        self._rows = rows
        self._ridge = ridge
        self._lock = threading.Lock()
        self._made: Cholesky | None = None

    @property
    def made(self) -> Cholesky:
        """The factor itself (about a second at 5,000 rows, the first time)."""
        with self._lock:
            if self._made is None:
                self._made = Cholesky.of(self.size, self._rows, self._ridge)
            return self._made

    def make(self) -> None:
        """Make the factor now, where it is not made yet."""
        _ = self.made

    @property
    def is_made(self) -> bool:
        """Whether anything needed the factor so far."""
        return self._made is not None


@dataclass(frozen=True, eq=False)
class KernelInverse:
    """P = the factor's inverse, padded with zeros, plus `terms` (size, r) · diag(`signs`) · termsᵀ."""

    factor: Factor
    terms: Array
    signs: Array

    @classmethod
    def of(cls, factor: Factor) -> KernelInverse:
        """Begin with a factor and no terms."""
        return cls(factor, np.zeros((factor.size, 0), np.float32), np.zeros(0, np.float32))

    @property
    def size(self) -> int:
        """The number of rows, removed ones included."""
        return len(self.terms)

    def times(self, right: Array) -> Array:
        """Return P · right, for one column or several."""
        base = self.factor.size
        result = np.zeros_like(right, np.float32)
        first = np.flatnonzero(right[:base].any(axis=1) if right.ndim > 1 else right[:base])[:1]
        if len(first):  # nothing is to solve for a row that was added since
            result[:base] = self.factor.made.solve(right[:base], int(first[0]) // BLOCK)
        with np.errstate(invalid="ignore"):  # OpenBLAS raises this flag for some shapes of finite numbers
            result += self.terms @ (self.signs * (self.terms.T @ right).T).T
        return result

    def column(self, at: int) -> Array:
        """Return one column of P."""
        unit = np.zeros(self.size, np.float32)
        unit[at] = 1.0
        return self.times(unit)

    def diagonal(self) -> Array:
        """Return the diagonal of P."""
        result: Array = np.square(self.terms) @ self.signs
        result[: self.factor.size] += self.factor.made.diagonal()
        return result

    def bordered(self, column: Array, corner: float) -> tuple[KernelInverse, Array]:
        """Add a row with kernel values `column` to the others and `corner` (ridge included) to itself.

        Return the new inverse and the term u by which it grew: P' = (P padded with zeros) + u·uᵀ.
        """
        inner = self.times(column)
        rest = float(corner - column @ inner)
        term = np.append(-inner, np.float32(1.0)) / np.float32(np.sqrt(max(rest, 1e-6)))
        padded = np.vstack([self.terms, np.zeros((1, self.terms.shape[1]), np.float32)])
        return self._with(padded, term, 1.0), term

    def reduced(self, at: int) -> tuple[KernelInverse, Array]:
        """Remove row `at`, whose row and column of P become zero; return also the term u: P' = P - u·uᵀ."""
        column = self.column(at)
        term = column / np.float32(np.sqrt(column[at]))
        return self._with(self.terms, term, -1.0), term

    def _with(self, terms: Array, term: Array, sign: float) -> KernelInverse:
        grown = np.column_stack([terms, term]).astype(np.float32)
        return KernelInverse(self.factor, grown, np.append(self.signs, np.float32(sign)))

"""The clusters of one group of texts: every text is near a leader, and no two leaders are near each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from engine.learning.breathing import breathe
from engine.learning.cluster_rows import Places, Rows, Sketched, Vectors, near_pairs
from engine.learning.cluster_sketch import Sketch

FREE = -1
"""What stands in `leader_of` for a text that has no leader yet."""
_BLOCK = 512
_LEADERS_AT_ONCE = 4_096
_SKETCHED_AT = frozenset({512, 4_096})

Keys = npt.NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class GroupClusters:
    """Distinct texts with their leaders: `leader_of[place]` is the place of a text's leader, itself or another.

    Leaders are the lexicographically first maximal independent set in the order of `keys` (Blelloch, Fineman and Shun,
    2012): a text leads unless an earlier leader is near, and belongs to the first leader that is near. That is a
    function of the set of texts. `leading` holds the sketches of the texts `led_by`, also of some that lead no longer.
    """

    cosine: float
    keys: Keys = field(default_factory=lambda: np.empty(0, np.uint64))
    leader_of: Places = field(default_factory=lambda: np.empty(0, np.int64))
    led_by: Places = field(default_factory=lambda: np.empty(0, np.int64))
    sketch: Sketch = field(default_factory=Sketch, repr=False)
    rows: Rows = field(default_factory=Rows, repr=False)
    sketches: Rows = field(default_factory=Rows, repr=False)
    leading: Rows = field(default_factory=Rows, repr=False)

    @classmethod
    def of(cls, keys: Keys, vectors: Vectors, cosine: float) -> GroupClusters:
        """Find the leaders of texts from scratch; `keys` rise, and a text's place is where its key stands."""
        sketch = Sketch.learned_from(vectors)
        texts = Sketched(vectors, sketch.of(vectors))
        search = _Search(texts, cosine)
        for start in range(0, len(vectors), _BLOCK):
            breathe()
            search.take(np.arange(start, min(start + _BLOCK, len(vectors))))
        led_by = np.asarray(search.leaders, np.int64)
        rows, sketches = Rows.of(vectors), Rows.of(texts.sketches)
        return cls(cosine, keys, search.leader_of, led_by, sketch, rows, sketches, Rows.of(texts.sketches[led_by]))

    def grown(self, key: int, vector: Vectors) -> GroupClusters:
        """Return the texts with one more at the next place, which has no leader yet."""
        rows = self.rows.with_row(np.asarray(vector, np.float32))
        known = replace(
            self,
            keys=np.append(self.keys, np.uint64(key)),
            leader_of=np.append(self.leader_of, FREE),
            rows=rows,
            sketches=self.sketches.with_row(self.sketch.of(rows.array[-1:])[0]),
        )
        return _sketched_again(known) if rows.count in _SKETCHED_AT else known


def _sketched_again(known: GroupClusters) -> GroupClusters:
    sketch = Sketch.learned_from(known.rows.array)
    sketches = np.ascontiguousarray(sketch.of(known.rows.array))
    return replace(known, sketch=sketch, sketches=Rows.of(sketches), leading=Rows.of(sketches[known.led_by]))


class _Search:
    """One pass over texts in the order of their keys."""

    def __init__(self, texts: Sketched, cosine: float) -> None:
        self._texts = texts
        self._cosine = cosine
        self.leader_of = np.full(len(texts.vectors), FREE, np.int64)
        self.leaders: list[int] = []

    def take(self, free: Places) -> None:
        """Give the texts of a block their leaders, or make them leaders."""
        for start in range(0, len(self.leaders), _LEADERS_AT_ONCE):
            breathe()
            leaders = np.asarray(self.leaders[start : start + _LEADERS_AT_ONCE])
            at, leader = near_pairs(self._texts, free, leaders, self._cosine)
            held, first = np.unique(at, return_index=True)
            self.leader_of[free[held]] = leaders[leader[first]]
            free = np.delete(free, held)
            if not len(free):
                return
        self._among_themselves(free)

    def _among_themselves(self, free: Places) -> None:
        left, right = near_pairs(self._texts, free, free, self._cosine)
        starts = np.searchsorted(left, np.arange(len(free) + 1))
        waiting = np.ones(len(free), np.bool_)
        for at, place in enumerate(free):
            if waiting[at]:
                held = right[starts[at] : starts[at + 1]]
                held = held[waiting[held] & (held > at)]
                waiting[held] = False
                self.leader_of[free[held]] = place
                self.leader_of[place] = place
                self.leaders.append(int(place))


def members_of(clusters: GroupClusters) -> Mapping[int, Sequence[int]]:
    """Return the places each leader leads, itself among them, in the order of their keys."""
    order = np.lexsort((clusters.keys, clusters.leader_of))
    leaders, starts = np.unique(clusters.leader_of[order], return_index=True)
    parts = np.split(order, starts[1:])
    return {int(leader): [int(place) for place in part] for leader, part in zip(leaders, parts, strict=True)}

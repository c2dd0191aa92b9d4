"""The indexes of the last homes seen, so that a turn does not index the names again."""

from __future__ import annotations

import threading
from weakref import WeakValueDictionary

from engine.understanding.home_index import HomeIndex
from engine.understanding.snapshot import Snapshot

_MADE: WeakValueDictionary[str, HomeIndex] = WeakValueDictionary()  # by anybody


class HomeIndexes:
    """Keeps the indexes of the last `keep` sets of names; states do not matter, and nobody makes what another has."""

    def __init__(self, keep: int = 4) -> None:
        self._keep = keep
        self._indexes: dict[str, HomeIndex] = {}
        self._lock = threading.Lock()

    def of(self, snapshot: Snapshot) -> HomeIndex:
        """Return an index over the snapshot's names; the states in it may be those of an earlier moment."""
        known = self._indexes.get(snapshot.names_digest)
        if known is None:
            known = _MADE.get(snapshot.names_digest) or HomeIndex.of(snapshot)
            _MADE[snapshot.names_digest] = known
            with self._lock:
                while len(self._indexes) >= self._keep:
                    self._indexes.pop(next(iter(self._indexes)))
                self._indexes[snapshot.names_digest] = known
        return known

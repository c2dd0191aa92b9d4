"""How clusters are made whole again after one more text, touching only what it can have changed."""

from __future__ import annotations

import heapq
from dataclasses import replace

import numpy as np

from engine.learning.cluster_group import FREE, GroupClusters
from engine.learning.cluster_rows import Places, Vectors, may_be_near, near_places

_LOOSE = 1e-3


def with_text(clusters: GroupClusters, key: int, vector: Vectors) -> GroupClusters:
    """Return the clusters with one more text at the next place: the same as from scratch."""
    return _Repair(clusters.grown(key, vector)).settle(len(clusters.keys))


class _Repair:
    """Texts whose leader is in question, decided about in the order of their keys.

    Each decision can unsettle only later texts, so every text is decided about once.
    """

    def __init__(self, clusters: GroupClusters) -> None:
        self._clusters = clusters
        self._keys = clusters.keys
        self._vectors = clusters.rows.array
        self._sketches = clusters.sketches.array
        self._leader_of = clusters.leader_of  # an array of its own since the clusters have grown
        self._leading = clusters.leading
        self._led_by = clusters.led_by
        self._waiting: list[tuple[int, int]] = []

    def settle(self, place: int) -> GroupClusters:
        """Decide about the text at a place, and then about all that this unsettles."""
        self._wait(place)
        while self._waiting:
            _, place = heapq.heappop(self._waiting)
            self._decide(place)
        return replace(self._clusters, leader_of=self._leader_of, leading=self._leading, led_by=self._led_by)

    def _wait(self, place: int) -> None:
        heapq.heappush(self._waiting, (int(self._keys[place]), place))

    def _decide(self, place: int) -> None:
        holding = self._earlier_leaders_near(place)
        led = self._leader_of[place] == place
        if len(holding):
            self._leader_of[place] = holding[np.argmin(self._keys[holding])]
            if led:
                self._release(place)
        elif not led:
            self._lead(place)

    def _earlier_leaders_near(self, place: int) -> Places:
        around = self._leaders_around(place, self._clusters.cosine)
        earlier = around[self._keys[around] < self._keys[place]]
        return near_places(self._vectors[place], self._vectors, self._clusters.cosine, earlier)

    def _leaders_around(self, place: int, cosine: float) -> Places:
        """Return the leaders that a radius around a text does not rule out."""
        if not self._leading.count:
            return np.empty(0, np.int64)
        around = self._led_by[may_be_near(self._sketches[place], self._leading.array, cosine)]
        leads: Places = around[self._leader_of[around] == around]
        return leads

    def _release(self, place: int) -> None:
        """Let those that the text at a place led be decided about again."""
        for held in np.flatnonzero(self._leader_of == place):
            self._leader_of[held] = FREE
            self._wait(int(held))

    def _lead(self, place: int) -> None:
        """Make the text at a place a leader; later texts near it, whose leaders are later, are decided about again."""
        cosine = self._clusters.cosine
        # A text near this one has a leader within twice the angle of this one.
        twice = 2.0 * cosine**2 - 1.0 if cosine > 0.0 else -1.0
        around = self._leaders_around(place, twice - _LOOSE)
        later = np.zeros(len(self._keys) + 1, np.bool_)  # the last is for those that wait, whose leader is FREE
        later[around[self._keys[around] > self._keys[place]]] = True
        self._leader_of[place] = place
        self._led_by = np.append(self._led_by, place)
        self._leading = self._leading.with_row(self._sketches[place])
        held = np.flatnonzero(later[self._leader_of])
        held = held[may_be_near(self._sketches[place], self._sketches[held], cosine)]
        held = held[self._keys[held] > self._keys[place]]
        for other in near_places(self._vectors[place], self._vectors, cosine, held):
            self._wait(int(other))

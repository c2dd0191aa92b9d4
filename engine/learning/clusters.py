"""Clusters: what says the same, whatever order it arrived in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from engine.learning.breathing import breathe
from engine.learning.cluster_group import GroupClusters, members_of
from engine.learning.cluster_log import TextLog
from engine.learning.cluster_repair import with_text
from engine.learning.cluster_rows import Vectors
from engine.understanding.plain import plain

STRICT = 0.85
"""The cosine two texts have at least that count as the same where nobody said what they should have been."""

Group = tuple[str, str]


@dataclass(frozen=True, eq=False)
class Item:
    """One piece of evidence: `group` is its type and what it should have been ("" where nobody said so).

    `vector` is that of the plain form of `text`, of unit length.
    """

    id: str
    group: Group
    text: str
    vector: Vectors


@dataclass(frozen=True)
class Radii:
    """The least cosine to a leader: of unlabelled groups, and of those that say what should have been."""

    strict: float = STRICT
    labelled: float = STRICT

    def of(self, group: Group) -> float:
        """Return the radius of a group, as a cosine."""
        return self.labelled if group[1] else self.strict


@dataclass(frozen=True)
class Cluster:
    """Items of one group near one leading text, ordered by id; `texts` are the plain ones, `leader` first."""

    group: Group
    leader: str
    texts: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Texts:
    """The distinct plain texts of one group, who said them, and their clusters; all by place."""

    log: TextLog
    found: GroupClusters

    def with_item(self, item: Item, text: str) -> _Texts:
        known = self.log.place(text) is not None
        found = self.found if known else with_text(self.found, _key(item.group, text), item.vector)
        return _Texts(self.log.with_entry(text, item.id), found)


@dataclass(frozen=True, eq=False)
class Clusters:
    """All clusters of a set of items: a function of the set, so that adding one by one comes to the same.

    Exact duplicates are one text. Within a group, texts are taken in the order of SHA-256(group, text).
    """

    radii: Radii = Radii()
    _groups: Mapping[Group, _Texts] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, items: Iterable[Item], radii: Radii | None = None) -> Clusters:
        """Cluster items from scratch: about 10 s and 500 MB for 100,000 texts in one group."""
        chosen = radii or Radii()
        groups: dict[Group, dict[str, list[Item]]] = {}
        for item in items:
            breathe()
            groups.setdefault(item.group, {}).setdefault(plain(item.text), []).append(item)
        return cls(chosen, {group: _texts(group, texts, chosen.of(group)) for group, texts in groups.items()})

    def with_item(self, item: Item) -> Clusters:
        """Return the clusters with one more item; an item already there changes nothing."""
        known = self._groups.get(item.group) or _Texts(TextLog(), GroupClusters(self.radii.of(item.group)))
        return replace(self, _groups={**self._groups, item.group: known.with_item(item, plain(item.text))})

    def all(self) -> tuple[Cluster, ...]:
        """Return every cluster, in the order of groups and leaders."""
        return tuple(cluster for group in sorted(self._groups) for cluster in _clusters(group, self._groups[group]))


def cluster(items: Iterable[Item], radii: Radii | None = None) -> tuple[Cluster, ...]:
    """Return the clusters of a set of items, whatever order they come in."""
    return Clusters.of(items, radii).all()


def _key(group: Group, text: str) -> int:
    said = "\x00".join((*group, text)).encode()
    return int.from_bytes(hashlib.sha256(said).digest()[:8], "big")


def _texts(group: Group, texts: Mapping[str, Sequence[Item]], cosine: float) -> _Texts:
    keys = {text: _key(group, text) for text in texts}
    ordered = sorted(texts, key=keys.__getitem__)
    vectors = np.empty((len(ordered), len(texts[ordered[0]][0].vector)), np.float32)
    for place, text in enumerate(ordered):
        breathe()
        vectors[place] = texts[text][0].vector
    found = GroupClusters.of(np.asarray([keys[text] for text in ordered], np.uint64), vectors, cosine)
    log = TextLog()
    for text in ordered:
        breathe()
        for item in texts[text]:
            log = log.with_entry(text, item.id)
    return _Texts(log, found)


def _clusters(group: Group, known: _Texts) -> Iterable[Cluster]:
    texts, ids = known.log.by_place()
    found = [
        Cluster(
            group,
            texts[leader],
            (texts[leader], *(texts[place] for place in places if place != leader)),
            tuple(sorted(item for place in places for item in ids[place])),
        )
        for leader, places in members_of(known.found).items()
    ]
    return sorted(found, key=lambda one: one.leader)

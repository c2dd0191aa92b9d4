"""The short way to a fold: where one change came or went, and nothing else speaks of the same, only its row moves."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import compress, count
from operator import attrgetter, is_not
from typing import Any

from engine.learning.changes import ExemplarChange
from engine.learning.fold import ActiveChange
from engine.understanding.knowledge import Knowledge

_NUMBER = attrgetter("improvement")
_SAID = attrgetter("said")
_FIELDS: Mapping[str, str] = {
    "alias": "aliases",
    "synonym": "synonyms",
    "command": "commands",
    "exemplar": "learned",
    "pattern": "patterns",
}


def refolded(
    knowledge: Knowledge, before: Sequence[ActiveChange], after: Sequence[ActiveChange], version: int
) -> Knowledge | None:
    """Return what `after` folds to, given `knowledge` that `before` folded to; None where the long way must be gone."""
    at = next(compress(count(), map(is_not, before, after)), min(len(before), len(after)))
    if len(knowledge.payloads) != len(before):
        return None
    if len(after) == len(before) + 1 and tuple(after[at + 1 :]) == tuple(before[at:]):
        return _with(knowledge, after[at], at, before, version)
    if len(after) + 1 == len(before) and tuple(before[at + 1 :]) == tuple(after[at:]):
        return _without(knowledge, before[at], at, after, version)
    return None


def _with(
    knowledge: Knowledge, one: ActiveChange, at: int, others: Sequence[ActiveChange], version: int
) -> Knowledge | None:
    name = _FIELDS.get(one.change.type)
    if name is None or not _alone(one, others):
        return None
    rows = getattr(knowledge, name)
    place = bisect_right(rows, one.number, key=_NUMBER)
    rows = (*rows[:place], one.row, *rows[place:])
    payloads = (*knowledge.payloads[:at], one.payload, *knowledge.payloads[at:])
    moved: dict[str, Any] = {name: rows, "payloads": payloads, "version": version, "near": knowledge.nearest}
    return replace(knowledge, **moved)


def _without(
    knowledge: Knowledge, one: ActiveChange, at: int, others: Sequence[ActiveChange], version: int
) -> Knowledge | None:
    name = _FIELDS.get(one.change.type)
    if name is None or not _alone(one, others):
        return None
    known = getattr(knowledge, name)
    first, last = (by(known, one.number, key=_NUMBER) for by in (bisect_left, bisect_right))
    kept = [row for row in known[first:last] if row is not one.row]
    if len(kept) + 1 != last - first:
        return None
    rows = (*known[:first], *kept, *known[last:])
    payloads = (*knowledge.payloads[:at], *knowledge.payloads[at + 1 :])
    moved: dict[str, Any] = {name: rows, "payloads": payloads, "version": version, "near": knowledge.nearest}
    return replace(knowledge, **moved)


def _alone(one: ActiveChange, others: Sequence[ActiveChange]) -> bool:
    """Tell whether no other change says anything of the same; examples add up."""
    if isinstance(one.change, ExemplarChange):
        return True
    said = one.said
    found = list(map(_SAID, others))  # looked through by what is fastest: there are thousands
    same = [other for other, what in zip(others, found, strict=True) if what == said] if said in found else []
    return all(isinstance(other.change, ExemplarChange) for other in same)

"""The answers a question about targets offers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from engine.understanding.interpretation import Choice, Reason
from engine.understanding.scope import Resolution, Scope
from engine.understanding.snapshot import Snapshot

MAX_CHOICES = 6


def ambiguous(ids: Iterable[str], scope: Scope) -> Resolution:
    """Return the question which of several things is meant."""
    return Resolution(reason=Reason.AMBIGUOUS_NAME, choices=_each(ids, scope.index.snapshot))


def offered(ids: Sequence[str], snapshot: Snapshot) -> tuple[Choice, ...]:
    """Return the things themselves where they are few of one kind, else the rooms they are in."""
    if len({i.partition(".")[0] for i in ids}) != 1:
        return ()
    if len(ids) <= MAX_CHOICES:
        return _each(ids, snapshot)
    by_area: dict[str, list[str]] = {}
    for i in ids:
        area = snapshot.by_id[i].area
        if area:
            by_area.setdefault(snapshot.areas_by_id[area].name, []).append(i)
    rooms = list(by_area.items())[:MAX_CHOICES]
    return tuple(Choice(name, tuple(sorted(members))) for name, members in rooms)


def _each(ids: Iterable[str], snapshot: Snapshot) -> tuple[Choice, ...]:
    chosen = sorted(ids)
    names = [snapshot.by_id[i].name for i in chosen]
    bearers = Counter(names)
    labelled = [
        (name if bearers[name] == 1 else f"{name} ({_place_name(i, snapshot)})", i)
        for i, name in zip(chosen, names, strict=True)
    ]
    return tuple(Choice(label, (i,)) for label, i in labelled[:MAX_CHOICES])


def _place_name(entity_id: str, snapshot: Snapshot) -> str:
    area = snapshot.by_id[entity_id].area
    return snapshot.areas_by_id[area].name if area else entity_id

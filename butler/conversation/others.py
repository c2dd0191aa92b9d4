"""What "the other one" can be, seen from what was taken before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.understanding.interpretation import Interpretation
from engine.understanding.plain import plain
from engine.understanding.snapshot import Entity, Snapshot

_OTHER = re.compile(r"(?:the |that |my )?other(?: \w+)?")


def means_other(wanted: str) -> bool:
    """Tell whether what was wanted is only "the other one"."""
    return bool(_OTHER.fullmatch(plain(wanted)))


def others(snapshot: Snapshot, attempt: Interpretation, wanted: str) -> list[Entity]:
    """Return the things of the kind that was taken which were not: those of the same name or room, if there are any."""
    taken = [snapshot.by_id[i] for i in attempt.targets if i in snapshot.by_id]
    domains = {entity.domain for entity in taken}
    pool = [e for e in snapshot.entities if e.exposed and e.domain in domains and e not in taken]
    nouns = {plain(wanted).split()[-1]} - {"other", "one", "ones"} or {plain(e.name).split()[-1] for e in taken}
    areas = {entity.area for entity in taken}
    return _first(
        [e for e in pool if _called(e, set(plain(attempt.mention or "").split()))],
        [e for e in pool if e.area in areas and _called(e, nouns)],
        [e for e in pool if _called(e, nouns)],
        [e for e in pool if e.area in areas],
        pool,
    )


def _first(*groups: Sequence[Entity]) -> list[Entity]:
    """Return the first group that has any."""
    return list(next((group for group in groups if group), ()))


def _called(entity: Entity, words: set[str]) -> bool:
    return bool(words) and any(words <= set(plain(name).split()) for name in (entity.name, *entity.aliases))

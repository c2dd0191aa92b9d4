"""The names in a home that are nearest to what was said, for a question that names real things."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import fuzz

from engine.understanding.plain import plain
from engine.understanding.snapshot import Snapshot

MOST_OFFERED = 4
NEAR_ENOUGH = 35.0


def nearest_names(
    snapshot: Snapshot, said: str, *, domains: Collection[str] = (), most: int = MOST_OFFERED
) -> list[tuple[str, str]]:
    """Return (name, entity id) of the exposed entities whose names are most like `said`, best first.

    `domains`, if any, are those the entities are of.
    """
    wanted = plain(said)
    scored = []
    for entity in snapshot.entities:
        if entity.exposed and (not domains or entity.domain in domains):
            score = max(_likeness(wanted, plain(name)) for name in (entity.name, *entity.aliases))
            scored.append((-score, entity.name, entity.entity_id))
    return [(name, i) for score, name, i in sorted(scored)[:most] if -score >= NEAR_ENOUGH]


def _likeness(wanted: str, name: str) -> float:
    ordered = fuzz.ratio(" ".join(sorted(wanted.split())), " ".join(sorted(name.split())))
    return max(fuzz.ratio(wanted, name), ordered, 0.9 * fuzz.partial_ratio(wanted, name))

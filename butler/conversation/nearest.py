"""The names in a home that are nearest to what was said, for a question that names real things."""

from __future__ import annotations

import re
from collections.abc import Collection

from rapidfuzz import fuzz

from butler.conversation.phrasing import the
from engine.understanding.home_index import key_of
from engine.understanding.snapshot import Entity, Snapshot

MOST_OFFERED = 4
NEAR_ENOUGH = 40.0
_LITTLE = frozenset(["by", "in", "on", "at", "of", "near", "next", "to", "for", "with", "over", "under", "behind"])
_SAME_START = 90.0  # likeness of "bed" and "bedside": one word begins with the other
_SHORTEST_START = 3
_SAME_STEM = 80.0  # likeness of "washer" and "washing": the first four letters are the same
_STEM = 4
_WHOLE_ALIKE = 65.0
_ENTITY_ID = re.compile(r"\b[a-z_]+\.[a-z0-9_]+\b")
_LEAST_ALIKE = 70.0


def nearest_names(
    snapshot: Snapshot, said: str, *, domains: Collection[str] = (), most: int = MOST_OFFERED
) -> list[tuple[str, str]]:
    """Return (name, entity id) of the exposed entities whose names are most like `said`, best first.

    `domains`, if any, are those the entities are of.
    """
    wanted = _words(said)
    scored = []
    for entity in snapshot.entities:
        if wanted and entity.exposed and (not domains or entity.domain in domains):
            score = max(_likeness(wanted, _words(name)) for name in _names(entity, snapshot))
            scored.append((-score, entity.name, entity.entity_id))
    return [(name, i) for score, name, i in sorted(scored)[:most] if -score >= NEAR_ENOUGH]


def _names(entity: Entity, snapshot: Snapshot) -> list[str]:
    """Return an entity's names, and its name with that of its room: "reading corner light" may be said of either."""
    area = snapshot.areas_by_id.get(entity.area or "")
    return [entity.name, *entity.aliases, *([f"{area.name} {entity.name}"] if area else [])]


def _words(name: str) -> list[str]:
    words = key_of(name).split()
    return [word for word in words if word not in _LITTLE] or words


def _likeness(wanted: list[str], name: list[str]) -> float:
    """Return how alike two phrases are in 0-100: the words in common, both ways, and their letters as a whole."""
    if not name:
        return 0.0
    said = [max(_alike(word, other) for other in name) for word in wanted]
    back = [max(_alike(word, other) for other in wanted) for word in name]
    words = 0.6 * sum(said) / len(said) + 0.4 * sum(back) / len(back)
    whole = float(fuzz.ratio(" ".join(wanted), " ".join(name)))
    return max(words, whole if whole >= _WHOLE_ALIKE else 0.0)


def _alike(one: str, other: str) -> float:
    shorter, longer = sorted((one, other), key=len)
    if shorter != longer and len(shorter) >= _SHORTEST_START and longer.startswith(shorter):
        return _SAME_START
    score = float(fuzz.ratio(one, other))
    if len(shorter) > _STEM and one[:_STEM] == other[:_STEM]:
        score = max(score, _SAME_STEM)
    return score if score >= _LEAST_ALIKE else 0.0


def by_name(snapshot: Snapshot, text: str) -> str:
    """Return a text with things called by their names instead of their ids."""

    def name(match: re.Match[str]) -> str:
        entity = snapshot.by_id.get(match.group())
        return the(entity.name) if entity else match.group()

    return _ENTITY_ID.sub(name, text)

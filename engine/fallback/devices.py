"""Which of the home's things a model is told of: the nearest to what was said, and none that is guarded."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from engine.understanding.home_index import READABLE, HomeIndex, words_of
from engine.understanding.nouns import singular
from engine.understanding.plain import plain
from engine.understanding.risk import is_guarded
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Entity

MOST = 30
_ALIKE = 0.5


def nearest_devices(
    text: str,
    index: HomeIndex,
    situation: Situation,
    domains: Sequence[str],
    *,
    likely: Collection[str] = (),
    most: int = MOST,
) -> tuple[Entity, ...]:
    """Return at most `most` things of the home in its order, those likeliest to be meant where there are more.

    Things that share a word or a room with the text come first, then names spelt alike, then those of the `likely`
    domains, then what can be switched at all.
    """
    home = situation.snapshot.by_id
    may = {*domains, *READABLE}
    known = [
        entity
        for entity in situation.snapshot.entities
        if entity.exposed and entity.domain in may and not is_guarded(entity, situation.risk, home)
    ]
    if len(known) <= most:
        return tuple(known)
    words = words_of(plain(text))
    shared = {entity.entity_id: 0 for entity in known}
    for word in {singular(word) for word in words}:
        for entity_id in index.tokens.get(word, ()):
            if entity_id in shared:
                shared[entity_id] += 1
    matches = index.fuzzy.search(" ".join(words), allowed=shared, limit=most)
    spelt = {match.key: match.score for match in matches if match.score >= _ALIKE}
    switched = frozenset(domains)

    def rank(at: int) -> tuple[float, float, bool, bool, int]:
        one = known[at]
        near = -spelt.get(one.entity_id, 0.0)
        return (-shared[one.entity_id], near, one.domain not in likely, one.domain not in switched, at)

    return tuple(known[at] for at in sorted(sorted(range(len(known)), key=rank)[:most]))

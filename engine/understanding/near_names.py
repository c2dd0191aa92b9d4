"""Names and places that were misspelt: the nearest one, where no other is as near."""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz.distance import OSA

from engine.understanding.home_index import Place, words_of
from engine.understanding.interpretation import Choice, Reason
from engine.understanding.kinds import domains_of, in_place
from engine.understanding.names import MARGIN, THRESHOLD, NameMatch
from engine.understanding.nouns import singular
from engine.understanding.offers import MAX_CHOICES, ambiguous
from engine.understanding.phrases import Phrase
from engine.understanding.plain import plain
from engine.understanding.scope import Resolution, Scope

PLACE_THRESHOLD = 0.74
LONELY = 0.66  # a name this near is meant when no other comes within LONELY_MARGIN of it
LONELY_MARGIN = 0.15
WORTH_OFFERING = 0.55

_ROOMS = frozenset(
    """
    attic loft conservatory pantry den library sauna gym porch balcony terrace patio basement cellar bathroom bedroom
    kitchen office garage garden hall hallway study nursery utility laundry cloakroom toilet loo wc lounge parlour
    sunroom closet cupboard shed barn stable greenhouse guest ensuite lobby foyer landing staircase stairs corridor
    workshop studio veranda deck pool driveway upstairs downstairs mudroom playroom
    """.split()
)


def nearest(phrase: Phrase, text: str, scope: Scope) -> Resolution:
    """Return the thing whose name is clearly nearest to `text`, a question between near ones, or why there is none."""
    if not scope.fuzzy:
        return Resolution(reason=Reason.UNKNOWN_NAME)
    by_place = _misspelt_place(phrase, scope)
    key = " ".join(words_of(text))
    matches = _search(key, phrase, scope)
    best = matches[0].score if matches else 0.0
    second = matches[1].score if len(matches) > 1 else 0.0
    if _is_clear(best, second) and _may_be(matches[0].name, key, phrase):
        return Resolution((matches[0].key,), exact=False, used=phrase.used)
    if by_place:
        return by_place
    if best >= THRESHOLD and second >= THRESHOLD:
        return ambiguous([match.key for match in matches if match.score >= best - MARGIN], scope)
    return _unknown(phrase, matches, scope)


def _unknown(phrase: Phrase, matches: list[NameMatch], scope: Scope) -> Resolution:
    placed = bool(phrase.linked) or (phrase.noun is not None and looks_like_place(phrase.rest))
    by_id = scope.index.snapshot.by_id
    near = [Choice(by_id[match.key].name, (match.key,)) for match in matches if match.score >= WORTH_OFFERING]
    reason = Reason.UNKNOWN_PLACE if placed and phrase.place is None else Reason.UNKNOWN_NAME
    return Resolution(reason=reason, choices=tuple(near[:3]))


def _is_clear(best: float, second: float) -> bool:
    """Tell whether a name is near enough and well before the next; a farther one must stand alone."""
    return (best >= THRESHOLD and best - second >= MARGIN) or (best >= LONELY and best - second >= LONELY_MARGIN)


def _search(key: str, phrase: Phrase, scope: Scope) -> list[NameMatch]:
    domains = domains_of(phrase.noun, scope) if phrase.noun_words else scope.domains

    def allowed(entity_id: str) -> bool:
        return not domains or entity_id.partition(".")[0] in domains

    matches = scope.index.fuzzy.search(key, allowed=allowed, limit=MAX_CHOICES)
    if phrase.noun and "light" in phrase.noun.domains and phrase.noun_words and phrase.noun_words[-1] != "light":
        as_light = " ".join((*phrase.rest, *phrase.place_words, "light"))
        other = scope.index.fuzzy.search(as_light, allowed=allowed, limit=MAX_CHOICES)
        return max(matches, other, key=lambda found: found[0].score if found else 0.0)
    return matches


def _may_be(name: str, key: str, phrase: Phrase) -> bool:
    """Tell whether every describing word has a close word in the name: a near name must not hide a different word."""
    have = [singular(word) for word in words_of(plain(name))]
    joined = "".join(have)
    if OSA.distance("".join(key.split()), joined) <= 1:
        return True
    return all(_has_close(singular(word), have, joined) for word in phrase.rest)


def _has_close(said: str, have: list[str], joined: str) -> bool:
    near, other = min(((OSA.distance(said, other), other) for other in have), default=(99, ""))
    slip = near <= max(1, len(said) // 4) and not (near > 1 and (said in other or other in said))
    return slip or said in joined.replace(other, "")


def _misspelt_place(phrase: Phrase, scope: Scope) -> Resolution | None:
    if phrase.place is not None or not phrase.rest or (phrase.noun is None and not scope.lenient):
        return None
    said = " ".join(phrase.rest)
    if len(said) < 4:
        return None
    matches = scope.index.fuzzy_places.search(said, limit=2)
    if not matches or matches[0].score < PLACE_THRESHOLD:
        return None
    if len(matches) > 1 and matches[0].score - matches[1].score < MARGIN:
        return None
    kind, _, name = matches[0].key.partition(":")
    place = Place(area=name) if kind == "area" else Place(floor=name)
    found = in_place(replace(phrase, place=place, place_words=words_of(plain(matches[0].name))), scope)
    return replace(found, exact=False) if found.targets or found.choices else None


def looks_like_place(words: tuple[str, ...]) -> bool:
    """Tell whether words speak of a room, known here or not."""
    return bool(words) and (words[-1] == "room" or not _ROOMS.isdisjoint(words))

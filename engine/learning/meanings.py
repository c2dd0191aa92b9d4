"""What phrases mean already: the home's own names first, then what was taught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from engine.learning.changes import WordChange
from engine.learning.fold import ActiveChange
from engine.learning.outcomes import Meaning
from engine.learning.words import contains_phrase, word_key
from engine.understanding.home_index import HomeIndex, key_of
from engine.understanding.home_indexes import HomeIndexes
from engine.understanding.snapshot import Snapshot
from engine.understanding.targets import Scope, resolve

_INDEXES = HomeIndexes()
_NOWHERE = -1
_REWRITING = frozenset({"command", "synonym"})


@dataclass(frozen=True)
class Meanings:
    """What phrases mean in one home with the changes in force."""

    snapshot: Snapshot
    active: tuple[ActiveChange, ...] = ()
    index: HomeIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", _INDEXES.of(self.snapshot))

    def of_home(self, phrase: str) -> Meaning | None:
        """Return what the home's own names say `phrase` is, exactly; or None."""
        key = key_of(phrase)
        # Only whole names: nobody named the front door "front".
        ids = self.index.whole_names.get(key, ())
        if ids:
            return Meaning("entity", self.snapshot.by_id[ids[0]].name, "home", tuple(sorted(ids)))
        for area in self.snapshot.areas:
            if key in {key_of(name) for name in (area.name, *area.aliases)}:
                return Meaning("area", area.name, "home", (area.id,))
        for floor in self.snapshot.floors:
            if key in {key_of(name) for name in (floor.name, *floor.aliases)}:
                return Meaning("floor", floor.name, "home", (floor.id,))
        return self._group(phrase)

    def taught(self, phrase: str, owner: str | None) -> ActiveChange | None:
        """Return the latest change that gives `phrase` a meaning for `owner` alone, or for everyone when None."""
        found = (a for a in self.of_phrase(phrase) if isinstance(a.change, WordChange) and a.change.owner == owner)
        return next(found, None)

    def taught_to(self, phrase: str, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return all changes that give `phrase` a meaning `speaker` may use, latest first."""
        words = (a for a in self.of_phrase(phrase) if isinstance(a.change, WordChange))
        return tuple(a for a in words if a.change.owner in {None, speaker})

    def of_phrase(self, phrase: str) -> tuple[ActiveChange, ...]:
        """Return all changes of the same phrase, whatever they say of it, latest first."""
        latest, earlier = self._places
        found: list[ActiveChange] = []
        place = latest.get(word_key(phrase), _NOWHERE)
        while place != _NOWHERE:
            found.append(self.active[place])
            place = earlier.get(place, _NOWHERE)
        return tuple(found)

    @cached_property
    def _places(self) -> tuple[dict[str, int], dict[int, int]]:
        """Where each word was given a meaning last, and where before that."""
        latest: dict[str, int] = {}
        earlier: dict[int, int] = {}
        for place, active in enumerate(self.active):
            before = latest.get(active.word)
            if before is not None:
                earlier[place] = before
            latest[active.word] = place
        return latest, earlier

    @cached_property
    def rewriting(self) -> tuple[ActiveChange, ...]:
        """All commands and synonyms: what is read as other words."""
        return tuple(a for a in self.active if a.change.type in _REWRITING)

    def _group(self, phrase: str) -> Meaning | None:
        found = resolve(phrase, Scope(self.index))
        if found.group and len(found.targets) > 1:
            names = ", ".join(self.snapshot.by_id[target].name for target in found.targets)
            return Meaning("group", names, "home", found.targets)
        return None


def meaning_of(active: ActiveChange, snapshot: Snapshot) -> Meaning:
    """Return a taught meaning as people may be told it."""
    change = active.change
    assert isinstance(change, WordChange)
    text: str = change.meaning
    targets: tuple[str, ...] = ()
    if change.type == "alias":
        named = snapshot.by_id.get(change.meaning) or snapshot.areas_by_id.get(change.meaning)
        text, targets = (named.name if named else change.meaning), (change.meaning,)
    return Meaning(change.type, text, change.owner or "household", targets, active.number)


def builders_on(number: int, active: Iterable[ActiveChange]) -> tuple[int, ...]:
    """Return the improvements in force whose commands or synonyms use the word improvement #number taught."""
    changes = tuple(active)
    words = [a.change for a in [a for a in changes if a.number == number] if isinstance(a.change, WordChange)]
    if not words:
        return ()
    others = [a for a in changes if a.change.type in _REWRITING and a.number != number]
    found = (
        a.number
        for word in words
        for a in others
        if contains_phrase(a.change.meaning, word.phrase) and word.owner in {None, a.change.owner}
    )
    return tuple(dict.fromkeys(found))


def all_builders_on(number: int, active: tuple[ActiveChange, ...]) -> tuple[int, ...]:
    """Return the changes that build on improvement #number, also through others, in the order of their numbers."""
    found: list[int] = []
    open_numbers = [number]
    while open_numbers:
        for builder in builders_on(open_numbers.pop(), active):
            if builder not in found and builder != number:
                found.append(builder)
                open_numbers.append(builder)
    return tuple(sorted(found))


__all__ = ["Meanings", "all_builders_on", "builders_on", "contains_phrase", "meaning_of", "word_key"]

"""What phrases mean already: the home's own names first, then what was taught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from engine.learning.changes import Change, WordChange
from engine.learning.fold import ActiveChange
from engine.learning.outcomes import Meaning
from engine.understanding.home_index import HomeIndex, key_of
from engine.understanding.plain import plain
from engine.understanding.snapshot import Snapshot
from engine.understanding.targets import Scope, resolve


def word_key(phrase: str) -> str:
    """Return the form in which two phrases are the same word: plain, without a leading article."""
    words = plain(phrase).split()
    while len(words) > 1 and words[0] in {"the", "a", "an"}:
        words = words[1:]
    return " ".join(words)


def contains_phrase(text: str, phrase: str) -> bool:
    """Tell whether the words of `phrase` stand together in `text`."""
    return f" {word_key(phrase)} " in f" {plain(text)} "


@dataclass(frozen=True)
class Meanings:
    """What phrases mean in one home with the changes in force."""

    snapshot: Snapshot
    active: tuple[ActiveChange, ...] = ()
    index: HomeIndex = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", HomeIndex.of(self.snapshot))

    def of_home(self, phrase: str) -> Meaning | None:
        """Return what the home's own names say `phrase` is, exactly; or None."""
        key = key_of(phrase)
        ids = self._names.get(key, ())
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
        key = word_key(phrase)
        found = [a for a in self.active if a.change.owner == owner and self._is_word(a.change, key)]
        return found[-1] if found else None

    def taught_to(self, phrase: str, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return all changes that give `phrase` a meaning `speaker` may use, latest first."""
        key = word_key(phrase)
        visible = (a for a in self.active if a.change.owner in {None, speaker})
        return tuple(a for a in visible if self._is_word(a.change, key))[::-1]

    @cached_property
    def _names(self) -> dict[str, tuple[str, ...]]:
        # Unlike the index's, only whole names: nobody named the front door "front".
        names: dict[str, tuple[str, ...]] = {}
        for entity in self.snapshot.entities:
            for name in (entity.name, *entity.aliases):
                names[key_of(name)] = (*names.get(key_of(name), ()), entity.entity_id)
        return names

    def _group(self, phrase: str) -> Meaning | None:
        found = resolve(phrase, Scope(self.index))
        if found.group and len(found.targets) > 1:
            names = ", ".join(self.snapshot.by_id[target].name for target in found.targets)
            return Meaning("group", names, "home", found.targets)
        return None

    @staticmethod
    def _is_word(change: Change, key: str) -> bool:
        return isinstance(change, WordChange) and word_key(change.phrase) == key


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
    words = [a.change for a in changes if a.number == number and isinstance(a.change, WordChange)]
    return tuple(
        a.number
        for a in changes
        if a.number != number
        and a.change.type in {"command", "synonym"}
        and any(
            contains_phrase(a.change.meaning, word.phrase) and word.owner in {None, a.change.owner} for word in words
        )
    )


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

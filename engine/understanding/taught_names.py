"""The names a household taught, arranged for look-up; one more name costs a copy, not all of them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from engine.understanding.home_index import key_of
from engine.understanding.plain import plain

Ownership = Literal["household", "personal"]


@dataclass(frozen=True)
class TaughtName:
    """A learned alias as target resolution needs it: what it stands for, and which improvement brought it."""

    kind: str
    target: str
    improvement: int


@dataclass(frozen=True)
class Alias:
    """A household word for one entity or one area. `target` is an entity id or an area id."""

    phrase: str
    kind: Literal["entity", "area"]
    target: str
    scope: Ownership
    owner: str | None
    improvement: int

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The forms it is looked up by. "My lamp" is that and nothing else: it does not make every lamp mine."""
        form = plain(self.phrase)
        return (form,) if form.split()[:1] in (["my"], ["our"]) else tuple(dict.fromkeys((form, key_of(self.phrase))))

    @cached_property
    def name(self) -> TaughtName:
        """What it stands for."""
        return TaughtName(self.kind, self.target, self.improvement)


class TaughtNames(Mapping[str, TaughtName]):
    """Taught names by look-up key; of those with one key the later ones count."""

    def __init__(self, names: dict[str, TaughtName]) -> None:
        self._names = names

    def __getitem__(self, key: str) -> TaughtName:
        return self._names[key]

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @cached_property
    def things(self) -> Mapping[str, TaughtName]:
        """Those of entities."""
        return {key: name for key, name in self._names.items() if name.kind == "entity"}

    @cached_property
    def places(self) -> Mapping[str, TaughtName]:
        """Those of areas."""
        return {key: name for key, name in self._names.items() if name.kind == "area"}

    @cached_property
    def words(self) -> frozenset[str]:
        """All words in them."""
        return frozenset(word for key in self._names for word in key.split())

    def arranged(self) -> TaughtNames:
        """Return these names, their parts made, which others that go on from them need not make then."""
        for part in ("words", "things", "places"):
            getattr(self, part)
        return self

    def plus(self, aliases: Iterable[Alias]) -> TaughtNames:
        """Return these names and later ones."""
        more = {key: alias.name for alias in aliases for key in alias.keys}
        if not more:
            return self
        found = TaughtNames({**self._names, **more})
        # What was asked for before is asked for again, and is not made of all names anew.
        known = vars(self)
        if "words" in known:
            vars(found)["words"] = self.words.union(word for key in more for word in key.split())
        for part, kind in (("things", "entity"), ("places", "area")):
            if part in known:
                kept = {**known[part], **{key: name for key, name in more.items() if name.kind == kind}}
                for key in [key for key, name in more.items() if name.kind != kind]:
                    kept.pop(key, None)
                vars(found)[part] = kept
        return found


@dataclass(frozen=True, eq=False)
class NameTables:
    """The names of a household, and those of its people."""

    aliases: tuple[Alias, ...]
    shared: TaughtNames
    own: Mapping[str | None, tuple[Alias, ...]]
    _of: dict[str | None, TaughtNames] = field(default_factory=dict)

    @classmethod
    def of(cls, aliases: tuple[Alias, ...], near: NameTables | None = None) -> NameTables:
        """Arrange names, going on from other tables where those are of the first of them."""
        known = len(near.aliases) if near else 0
        if near is None or aliases[:known] != near.aliases:
            near, known = cls((), TaughtNames({}), {}), 0
        more = aliases[known:]
        own = dict(near.own)
        for alias in more:
            if alias.scope == "personal":
                own[alias.owner] = (*own.get(alias.owner, ()), alias)
        return cls(aliases, near.shared.plus(alias for alias in more if alias.scope == "household"), own)

    def names(self, speaker: str | None) -> TaughtNames:
        """Return the names `speaker` may use; personal ones win, later ones replace earlier ones."""
        own = self.own.get(speaker, ()) if speaker is not None else ()
        if not own:
            return self.shared
        if speaker not in self._of:
            self._of[speaker] = self.shared.arranged().plus(own)
        return self._of[speaker]

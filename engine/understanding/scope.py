"""What a phrase may stand for, and what it was found to stand for, as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.understanding.home_index import HomeIndex, Place, key_of
from engine.understanding.interpretation import Choice, Reason
from engine.understanding.nouns import Noun
from engine.understanding.plain import plain
from engine.understanding.taught_names import TaughtName, TaughtNames


@dataclass(frozen=True)
class Scope:
    """What a resolution may look at: the home, this speaker's taught names, and the domains the intent allows.

    `previous` are the last turn's targets, for "it" and "there". `lenient` lets unknown words stand beside known ones
    (free text rather than a captured name); `fuzzy` lets a name be misspelt. `noun` is the kind that goes without
    saying; `states` are the present states of players by entity id.
    """

    index: HomeIndex
    taught: TaughtNames = field(default_factory=lambda: TaughtNames({}))
    domains: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    lenient: bool = False
    fuzzy: bool = True
    noun: Noun | None = None
    states: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def allows(self, entity_id: str) -> bool:
        """Tell whether the intent may be about an entity."""
        return not self.domains or entity_id.partition(".")[0] in self.domains

    def names(self, phrase: str) -> bool:
        """Tell whether a phrase, exactly as it stands, is the name of a thing or place here, or a taught one."""
        key = key_of(phrase)
        return key in self.index.names or key in self.index.places or key in self.taught or plain(phrase) in self.taught

    @property
    def previous_place(self) -> Place | None:
        """The one area the last turn was about, for "there"."""
        by_id = self.index.snapshot.by_id
        areas = {by_id[i].area for i in self.previous if i in by_id}
        area = areas.pop() if len(areas) == 1 else None
        return Place(area=area) if area else None


@dataclass(frozen=True)
class Resolution:
    """The entities a phrase stands for, or why there are none.

    `exact` is false for partial, fuzzy and group names. `used` are the improvements whose words took part;
    `wrong_kind` the things of that name that the intent cannot be about.
    """

    targets: tuple[str, ...] = ()
    exact: bool = True
    area: str | None = None
    floor: str | None = None
    used: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()
    reason: Reason | None = None
    group: bool = False
    wrong_kind: tuple[str, ...] = ()


__all__ = ["Resolution", "Scope", "TaughtName", "TaughtNames"]

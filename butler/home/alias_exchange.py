"""Which taught words a home's own names could have, and which they have already: a difference to be shown first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.understanding.plain import plain
from engine.understanding.risk import RiskPolicy, is_guarded
from engine.understanding.snapshot import Area, Entity, Snapshot
from engine.understanding.taught_names import Alias


@dataclass(frozen=True)
class AliasEdit:
    """What changes among the aliases of one entity or area (`kind`); `name` is what it is called."""

    kind: str
    id: str
    name: str
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    @property
    def undone(self) -> AliasEdit:
        """The edit that takes this one back."""
        return AliasEdit(self.kind, self.id, self.name, self.remove, self.add)

    def to_document(self) -> dict[str, Any]:
        """Return the edit as JSON values."""
        return {
            "kind": self.kind,
            "id": self.id,
            "name": self.name,
            "add": list(self.add),
            "remove": list(self.remove),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> AliasEdit:
        """Return the edit of a document."""
        add, remove = tuple(map(str, document["add"])), tuple(map(str, document["remove"]))
        return cls(str(document["kind"]), str(document["id"]), str(document["name"]), add, remove)


@dataclass(frozen=True)
class LeftOut:
    """A taught word that is not written, and why."""

    phrase: str
    why: str


@dataclass(frozen=True)
class Export:
    """What would be written, and what is left out."""

    edits: tuple[AliasEdit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


class HomeNames(Protocol):
    """A home whose names can be given further ones."""

    def change_aliases(self, edits: Iterable[AliasEdit]) -> tuple[AliasEdit, ...]:
        """Make these edits, each on the aliases as they are, and return what was read back of them.

        Everything else that stands among the aliases stays. Raises a HomeError where nothing could be written.
        """


def planned_export(aliases: Iterable[Alias], snapshot: Snapshot, risk: RiskPolicy) -> Export:
    """Return what to write into the home so that it knows the household's words, too.

    Words that are one person's own, that stand for something guarded, or for what the home no longer has, stay here.
    """
    wanted: dict[tuple[str, str], list[str]] = {}
    left_out: list[LeftOut] = []
    for alias in aliases:
        if alias.scope != "household":
            continue
        known = _known(alias, snapshot)
        if known is None:
            left_out.append(LeftOut(alias.phrase, "what it stands for is no longer in the home"))
        elif isinstance(known, Entity) and is_guarded(known, risk, snapshot.by_id):
            left_out.append(LeftOut(alias.phrase, f"{known.name} is guarded"))
        elif plain(alias.phrase) not in {plain(name) for name in (known.name, *known.aliases)}:
            wanted.setdefault((alias.kind, alias.target), []).append(alias.phrase)
    edits = [
        AliasEdit(kind, target, _name(kind, target, snapshot), tuple(sorted(set(phrases))))
        for (kind, target), phrases in sorted(wanted.items())
    ]
    return Export(tuple(edits), tuple(left_out))


def _known(alias: Alias, snapshot: Snapshot) -> Entity | Area | None:
    return snapshot.by_id.get(alias.target) if alias.kind == "entity" else snapshot.areas_by_id.get(alias.target)


def _name(kind: str, target: str, snapshot: Snapshot) -> str:
    return snapshot.by_id[target].name if kind == "entity" else snapshot.areas_by_id[target].name

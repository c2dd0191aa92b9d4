"""The closed union of change types: what is not in it cannot be expressed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Literal

from engine.understanding.knowledge import Ownership
from store import PERSONAL, SHARED, LearnedRow, NewRow


class ChangeError(ValueError):
    """A document is no change: its type or a field is unknown, missing or wrong."""


@dataclass(frozen=True)
class AliasChange:
    """`phrase` names an entity or an area of the home; `target` is its id."""

    type: ClassVar[Literal["alias"]] = "alias"
    phrase: str
    kind: Literal["entity", "area"]
    target: str
    scope: Ownership = "household"
    owner: str | None = None

    def __post_init__(self) -> None:
        _require_texts(self.type, self.phrase, self.target)
        _require_owner(self.type, self.scope, self.owner)
        if self.kind not in {"entity", "area"}:
            raise ChangeError(f"alias: kind {self.kind!r} is neither 'entity' nor 'area'")

    @property
    def meaning(self) -> str:
        """What the phrase stands for: an entity id or an area id."""
        return self.target


@dataclass(frozen=True)
class SynonymChange:
    """`phrase` is read as `replacement`."""

    type: ClassVar[Literal["synonym"]] = "synonym"
    phrase: str
    replacement: str
    scope: Ownership = "household"
    owner: str | None = None

    def __post_init__(self) -> None:
        _require_texts(self.type, self.phrase, self.replacement)
        _require_owner(self.type, self.scope, self.owner)

    @property
    def meaning(self) -> str:
        """What the phrase is read as."""
        return self.replacement


@dataclass(frozen=True)
class CommandChange:
    """`phrase`, said alone, stands for the whole command `text`."""

    type: ClassVar[Literal["command"]] = "command"
    phrase: str
    text: str
    scope: Ownership = "household"
    owner: str | None = None

    def __post_init__(self) -> None:
        _require_texts(self.type, self.phrase, self.text)
        _require_owner(self.type, self.scope, self.owner)

    @property
    def meaning(self) -> str:
        """The command the phrase stands for."""
        return self.text


@dataclass(frozen=True)
class ExemplarChange:
    """`text` is one more example phrasing of `intent`, for the whole household."""

    type: ClassVar[Literal["exemplar"]] = "exemplar"
    text: str
    intent: str

    def __post_init__(self) -> None:
        _require_texts(self.type, self.text, self.intent)

    @property
    def phrase(self) -> str:
        """The words the change is about."""
        return self.text

    @property
    def meaning(self) -> str:
        """The intent the text is an example of."""
        return self.intent

    @property
    def scope(self) -> Ownership:
        """Whose the change is: always the household's."""
        return "household"

    @property
    def owner(self) -> None:
        """Nobody: exemplars are shared."""
        return


Change = AliasChange | SynonymChange | CommandChange | ExemplarChange
WordChange = AliasChange | SynonymChange | CommandChange

CHANGE_TYPES: Mapping[str, type[Change]] = {
    kind.type: kind for kind in (AliasChange, SynonymChange, CommandChange, ExemplarChange)
}


def to_payload(change: Change) -> dict[str, Any]:
    """Return a change as JSON values: its type, its fields and its scope."""
    return {"type": change.type, **asdict(change)}


def from_payload(document: Any) -> Change:
    """Return the change that `to_payload` wrote; an unknown type and any odd field raise ChangeError."""
    if not isinstance(document, Mapping):
        raise ChangeError(f"a change is an object, not {type(document).__name__}")
    kind = CHANGE_TYPES.get(document["type"]) if isinstance(document.get("type"), str) else None
    if kind is None:
        raise ChangeError(f"there is no change of type {document.get('type')!r}")
    names = {field.name for field in fields(kind)}
    odd = sorted({str(name) for name in document} ^ (names | {"type"}))
    if odd:
        raise ChangeError(f"{kind.type}: fields missing or unknown: {', '.join(odd)}")
    return kind(**{name: document[name] for name in names})


def to_row(change: Change) -> NewRow:
    """Return the learned row that stores a change."""
    scope = PERSONAL if change.scope == "personal" else SHARED
    return NewRow(change.type, change.phrase, _row_values(change), scope, change.owner)


def of_row(row: LearnedRow) -> Change:
    """Return the change a learned row holds; a row that is no change of a type built so far raises ChangeError."""
    owner: dict[str, Any] = {"scope": "personal" if row.scope == PERSONAL else "household", "owner": row.owner}
    words = {"exemplar": {"text": row.key}}.get(row.type, {"phrase": row.key} | owner)
    values = {_COLUMNS.get((row.type, name), name): value for name, value in row.payload.items()}
    if row.type == "exemplar" and row.scope != SHARED:
        raise ChangeError("exemplar: one that is personal cannot exist")
    if words.keys() & values.keys():
        raise ChangeError(f"{row.type}: the row says {', '.join(sorted(words.keys() & values.keys()))} twice")
    return from_payload({"type": row.type, **words, **values})


# The store calls the meaning of a typed row `target`; a synonym's field is its replacement.
_COLUMNS = {("synonym", "target"): "replacement"}


def _row_values(change: Change) -> dict[str, str]:
    match change:
        case AliasChange():
            return {"target": change.target, "kind": change.kind}
        case SynonymChange():
            return {"target": change.replacement}
        case CommandChange():
            return {"text": change.text}
        case ExemplarChange():
            return {"intent": change.intent}


def _require_texts(kind: str, *values: object) -> None:
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise ChangeError(f"{kind}: a text is empty or no text")


def _require_owner(kind: str, scope: object, owner: object) -> None:
    shared = scope == "household" and owner is None
    personal = scope == "personal" and isinstance(owner, str) and bool(owner)
    if not shared and not personal:
        raise ChangeError(f"{kind}: scope {scope!r} with owner {owner!r}")

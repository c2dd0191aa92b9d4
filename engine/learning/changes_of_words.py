"""Changes that people make in talk: names, wordings, whole commands and example phrasings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from engine.learning.change_error import ChangeError, require_owner, require_texts
from engine.understanding.knowledge import Ownership


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
        require_texts(self.type, self.phrase, self.target)
        require_owner(self.type, self.scope, self.owner)
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
        require_texts(self.type, self.phrase, self.replacement)
        require_owner(self.type, self.scope, self.owner)

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
        require_texts(self.type, self.phrase, self.text)
        require_owner(self.type, self.scope, self.owner)

    @property
    def meaning(self) -> str:
        """The command the phrase stands for."""
        return self.text


@dataclass(frozen=True)
class ExemplarChange:
    """`text` is one more example phrasing of `intent`, for the whole household.

    One that is `verbatim` is no example of anything but its very words.
    """

    type: ClassVar[Literal["exemplar"]] = "exemplar"
    text: str
    intent: str
    verbatim: bool = False

    def __post_init__(self) -> None:
        require_texts(self.type, self.text, self.intent)
        if not isinstance(self.verbatim, bool):
            raise ChangeError(f"{self.type}: verbatim is true or false, not {self.verbatim!r}")

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

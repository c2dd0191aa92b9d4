"""Finding what one person wrote where a document quotes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"")
_OF_WORDS = frozenset({"text", "utterance", "phrase"})  # the keys under which a whole value is somebody's sentence


@dataclass(frozen=True)
class OwnWords:
    """One person's sentences, to be found in JSON values: as a sentence of its own, or in quotation marks."""

    said: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str | None]) -> Self:
        """Return the sentences, however they are spelled."""
        return cls(frozenset(filter(None, (_plain(text) for text in texts if text))))

    def are_in(self, value: Any) -> bool:
        """Return whether a value quotes one of the sentences."""
        return bool(self.said) and self.without(value) != value

    def without(self, value: Any, key: str = "") -> Any:
        """Return a value with each string that quotes one of the sentences left empty."""
        if isinstance(value, str):
            return "" if self._quoted_in(value, key) else value
        if isinstance(value, dict):
            return {name: self.without(item, name) for name, item in value.items()}
        if isinstance(value, list):
            return [self.without(item, key) for item in value]
        return value

    def _quoted_in(self, text: str, key: str) -> bool:
        if key in _OF_WORDS and _plain(text) in self.said:
            return True
        return any(_plain(one or other) in self.said for one, other in _QUOTED.findall(text))


def renamed(value: Any, user: str, as_name: str) -> Any:
    """Return a JSON value with a person called `as_name` wherever a whole string or key is their id."""
    if isinstance(value, str):
        return as_name if value == user else value
    if isinstance(value, dict):
        return {renamed(name, user, as_name): renamed(item, user, as_name) for name, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, user, as_name) for item in value]
    return value


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,!?")

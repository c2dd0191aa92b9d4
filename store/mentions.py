"""Replacing a person by a number wherever a JSON value names them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_SHORTEST_ID = 4
_NUMBER_NAME = re.compile(r"person-[0-9]+")


def number_name(number: int) -> str:
    """Return what an erased person is called in tables."""
    return f"person-{number}"


def require_number_name(name: str) -> None:
    """Raise ValueError for a name no erased person can have."""
    if not _NUMBER_NAME.fullmatch(name):
        raise ValueError(f"an erased person is called person-N, not {name!r}")


def spoken(as_name: str) -> str:
    """Return what people see of an erased person."""
    return as_name.replace("-", " ")


@dataclass(frozen=True)
class Mentions:
    """One person's ids and names, to be found and replaced."""

    user: str
    as_name: str
    ids: tuple[str, ...]
    name: str = ""

    @classmethod
    def of(cls, user: str, as_name: str, *, name: str = "", username: str | None = None) -> Mentions:
        """Return what names a person: their id and its number, their username and their name.

        The id of a local user is a name like any other.
        """
        if ":" not in user:
            return cls(user, as_name, (), name or user)
        ids = (user, f"@{username}" if username else "", username or "", user.rpartition(":")[2])
        # A number of few digits is more likely a temperature.
        return cls(user, as_name, tuple(word for word in ids if len(word) >= _SHORTEST_ID), name)

    def may_be_in(self, text: str) -> bool:
        """Return whether a closer look at a text is worth while; JSON may spell a name with escapes."""
        found = text.casefold()
        return "\\u" in found or any(word.casefold() in found for word in (*self.ids, self.user, self.name) if word)

    def without(self, value: Any) -> Any:
        """Return a JSON value with the person replaced: a whole text that is their id by the id, else by words."""
        if isinstance(value, str):
            return self.as_name if value == self.user else self._pattern().sub(spoken(self.as_name), value)
        if isinstance(value, dict):
            return {key: self.without(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.without(item) for item in value]
        return value

    def _pattern(self) -> re.Pattern[str]:
        parts = [f"(?i:{re.escape(word)})" for word in self.ids] + ([re.escape(self.name)] if self.name else [])
        return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else re.compile(r"(?!)")

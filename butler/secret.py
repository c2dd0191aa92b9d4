"""A text that must not be seen: tokens and passwords."""

from __future__ import annotations


class Secret:
    """Holds a secret and shows stars wherever it is printed, logged, formatted or compared in a report."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the secret itself, for the one who needs it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret('**********')" if self._text else "Secret('')"

    def __str__(self) -> str:
        return "**********" if self._text else ""

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written down")

"""What is wrong with a document or row that is to be a change, and the checks that all changes share."""

from __future__ import annotations


class ChangeError(ValueError):
    """A document is no change: its type or a field is unknown, missing or wrong."""


def require_texts(kind: str, *values: object) -> None:
    """Raise a ChangeError unless all values are texts with something in them."""
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise ChangeError(f"{kind}: a text is empty or no text")


def require_owner(kind: str, scope: object, owner: object) -> None:
    """Raise a ChangeError unless a change is the household's, or one person's own."""
    shared = scope == "household" and owner is None
    personal = scope == "personal" and isinstance(owner, str) and bool(owner)
    if not shared and not personal:
        raise ChangeError(f"{kind}: scope {scope!r} with owner {owner!r}")

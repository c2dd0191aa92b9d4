"""Regular expressions written as lists of wordings, so that a long one reads as words grouped by meaning."""

from __future__ import annotations


def any_of(*lines: str) -> str:
    """Return the expression for any one of the wordings of some lines, those of a line parted by `|`."""
    return f"(?:{'|'.join(lines)})"


def word_of(*lines: str) -> str:
    """Return the expression for any one of the wordings as whole words."""
    return rf"\b{any_of(*lines)}\b"

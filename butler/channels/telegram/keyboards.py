"""Inline keyboards: buttons in rows, with labels that can be read on a phone."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from butler.channels.telegram.rendering import clean, is_blank, length, shortened

_LONGEST_LABEL = 60
_ROW_WIDTH = 32
_ROW_BUTTONS = 3
_MOST_BUTTONS = 100
_MOST_DATA = 64  # bytes

Shown = Sequence[tuple[str, str]]
"""Buttons as (id, label)."""


def label(text: str) -> str:
    """Return a label as it is shown: one line, cut where it is too long, never blank."""
    line = shortened(clean(text), _LONGEST_LABEL)
    return "…" if is_blank(line) else line


def rows(buttons: Shown) -> list[list[tuple[str, str]]]:
    """Return buttons in rows of at most three, in order, so that a row's labels fit beside each other."""
    placed: list[list[tuple[str, str]]] = []
    width = 0
    for name, text in [(name, label(text)) for name, text in buttons if _sendable(name)][:_MOST_BUTTONS]:
        needed = length(text)
        if placed and len(placed[-1]) < _ROW_BUTTONS and width + needed <= _ROW_WIDTH:
            placed[-1].append((name, text))
            width += needed
        else:
            placed.append([(name, text)])
            width = needed
    return placed


def keyboard(buttons: Shown) -> InlineKeyboardMarkup | None:
    """Return the keyboard of some buttons; None for no buttons, which also removes the keyboard in an edit."""
    placed = rows(buttons)
    if not placed:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(text, callback_data=name) for name, text in row] for row in placed]
    )


def _sendable(name: str) -> bool:
    return 0 < len(name.encode()) <= _MOST_DATA

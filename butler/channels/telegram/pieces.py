"""What one row of the outbox comes to on Telegram: an ordered list of messages, each within the limits."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from butler.channels.telegram import rendering
from butler.conversation.wording import SENT_AGAIN
from store.outbox import Queued

AGAIN = SENT_AGAIN
HELD_UP = "(I couldn't send this when it was due.)"
_ROOM_FOR_MARK = max(len(AGAIN), len(HELD_UP)) + 1
_CHOSEN = ("✔ {}", "✓ {}")
_DROPPED = ("(no longer open)", "(not open any more)")


@dataclass(frozen=True)
class File:
    """A file to send."""

    name: str
    content: bytes
    photo: bool = False


@dataclass(frozen=True)
class Piece:
    """One message: plain text, buttons as (id, label), and a file or none, whose caption is then the text."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    file: File | None = None


def pieces_of(row: Queued) -> list[Piece]:
    """Return the messages a row goes out as; none when it says nothing. The buttons stand under the last."""
    text = rendering.clean(str(row.payload.get("text") or ""))
    buttons = _buttons(row.payload)
    file = _file(row)
    room = (rendering.ROOM_FOR_CHOICE if buttons else 0) + (_ROOM_FOR_MARK if row.repeatable else 0)
    texts = rendering.split(text, rendering.LONGEST - room)
    if file is not None:
        longest = rendering.LONGEST_CAPTION - room
        fits = len(texts) == 1 and rendering.length(texts[0]) <= longest
        before, caption = ([], texts[0]) if fits else (texts, "")
        return [*(Piece(part) for part in before), Piece(caption, buttons, file)]
    return [Piece(part) for part in texts[:-1]] + [Piece(part, buttons) for part in texts[-1:]]


def marked_again(piece: Piece) -> Piece:
    """Return a message that says that it may have been sent before."""
    return replace(piece, text=f"{AGAIN}\n{piece.text}".strip())


def marked_held_up(piece: Piece) -> Piece:
    """Return a message that says that it comes late, because it could not be sent before."""
    return replace(piece, text=f"{HELD_UP}\n{piece.text}".strip())


def edited(edit: Queued, shown: Queued) -> Piece | None:
    """Return what a message that went out is changed to; None when that changes nothing.

    The wording differs the second time, since Telegram refuses an edit that changes nothing.
    """
    before = pieces_of(shown)
    buttons = _buttons(edit.payload)
    chosen = edit.payload.get("chosen")
    if not before or (chosen is None and buttons and (buttons == before[-1].buttons or edit.again)):
        return None
    ending = None
    if chosen is not None:
        ending = _CHOSEN[edit.again].format(rendering.shortened(rendering.clean(str(chosen)), 60))
    elif not buttons:
        ending = _DROPPED[edit.again]
    last = marked_again(before[-1]) if shown.again else before[-1]
    longest = rendering.LONGEST_CAPTION if last.file else rendering.LONGEST
    text = rendering.with_choice(last.text, ending, longest).strip() if ending else last.text
    return Piece(text, buttons, last.file)


def _buttons(payload: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(label)) for name, label in payload.get("buttons") or ())


def _file(row: Queued) -> File | None:
    found = row.payload.get("file")
    if not found:
        return None
    try:
        content = base64.b64decode(found["base64"])
    except (binascii.Error, TypeError):
        return None
    return File(str(found.get("name") or "file"), content, photo=row.kind == "photo") if content else None

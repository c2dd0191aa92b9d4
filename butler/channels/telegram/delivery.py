"""What the store keeps of sending: each function is one step, and a crash between two neither loses nor doubles.

A text too long for one message goes out in parts. Each part that went out is a row of its own, so that replies to it
are understood and a restart knows where to go on; the row itself stands for the last part.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from butler.channels.telegram import lost
from butler.channels.telegram.pieces import Piece, edited, marked_again, marked_held_up, pieces_of
from store import Store, outbox
from store.outbox import Queued

CHANNEL = "telegram"
_PUNCTUAL = timedelta(minutes=1)  # what must not be missed says so when it goes out later than that
_PART_OF = "part_of"


@dataclass(frozen=True)
class Errand:
    """One call to make for a row: a message to send, or with `external_id` one to change; `last` ends the row."""

    row: Queued
    piece: Piece
    last: bool = True
    external_id: int | None = None
    reply_to: int | None = None


def begin(store: Store, row: Queued, at: datetime) -> Errand | None:
    """Take a row and return the call to make for it; None when there is nothing to do, which ends the row.

    The store is to be flushed before the call is made.
    """
    with store.unflushed():
        if not outbox.claim(store, row.id, at):
            return None
        errand = _edit(store, row) if row.kind == "edit" else _message(store, row, at)
        if errand is None and row.kind == "edit":
            outbox.sent(store, row.id, None, at)
        elif errand is None:
            outbox.failed(store, row.id, "it says nothing", at)
    return errand


def went_out(store: Store, errand: Errand, external_id: int | None, at: datetime) -> None:
    """Record that a call was carried out."""
    # Were it lost, the row would stand as one that may have been sent, which is what it was until now.
    with store.unflushed():
        if errand.last:
            outbox.sent(store, errand.row.id, external_id, at)
        else:
            outbox.sent(store, _part(store, errand.row, at), external_id, at)
            outbox.retry(store, errand.row.id, at, "partly sent")


def may_have_gone_out(store: Store, errand: Errand, problem: str, at: datetime, retry_at: datetime | None) -> None:
    """Record that a call may have been carried out: with `retry_at` it is made again then, and says so."""
    row = errand.row
    with store.atomic():
        if retry_at is not None:
            outbox.retry(store, row.id, retry_at, problem, again=True)
            return
        if row.kind != "edit":
            lost.note(store, row)
        if errand.last:
            outbox.unsure(store, row.id, problem, at)
        else:
            outbox.unsure(store, _part(store, row, at), problem, at)
            outbox.retry(store, row.id, at, problem)


def refused(store: Store, errand: Errand, problem: str, at: datetime) -> None:
    """Record that a row can never go out."""
    outbox.failed(store, errand.row.id, problem, at)


def gone(store: Store, errand: Errand, problem: str, at: datetime) -> None:
    """Record that a chat cannot be written to, and give up what waits for it."""
    with store.atomic():
        outbox.failed(store, errand.row.id, problem, at)
        outbox.drop_chat(store, errand.row.chat.partition("/")[0], problem, at)


def moved(store: Store, errand: Errand, new_chat: int, problem: str, at: datetime) -> None:
    """Record that a group has another number, and send there what waits for it."""
    with store.atomic():
        outbox.retry(store, errand.row.id, at, problem)
        outbox.migrate_chat(store, errand.row.chat, f"{CHANNEL}:{new_chat}")


def cut_off(store: Store) -> list[Errand]:
    """Return the calls that were being made when the process ended; what has nothing left to do is ended."""
    errands = []
    for row in outbox.cut_off(store, CHANNEL):
        errand = _edit(store, row) if row.kind == "edit" else _message(store, row)
        errands.append(errand or Errand(row, Piece("")))
    return errands


def _message(store: Store, row: Queued, at: datetime | None = None) -> Errand | None:
    pieces = pieces_of(row)
    number = len(_parts(store, row))
    if number >= len(pieces):
        return None
    piece = marked_again(pieces[number]) if row.again else pieces[number]
    if number == 0 and not row.again and row.repeatable and at is not None and at - row.created_at > _PUNCTUAL:
        piece = marked_held_up(piece)
    return Errand(row, piece, number == len(pieces) - 1, reply_to=row.reply_to if number == 0 else None)


def _edit(store: Store, row: Queued) -> Errand | None:
    shown = _shown(store, row)
    if shown is None and row.forget and row.external_id is not None:
        shown = row  # the message's own row is erased: the edit says all there is to know
    piece = edited(row, shown) if shown is not None else None
    if shown is None or piece is None or shown.external_id is None:
        return None
    return Errand(row, piece, external_id=shown.external_id)


def _shown(store: Store, row: Queued) -> Queued | None:
    """Return the message that an edit changes, the latest if it was shown again; None if it never went out."""
    if row.edits is None:
        return outbox.by_external(store, CHANNEL, row.chat, row.external_id) if row.external_id is not None else None
    sent = [
        other
        for other in outbox.of_message(store, row.edits)
        if (other.channel, other.chat) == (CHANNEL, row.chat)
        and other.kind != "edit"
        and other.external_id is not None
        and _PART_OF not in other.payload
    ]
    return sent[-1] if sent else None


def _key(row: Queued) -> str:
    return row.message or f"o{row.id}"


def _parts(store: Store, row: Queued) -> list[Queued]:
    return [other for other in outbox.of_message(store, _key(row)) if other.payload.get(_PART_OF) == row.id]


def _part(store: Store, row: Queued, at: datetime) -> int:
    """Keep a row for a part that was sent, which no other reader ever sees waiting, and return its number."""
    payload = {"text": "", "buttons": [], _PART_OF: row.id}
    part = outbox.as_outgoing(row, kind="message", payload=payload, message=_key(row), forget=False, due_at=at)
    number = outbox.add(store, part)
    outbox.claim(store, number, at)
    return number

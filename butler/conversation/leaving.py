"""What a person may have of their own: a copy of all that is kept about them, and that it is forgotten."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from butler.conversation.messages import Attachment
from butler.conversation.notices import TELEGRAM
from butler.conversation.turn import Draft, Option, Ports, Turn
from store import belongings, people
from store.database import Store
from store.fields import utc_text

_FILE = "butler-mydata.json"
_CONSIDER_S = 600.0
_IN_PRIVATE = "I've sent it to you in private."
_ASK_IN_PRIVATE = "Please ask me that in our private chat: what I keep about you is nobody else's business."
_WHAT_GOES = (
    "If I forget you, I erase your messages, my answers and the words only you use, for good. What else I have written "
    "down about you will be about a number. You can't talk to me then until somebody invites you."
)


def everything_about(store: Store, user: str) -> dict[str, Any]:
    """Return all that is kept about a person as JSON values."""
    return {"user": user, "kept": belongings.of_person(store, user)}


def as_file(store: Store, user: str) -> Attachment:
    """Return all that is kept about a person as a file they can read."""
    document = json.dumps(everything_about(store, user), ensure_ascii=False, indent=1, default=_plain)
    return Attachment(_FILE, "application/json", document.encode())


def _plain(value: object) -> object:
    return utc_text(value) if isinstance(value, datetime) else str(value)


def my_data(ports: Ports, turn: Turn) -> str:
    """Send a person all that is kept about them, in private; return what is said where they asked."""
    kept = belongings.of_person(ports.store, turn.user)
    counts = f"{_many(len(kept['turns']), 'message')}, {_many(len(kept['taught']), 'lesson')}"
    name = people.name_of(ports.store, turn.user)
    text = f"This is what I keep about {name}: {counts}, and what I made of them. All of it is in the file."
    if not turn.user.startswith(TELEGRAM):
        text = f"I keep {counts} of yours, and what I made of them. `butler export-data {turn.user}` writes all of it."
    to = None if turn.incoming.private else turn.user
    turn.drafts.append(Draft(text, to=to, file=as_file(ports.store, turn.user), fleeting=True))
    return _IN_PRIVATE if to else ""


def ask_to_leave(ports: Ports, turn: Turn) -> None:
    """Say what goes and what stays when a person is forgotten, and wait for a press."""
    if not turn.incoming.private:
        turn.say(_ASK_IN_PRIVATE)
        return
    turn.ask(
        "forget_me",
        f"{_what_goes(ports, turn)} What shall I do?",
        (
            Option("Forget me, keep my shared words", {"kind": "forget_me", "shared": "keep"}),
            Option("Forget me and take my shared words back", {"kind": "forget_me", "shared": "take_back"}),
            Option("Keep everything", {"kind": "leave"}),
        ),
        about="forgetting you",
        lasts_s=_CONSIDER_S,
    )


def _what_goes(ports: Ports, turn: Turn) -> str:
    shared = [word for word in ports.engine.taught_by(turn.user) if word.change.scope == "household"]
    stays = f"The {_many(len(shared), 'word')} you taught that all share can stay, without your name." if shared else ""
    last = [admin.user for admin in people.admins(ports.store)] == [turn.user]
    alone = "You are the only admin: afterwards somebody has to pair anew with a code from my log." if last else ""
    return " ".join(part for part in (_WHAT_GOES, stays, alone) if part)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

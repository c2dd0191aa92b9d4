"""What a person may have of their own: a copy of all that is kept about them, and that it is forgotten."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from butler.conversation.journal import about_to, about_to_learn
from butler.conversation.messages import Attachment
from butler.conversation.notices import TELEGRAM
from butler.conversation.shown import message_of
from butler.conversation.turn import Draft, Effect, Option, Ports, Turn
from engine.api import Engine
from engine.learning import outcomes
from store import belongings, buttons, erasing, outbox, people, turns
from store.database import Store
from store.fields import utc_text
from store.outbox import Outgoing

LEFT = "left"
"""The outcome of a turn after which its person is forgotten."""

FAREWELL = "You are forgotten here. Goodbye, and thank you."
_FILE = "butler-mydata.json"
_CONSIDER_S = 600.0
_IN_PRIVATE = "I've sent it to you in private."
_ASK_IN_PRIVATE = "Please ask me that in our private chat: what I keep about you is nobody else's business."
_WHAT_GOES = (
    "If I forget you, I erase your messages, my answers, your tasks, reminders and notes, what you scheduled, and the "
    "words only you use, for good. What you put on a list for everybody stays. What else I have written down about you "
    "will be about a number. You can't talk to me then until somebody invites you."
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


def leave(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Begin to forget the person; the rest is done by `finish_leaving` once their turn is over."""
    about_to(ports, turn, "leaving", "You aren't forgotten yet: please ask me again with /forgetme.")
    # Before it is noted that they leave: from then on a start of Butler erases them, whatever they chose here.
    built_upon = _take_shared_back(ports, turn) if effect["shared"] == "take_back" else 0
    erasing.begin(ports.store, turn.user, at=turn.incoming.at)
    turn.trace("people", "left")
    turn.outcome = LEFT
    # Who leaves has the question's buttons taken off with the goodbye; the turn's own edit would say it twice.
    turn.settled.clear()
    others = f" {_many(built_upon, 'word')} stay, because words of others build on them." if built_upon else ""
    turn.drafts.append(Draft(f"{FAREWELL}{others}", fleeting=True))


def _take_shared_back(ports: Ports, turn: Turn) -> int:
    """Take back what the person taught everybody, the latest first; return how many words others build on."""
    about_to_learn(ports, turn)
    reason, at = "taken back on leaving", turn.incoming.at
    shared = [active.number for active in ports.engine.taught_by(turn.user) if active.change.scope == "household"]
    for one in ports.engine.pending():
        if one.submitted_by == turn.user:
            ports.engine.reject(one.number, actor=turn.user, at=at, reason=reason)
    results = [ports.engine.roll_back(number, actor=turn.user, at=at, reason=reason) for number in reversed(shared)]
    return sum(isinstance(result, outcomes.BuiltUpon) for result in results)


def finish_leaving(engine: Engine, store: Store, at: datetime) -> None:
    """Erase everybody who is to be forgotten, also those a crash kept from it, and say goodbye to them.

    It is to be called after a turn whose outcome is `LEFT` and when Butler starts, while no turn is under way.
    """
    for person in erasing.unfinished(store):
        engine.erase(person.user, person.as_name, at=at)
        with store.atomic():
            # Looked up first: afterwards nothing tells which message it was.
            question = _question_answered(store, person, at)
            erasing.erase(store, person.user, person.as_name)
            if person.user.startswith(TELEGRAM):
                for last in (*question, _farewell(person, at)):
                    outbox.add(store, last)
        erasing.scrub(store)


def _question_answered(store: Store, person: erasing.Leaving, at: datetime) -> list[Outgoing]:
    """Return the edit that takes the buttons off the question a person left by; it is kept no longer than a goodbye."""
    for button in buttons.of_user(store, person.user):
        turn = turns.get(store, button.used_turn) if button.used_turn is not None else None
        message = message_of(button.id)
        if turn is None or turn.outcome != LEFT or message is None:
            continue
        sent = [row for row in outbox.of_message(store, message) if row.kind != "edit" and row.external_id is not None]
        for row in sent[-1:]:
            label = dict(row.payload["buttons"]).get(turn.press)
            payload = {"text": row.payload["text"], "buttons": [], "chosen": label, "file": None}
            edit = Outgoing("telegram", row.chat, person.as_name, payload, at, at, kind="edit", forget=True)
            return [replace(edit, external_id=row.external_id)]
    return []


def _farewell(person: erasing.Leaving, at: datetime) -> Outgoing:
    """Return the last message to somebody who was forgotten: it is not kept, and neither is where it went."""
    payload: dict[str, Any] = {"text": FAREWELL, "buttons": [], "chosen": None, "file": None}
    return Outgoing("telegram", person.user, person.as_name, payload, at, at, forget=True)


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

"""Who may come in: members; a stranger with a code; nobody else, who is told so once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from butler.channels.telegram.arrivals import Arrival, Kind
from butler.conversation import wording
from butler.conversation.codes import read_code
from butler.conversation.messages import Person, Role
from store import Store, inbox, invitations, outbox, people, strangers
from store.outbox import Outgoing

CHANNEL = "telegram"
STRANGER = (
    "Hello! I look after the home of one household and talk only with people who belong to it. "
    "If you do, ask whoever looks after me there for a code and send it to me as: /start CODE"
)
_ROLES = {Role.ADMIN: "an admin", Role.RESIDENT: "a resident", Role.GUEST: "a guest"}


@dataclass(frozen=True)
class Visitor:
    """Whoever sent something: a person who may talk, or nobody; `new` when a code let them in just now."""

    person: Person | None
    new: bool = False


def receive(store: Store, arrival: Arrival, at: datetime) -> Visitor:
    """Return who sent this; a stranger's update is finished here. Raises StoreError."""
    known = people.get(store, arrival.sender)
    if known is not None:
        people.rename(store, arrival.sender, name=arrival.name, username=arrival.username)
        return Visitor(Person(arrival.sender, Role(known.role)))
    with store.atomic():
        return _of_stranger(store, arrival, at)


def say(store: Store, arrival: Arrival, text: str, at: datetime) -> None:
    """Put something that is not the answer of a turn into the outbox, for the chat an update came from."""
    outbox.add(
        store,
        Outgoing(
            channel=CHANNEL,
            chat=arrival.chat,
            user=arrival.sender,
            payload={"text": text, "buttons": []},
            created_at=at,
            due_at=at,
            reply_to=None if arrival.private else arrival.message,
        ),
    )


def _of_stranger(store: Store, arrival: Arrival, at: datetime) -> Visitor:
    # A group is no place for codes, and what strangers say there is no affair of Butler's.
    role = _let_in(store, arrival, at) if arrival.private and arrival.kind is Kind.MESSAGE else None
    if role is not None:
        return Visitor(Person(arrival.sender, role), new=True)
    inbox.done(store, arrival.update, at=at)
    return Visitor(None)


def _let_in(store: Store, arrival: Arrival, at: datetime) -> Role | None:
    """Let a stranger in who brings a good code, and say what became of it."""
    said = code_said(arrival)
    if said is None:
        if strangers.meet(store, arrival.sender, at):
            say(store, arrival, STRANGER, at)
        return None
    if not strangers.try_code(store, arrival.sender, at):
        return None
    code = read_code(said)
    invitation = invitations.redeem(store, code, arrival.sender, at) if code is not None else None
    if invitation is None:
        strangers.meet(store, arrival.sender, at)  # they have had an answer: what else they say gets none
        say(store, arrival, wording.NO_SUCH_CODE, at)
        return None
    role = Role(invitation.role)
    people.admit(store, arrival.sender, role.value, name=arrival.name, username=arrival.username, at=at)
    strangers.forget(store, arrival.sender)
    if role is Role.ADMIN:
        invitations.retire_pairing(store, at)
    say(
        store,
        arrival,
        f"Welcome, {people.name_of(store, arrival.sender)}! From now on you are {_ROLES[role]} here.",
        at,
    )
    return role


def code_said(arrival: Arrival) -> str | None:
    """Return what stands behind /start, or None."""
    if arrival.text is None or arrival.edited or arrival.forwarded:
        return None
    command, _, rest = arrival.text.strip().partition(" ")
    return rest.strip() or None if command.lower() == "/start" else None

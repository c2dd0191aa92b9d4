"""Who belongs to the household: letting people in by codes, listing them, and ending their access."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from butler.conversation import wording
from butler.conversation.codes import new_code, read_code
from butler.conversation.messages import Role
from butler.conversation.ranks import may
from butler.conversation.turn import Draft, Option, Ports, Turn
from store import facts, invitations, people, strangers
from store.database import Store

BOT_USERNAME = "bot_username"
"""The fact under which the channel keeps what the bot is called on Telegram, without @."""

REMOVED = "removed"
"""The outcome of a turn that ended somebody's access."""

MOST_HOURS = 720
_HOURS = re.compile(r"(?P<hours>\d{1,4})(?: ?h| ?hours?)?")
_NUMBER = re.compile(r"#?(?P<number>[1-9][0-9]{0,4})")
_INVITE = "Write it like this: /invite guest 24. The role is guest, resident or admin, the number the hours, up to 720."
_ARTICLES = {Role.ADMIN: "an admin", Role.RESIDENT: "a resident", Role.GUEST: "a guest"}


class _NothingNewError(Exception):
    """A code would not make its sender more than they are: it stays unused."""


def start_text(ports: Ports, turn: Turn, said: str) -> str:
    """Use a code up that makes a member more than they are, and return what they are now."""
    code, at = read_code(said), turn.incoming.at
    if people.get(ports.store, turn.user) is None:
        return "What you may do here is set in my configuration, so a code changes nothing for you."
    if code is None or not strangers.try_code(ports.store, turn.user, at):
        return wording.NO_SUCH_CODE
    try:
        role = _raised(ports.store, turn, code)
    except _NothingNewError:
        return f"You are {_ARTICLES[turn.incoming.user.role]} here already, so I've left that code unused."
    if role is None:
        return wording.NO_SUCH_CODE
    turn.trace("people", "role_raised", outcome=role.value)
    return f"Welcome: from now on you are {_ARTICLES[role]} here. /help shows what you can do."


def _raised(store: Store, turn: Turn, code: str) -> Role | None:
    with store.atomic():
        found = invitations.redeem(store, code, turn.user, turn.incoming.at)
        if found is None:
            return None
        role = Role(found.role)
        if may(turn.incoming.user.role, role):
            raise _NothingNewError
        people.set_role(store, turn.user, role.value)
        if role is Role.ADMIN:
            invitations.retire_pairing(store, turn.incoming.at)
        return role


def invite_text(ports: Ports, turn: Turn, said: str) -> str:
    """Make a code and give it to the admin, in private; return what is said where it was asked for."""
    terms = _terms(said, ports.settings.invitation_hours)
    if terms is None:
        return _INVITE
    role, hours = terms
    code, at = new_code(), turn.incoming.at
    until = at + timedelta(hours=hours)
    invitations.create(ports.store, code, role.value, by=turn.user, at=at, expires_at=until)
    turn.trace("people", "invited", outcome=role.value)
    text = _invitation(ports, code, role, until)
    if turn.incoming.private:
        turn.drafts.append(Draft(text, fleeting=True))
        return ""
    turn.drafts.append(Draft(text, to=turn.user, fleeting=True))
    return "I've sent the code to you in private."


def _terms(said: str, hours: float) -> tuple[Role, float] | None:
    role = Role.RESIDENT
    for word in said.lower().split():
        number = _HOURS.fullmatch(word)
        if number and 1 <= int(number["hours"]) <= MOST_HOURS:
            hours = int(number["hours"])
        elif word in set(Role):
            role = Role(word)
        else:
            return None
    return role, hours


def _invitation(ports: Ports, code: str, role: Role, until: datetime) -> str:
    end = until.astimezone(ports.settings.time_zone)
    bot = facts.get(ports.store, BOT_USERNAME)
    link = f"\nOr they open this link: https://t.me/{bot}?start={code}" if bot else ""
    return (
        f"This lets one person in as {_ARTICLES[role]}, until {end:%A} {end.day} {end:%B} at {end:%H:%M}. "
        f"They write this to me: /start {code}{link}"
    )


def users_text(ports: Ports) -> str:
    """Return who may talk to Butler, numbered."""
    members = people.everyone(ports.store)
    if not members:
        return "Nobody has been let in yet. /invite makes a code for somebody."
    lines = [f"{at}. {_line(ports, person)}" for at, person in enumerate(members, 1)]
    return "\n".join(["These may talk to me:", *lines])


def remove(ports: Ports, turn: Turn, said: str) -> None:
    """Find whom an admin means, and ask for a press before their access ends."""
    members = people.everyone(ports.store)
    if not said:
        turn.say("Whom? Write it like this: /remove 2, with the number from /users, or a name.")
        return
    number = _NUMBER.fullmatch(said)
    found = members[int(number["number"]) - 1 :][:1] if number else people.find(ports.store, said)
    if not found:
        turn.say(f"I know nobody called “{said}”. /users shows who may talk to me.")
        return
    if len(found) > 1:
        turn.say(f"Several people are called “{said}”. /users gives each a number: use that.")
        return
    person = found[0]
    if _last_admin(ports, person):
        turn.say(ports.words(wording.LAST_ADMIN))
        return
    turn.ask(
        "confirm",
        f"Shall I end the access of {_line(ports, person)}? The words they taught stay.",
        (
            Option(f"Yes, remove {_called(person)}", {"kind": "remove", "user": person.user}),
            Option("No", {"kind": "leave"}),
        ),
        about=f"remove {_called(person)}",
        lasts_s=ports.settings.confirm_seconds,
    )


def end_access(ports: Ports, turn: Turn, user: str) -> None:
    """End somebody's access, once an admin has pressed for it."""
    person = people.get(ports.store, user)
    if person is None:
        turn.say("They had no access any more, so there was nothing to do.")
        return
    if _last_admin(ports, person):
        turn.say(ports.words(wording.LAST_ADMIN))
        return
    people.remove(ports.store, user)
    turn.trace("people", "removed")
    turn.outcome = REMOVED
    turn.say(f"{_called(person)} can't talk to me any more.")


def _last_admin(ports: Ports, person: people.Person) -> bool:
    return [admin.user for admin in people.admins(ports.store)] == [person.user]


def _called(person: people.Person) -> str:
    return person.name or person.username or person.user


def _line(ports: Ports, person: people.Person) -> str:
    since = person.first_seen.astimezone(ports.settings.time_zone)
    handle = f" (@{person.username})" if person.username and person.name else ""
    return f"{_called(person)}{handle}, {person.role} since {since.day} {since:%B %Y}"

"""The code that makes the first person on Telegram an admin: printed, never logged, stored only as a hash."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta

from butler.conversation.codes import new_code
from store import Store, invitations, people

VALID = timedelta(hours=24)
_PREFIX = "telegram:"


def needed(store: Store) -> bool:
    """Tell whether nobody on Telegram is an admin."""
    return not any(person.user.startswith(_PREFIX) for person in people.admins(store))


def offer(store: Store, username: str, at: datetime) -> datetime:
    """Print a new code, which ends the older ones, and return when it expires."""
    code, expires = new_code(), at + VALID
    with store.atomic():
        invitations.retire_pairing(store, at)
        invitations.create(store, code, "admin", by="butler", at=at, expires_at=expires, kind="pairing")
    sys.stdout.write(
        f"Nobody looks after this Butler on Telegram yet. Within 24 hours, open https://t.me/{username}?start={code}\n"
        f"or write to @{username}: /start {code}\n"
    )
    sys.stdout.flush()
    return expires

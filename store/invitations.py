"""Named reads and writes of invitations: codes that let one person in once, of which only the hash is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from store.database import Store
from store.models import InvitationRow


@dataclass(frozen=True)
class Invitation:
    """A code's terms; `kind` is pairing (printed at start) or invitation (given by an admin)."""

    id: int
    code_hash: str
    role: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    used_by: str | None
    used_at: datetime | None
    kind: str


def create(
    store: Store, code: str, role: str, *, by: str, at: datetime, expires_at: datetime, kind: str = "invitation"
) -> None:
    """Keep the terms of a new code; the code itself is not stored."""
    row = {"code_hash": _hash(code), "role": role, "created_by": by, "created_at": at, "expires_at": expires_at}
    store.model(InvitationRow).insert(**row, kind=kind).execute()


def redeem(store: Store, code: str, user: str, at: datetime) -> Invitation | None:
    """Use a code up and return its terms; None when it is unknown, used or over (at its very instant it is)."""
    model = store.model(InvitationRow)
    good = (model.code_hash == _hash(code)) & model.used_at.is_null() & (model.expires_at > at)
    with store.atomic():
        if not model.update(used_by=user, used_at=at).where(good).execute():
            return None
        return Invitation(**store.rows(model.select().where(model.code_hash == _hash(code)))[0])


def retire_pairing(store: Store, at: datetime) -> int:
    """End all pairing codes that nobody used, and return how many."""
    model = store.model(InvitationRow)
    live = (model.kind == "pairing") & model.used_at.is_null() & (model.expires_at > at)
    return int(model.update(expires_at=at).where(live).execute())


def clear_expired(store: Store, at: datetime) -> int:
    """Delete the codes that are over and that nobody used, and return how many."""
    model = store.model(InvitationRow)
    return int(model.delete().where(model.used_at.is_null() & (model.expires_at <= at)).execute())


def _hash(code: str) -> str:
    return hashlib.sha256(code.strip().encode("utf-8", "replace")).hexdigest()

"""Whether Butler may change what it knows by itself: an admin can pause that, and let it go on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from store import facts, pauses
from store.database import Store
from store.fields import utc_datetime, utc_text

_KEY = "learning_paused"


@dataclass(frozen=True)
class Pause:
    """Who paused learning, and since when."""

    by: str
    since: datetime


def paused(store: Store) -> Pause | None:
    """Return the pause that holds, or None while Butler may learn by itself."""
    kept = facts.get(store, _KEY)
    if not kept:
        return None
    document = json.loads(kept)
    return Pause(document["by"], utc_datetime(document["since"]))


def pause(store: Store, by: str, at: datetime) -> bool:
    """Stop all automatic changes; False when they were stopped already."""
    if paused(store) is not None:
        return False
    with store.atomic():
        facts.put(store, _KEY, json.dumps({"by": by, "since": utc_text(at)}))
        pauses.record_pause(store, by, at)
    return True


def resume(store: Store, by: str, at: datetime) -> bool:
    """Allow automatic changes again; False when they were allowed."""
    if paused(store) is None:
        return False
    with store.atomic():
        facts.remove(store, _KEY)
        pauses.record_resumption(store, by, at)
    return True

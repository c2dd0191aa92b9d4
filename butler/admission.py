"""Whether the home lets Butler in: the admins are told once that it does not, and again only after it did between."""

from __future__ import annotations

from datetime import datetime

from butler.conversation.notices import Why, hold_back
from butler.conversation.turn import Notice, Notify
from butler.floor import Floor
from butler.home.port import Home, admission_of
from store import facts
from store.database import Store
from store.fields import utc_text

KIND = "shut_out"
_TOLD = "told_of_shut_out"  # since when, while the home has not let Butler in again
_TEXT = (
    "Home Assistant doesn't let me in any more: my token was withdrawn, or it is wrong. I can't see or switch anything "
    "in the home until I have a new one; notes, tasks, timers and reminders work on.\n"
    "What to do: in Home Assistant open your profile, then Security, and create a long-lived access token. "
    "Put it where the old one stands (HOME_ASSISTANT_TOKEN) and restart me."
)


class Admission:
    """Looks whether the home lets Butler in; to look costs nothing, and the store is asked only when that changed."""

    def __init__(self, home: Home, floor: Floor, store: Store, notify: Notify) -> None:
        self._home, self._floor, self._store, self._notify = home, floor, store, notify
        self._known: bool | None = None

    def look(self, now: datetime) -> None:
        """Tell the admins that Butler is shut out unless they know, or note that it is let in; being away is no news.

        Raises StoreError, and then the next look tells of it.
        """
        admitted = admission_of(self._home)
        if admitted not in {None, self._known}:
            self._tell(now, admitted=admitted is True)

    def _tell(self, now: datetime, *, admitted: bool) -> None:
        with self._floor, self._store.atomic():
            told = facts.get(self._store, _TOLD) is not None
            if admitted and told:
                facts.remove(self._store, _TOLD)
            elif not admitted and told:
                hold_back(self._store, KIND, Why.TOLD, now)
            elif not admitted:
                facts.put(self._store, _TOLD, utc_text(now))
                self._notify(Notice(KIND, _TEXT), now)
        self._known = admitted

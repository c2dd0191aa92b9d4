"""A press is answered at once, before its turn: with nothing, or with why it can do nothing."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime

from butler.channels.telegram.arrivals import Arrival
from butler.conversation import wording
from store import Store, buttons, inbox, people

IN_HAND = "I'm on it."


@dataclass(frozen=True)
class Toast:
    """The answer to a press; an empty text stops Telegram's spinner and says nothing."""

    text: str = ""


class Presses:
    """Knows which presses are being dealt with; what the store says of a button decides the rest."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._in_hand: dict[str, int] = {}
        self._looked: set[int] = set()
        self._told: set[int] = set()

    def first_look(self, arrival: Arrival, at: datetime) -> Toast | None:
        """Return how to answer a press that just came in, None if it was answered before; raises StoreError."""
        with self._lock:
            if arrival.update in self._looked:
                return None
            text = self._problem(arrival, at)
            first = inbox.answered(self._store, arrival.update, at)
            self._looked.add(arrival.update)
            if text is None:
                self._in_hand[arrival.press or ""] = arrival.update
            elif first:
                self._told.add(arrival.update)
        return Toast(text or "") if first else None

    def needless(self, arrival: Arrival, at: datetime) -> bool:
        """Finish a press whose answer said all there is to say, and return whether it was one; raises StoreError."""
        if arrival.update not in self._told:
            return False
        inbox.done(self._store, arrival.update, at=at)
        return True

    def over(self, arrival: Arrival) -> None:
        """Note that a press has been dealt with."""
        with self._lock:
            self._looked.discard(arrival.update)
            self._told.discard(arrival.update)
            if self._in_hand.get(arrival.press or "") == arrival.update:
                del self._in_hand[arrival.press or ""]

    def _problem(self, arrival: Arrival, at: datetime) -> str | None:
        """Return why a press can do nothing; empty for a stranger's, None when it may do something."""
        if people.get(self._store, arrival.sender) is None:
            return ""
        button = buttons.get(self._store, arrival.press or "")
        if button is None:
            return wording.UNKNOWN_BUTTON
        if (button.user, button.chat) != (arrival.sender, arrival.chat):
            return wording.OTHERS_BUTTON
        if button.used_at is not None:
            return wording.ANSWERED_BUTTON
        if button.expired(at):
            return wording.LATE_BUTTON
        return IN_HAND if self._in_hand.get(arrival.press or "", arrival.update) != arrival.update else None

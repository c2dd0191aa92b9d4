"""Updates the bot has not confirmed yet, which outlive any process of the bot."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice
from threading import Lock
from typing import Any

UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


class UpdateQueue:
    """Ordered updates with strictly increasing ids."""

    def __init__(self) -> None:
        self._waiting: deque[dict[str, Any]] = deque()
        self._next = 700_000_001
        self._lock = Lock()
        self._allowed: frozenset[str] | None = None
        self.arrived: Callable[[], None] = lambda: None

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def allowed(self) -> list[str]:
        """Return the kinds last asked for; empty for the default."""
        return sorted(self._allowed or ())

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remember which kinds are wanted from now on; None changes nothing, none at all is the default."""
        if kinds is not None:
            self._allowed = frozenset(kinds) or None

    def add(self, kind: str, content: dict[str, Any]) -> int | None:
        """Queue an update and return its id, or None if the bot does not want such updates."""
        if kind in UNASKED if self._allowed is None else kind not in self._allowed:
            return None
        with self._lock:
            number, self._next = self._next, self._next + 1
            self._waiting.append({"update_id": number, kind: content})
        self.arrived()
        return number

    def take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Forget what `offset` confirms and return what follows; a negative one keeps only the last ones."""
        with self._lock:
            while offset < 0 and len(self._waiting) > -offset:
                self._waiting.popleft()
            while self._waiting and 0 < self._waiting[0]["update_id"] < offset:
                self._waiting.popleft()
            return list(islice(self._waiting, limit))

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()

    def skip_to(self, number: int) -> None:
        """Let the next update have this id (as Telegram does after a week of silence)."""
        self._next = number

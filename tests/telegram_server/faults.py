"""Troubles a test orders, and the record of what the bot did."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, Literal

Kind = Literal["status", "flood", "reset", "lost", "delay", "garbage", "refused"]
# A call on its way when the 429 was written cannot know of it.
ON_ITS_WAY = 0.1


@dataclass
class Fault:
    """What happens to the next `times` calls of a method (pattern), after letting `after` of them pass.

    status: an HTML page with `status`, not processed. flood: 429 with `retry_after`. reset: the connection breaks
    before anything is done. lost: done, then the connection breaks. delay: done, answered `seconds` later.
    garbage: 200 with no JSON (done only with `processed`). refused: the error `status` with `description`.
    """

    kind: Kind
    method: str = "*"
    times: int = 1
    after: int = 0
    chat: int | None = None
    status: int = 502
    retry_after: int = 1
    seconds: float = 1.0
    description: str = ""
    processed: bool = False
    everywhere: bool = False
    hits: int = 0

    def takes(self, method: str, chat: int | None) -> bool:
        """Say whether this call is one to spoil, and count it."""
        if self.times <= 0 or not fnmatchcase(method.lower(), self.method.lower()):
            return False
        if self.chat is not None and chat != self.chat:
            return False
        if self.after > 0:
            self.after -= 1
            return False
        self.times -= 1
        self.hits += 1
        return True

    def cancel(self) -> None:
        """Let everything pass from now on."""
        self.times = 0


@dataclass(frozen=True)
class Call:
    """One request: when (seconds since the epoch), what, and how it was answered (status 0: the connection broke)."""

    time: float
    method: str
    params: dict[str, Any]
    status: int = 200
    description: str = ""
    provoked: bool = False
    chat: int | None = None
    result: Any = None


@dataclass(frozen=True)
class Violation:
    """Something a bot must not do: refused, unknown parameter, wrong type, hurried (called within a retry_after)."""

    kind: Literal["refused", "parameter", "hurried"]
    description: str
    call: Call


@dataclass
class Waits:
    """The retry_after periods that were given out; chat None is all chats."""

    until: dict[int | None, tuple[float, float]] = field(default_factory=dict)

    def give(self, chat: int | None, seconds: float) -> None:
        """Start a period."""
        now = time.monotonic()
        self.until[chat] = (now, now + seconds)

    def left(self, method: str, chat: int | None) -> tuple[float, bool]:
        """Return the seconds a call should still have waited beside whether its sender could know."""
        if method in {"getUpdates", "getMe", "getWebhookInfo", "setWebhook", "deleteWebhook"}:
            return 0.0, False
        now = time.monotonic()
        for scope in {chat, None}:
            given, until = self.until.get(scope, (0.0, 0.0))
            if until - now > 0.02:
                return until - now, now - given > ON_ITS_WAY
        return 0.0, False

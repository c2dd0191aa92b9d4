"""How often Telegram may be called: token buckets for all calls, for each private chat and for each group."""

from __future__ import annotations

from dataclasses import dataclass, field

_FORGET_ABOVE = 1_000
_ROUNDING = 1e-9
_BUSY = 0.25  # a chat with less than this of its burst left is near its limit


@dataclass(frozen=True)
class Limit:
    """A rate in calls a second, and how many calls may come at once after a rest."""

    rate: float
    burst: float


OVERALL = Limit(rate=30, burst=30)
PRIVATE = Limit(rate=1, burst=20)
GROUP = Limit(rate=20 / 60, burst=10)


@dataclass
class _Bucket:
    limit: Limit
    tokens: float
    at: float

    def level(self, now: float) -> float:
        return min(self.limit.burst, self.tokens + max(0.0, now - self.at) * self.limit.rate)

    def wait(self, now: float) -> float:
        missing = 1 - self.level(now)
        return missing / self.limit.rate if missing > _ROUNDING else 0.0

    def take(self, now: float) -> None:
        self.tokens, self.at = self.level(now) - 1, max(now, self.at)


@dataclass
class Pacing:
    """Says how long a call has to wait. A chat is its numeric id, groups being negative; None is a call without a chat.

    All times are seconds of one monotonic clock.
    """

    overall: Limit = OVERALL
    private: Limit = PRIVATE
    group: Limit = GROUP
    _all: _Bucket | None = None
    _chats: dict[int, _Bucket] = field(default_factory=dict)
    _held: dict[int | None, float] = field(default_factory=dict)

    def wait(self, chat: int | None, now: float) -> float:
        """Return in how many seconds a call may be made; 0 is now."""
        waits = [self.held(chat, now), self._whole(now).wait(now)]
        if chat in self._chats:
            waits.append(self._chats[chat].wait(now))
        return max(waits)

    def held(self, chat: int | None, now: float) -> float:
        """Return for how many seconds no call at all may be made to a chat, because Telegram said so."""
        until = max(self._held.get(None, now), self._held.get(chat, now))
        return max(0.0, until - now)

    def take(self, chat: int | None, now: float) -> None:
        """Count a call that is made now."""
        self._whole(now).take(now)
        if chat is not None:
            self._forget_idle(now)
            limit = self.group if chat < 0 else self.private
            self._chats.setdefault(chat, _Bucket(limit, limit.burst, now)).take(now)

    def hold_until(self, chat: int | None, until: float) -> None:
        """Stop all calls to a chat until an instant; None stops every call. A shorter hold never ends a longer one."""
        self._held[chat] = max(until, self._held.get(chat, until))

    def hold_after_flood(self, chat: int | None, seconds: float, now: float) -> None:
        """Stop calls for as long as Telegram says.

        Telegram does not say whose limit was hit. It is the chat's when much was sent there just now; else all wait.
        """
        bucket = self._chats.get(chat) if chat is not None else None
        busy = bucket is not None and bucket.level(now) < bucket.limit.burst * _BUSY
        self.hold_until(chat if busy else None, now + seconds)

    def held_anywhere(self, now: float) -> float:
        """Return for how many seconds some chat is held, for calls that may count to any."""
        return max([0.0, *(until - now for until in self._held.values())])

    def holds(self, now: float) -> dict[int | None, float]:
        """Return how many seconds each hold still lasts."""
        return {chat: until - now for chat, until in self._held.items() if until > now}

    def _whole(self, now: float) -> _Bucket:
        if self._all is None:
            self._all = _Bucket(self.overall, self.overall.burst, now)
        return self._all

    def _forget_idle(self, now: float) -> None:
        """Drop buckets that are full again, and holds that are over, once there are many."""
        if len(self._chats) > _FORGET_ABOVE:
            self._chats = {chat: held for chat, held in self._chats.items() if held.level(now) < held.limit.burst}
        if len(self._held) > _FORGET_ABOVE:
            self._held = {chat: until for chat, until in self._held.items() if until > now}

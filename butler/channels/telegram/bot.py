"""The bot as Butler uses it: polling that never ends by itself, and a client that trusts its configuration alone."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import httpx
from telegram import Bot, Update
from telegram.error import InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from butler.channels.telegram.health import Reaching
from butler.clock import Clock
from butler.config import Telegram
from butler.redaction import Redaction
from butler.secret import Secret

_LOG = logging.getLogger(__name__)
POLL_S = 20
_FIRST_WAIT_S, _LONGEST_WAIT_S = 1.0, 30.0


def plainly(error: TelegramError) -> str:
    """Return an error in one line that cannot hold the token."""
    if isinstance(error, InvalidToken):
        return "Telegram refuses the token"
    return (error.message or type(error).__name__).split("\n", 1)[0][:200]


class QuietRequest(HTTPXRequest):
    """A client whose errors do not hold the token: addresses have it, and errors quote addresses."""

    def __init__(self, token: Secret, **options: Any) -> None:
        super().__init__(**options)
        self._without_token = Redaction([token])

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return status and body of an answer; raises a NetworkError."""
        try:
            return await super().do_request(*args, **kwargs)
        except TelegramError as exc:
            exc.message = self._without_token(exc.message)
            raise
        except (httpx.InvalidURL, OSError, RuntimeError, ValueError) as exc:
            raise NetworkError(f"{type(exc).__name__}: {self._without_token(str(exc))}") from exc


class PatientBot(Bot):
    """A bot whose `get_updates` waits faults out, so that polling goes on, and stops promptly when it is to stop."""

    def __init__(self, config: Telegram, reaching: Reaching, clock: Clock) -> None:
        super().__init__(
            token=config.token.reveal(),
            base_url=f"{config.api_base}/bot",
            base_file_url=f"{config.api_base}/file/bot",
            request=QuietRequest(
                config.token, connection_pool_size=16, read_timeout=15, connect_timeout=5, pool_timeout=15
            ),
            get_updates_request=QuietRequest(config.token, connection_pool_size=1, read_timeout=10, connect_timeout=5),
        )
        self._reaching, self._clock = reaching, clock
        self._stopping = False
        self._fetched_together: Callable[[Sequence[Update]], None] = _nobody

    def tell_of_fetched(self, listener: Callable[[Sequence[Update]], None]) -> None:
        """Tell somebody what each `get_updates` fetched, before it returns."""
        self._fetched_together = listener

    def stop_waiting(self) -> None:
        """Make `get_updates` return nothing at once, as it should when the process ends.

        The library polls once more to confirm what it had, which Telegram holds up for three seconds; the inbox knows
        what comes again.
        """
        self._stopping = True

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """Return the next updates, however long it takes to reach Telegram."""
        wait = _FIRST_WAIT_S
        while not self._stopping:
            try:
                updates = await self._fetched(*args, **kwargs)
            except TelegramError as exc:
                self._reaching.badly(plainly(exc))
                wait, pause = min(wait * 2, _LONGEST_WAIT_S), pause_after(exc, wait)
            else:
                self._reaching.well(self._clock.now())
                self._fetched_together(updates)
                return updates
            if not self._stopping:
                await asyncio.sleep(pause)
        return ()

    async def _fetched(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        try:
            return await super().get_updates(*args, **kwargs)
        except (KeyError, TypeError, ValueError, AttributeError):
            return await self._one_by_one(kwargs.get("offset"))

    async def _one_by_one(self, offset: int | None) -> tuple[Update, ...]:
        """Read updates of which one cannot be understood; that one stays empty, so that it does not block the rest."""
        raw = await self.do_api_request("getUpdates", {"offset": offset, "timeout": 0}, return_type=None)
        return tuple(_read(item) for item in raw) if isinstance(raw, list) else ()


def _nobody(_: Sequence[Update]) -> None:
    """Listen to nothing."""


def pause_after(error: TelegramError, wait: float) -> float:
    """Return how long to wait after an error, in seconds."""
    if not isinstance(error, RetryAfter):
        return wait
    after = error.retry_after
    return (after.total_seconds() if isinstance(after, timedelta) else float(after)) + 0.5


def _read(item: dict[str, Any]) -> Update:
    try:
        return Update.de_json(item)
    except (KeyError, TypeError, ValueError, AttributeError) as exc:
        _LOG.warning("update %s is not understood: %s", item["update_id"], type(exc).__name__)
        return Update(int(item["update_id"]))

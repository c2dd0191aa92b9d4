"""Calls that are made if they can be made now: answers to presses and typing."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from telegram.error import RetryAfter, TimedOut

from butler.channels.telegram.calls import Address, TelegramCalls
from butler.channels.telegram.pacing import Pacing
from butler.clock import ManualClock

pytestmark = pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")


class _Line:
    """A bot that fails as it is told to, and time that passes only while somebody waits."""

    def __init__(self, *faults: Exception | None) -> None:
        self.clock = ManualClock(datetime(2026, 5, 1, tzinfo=UTC))
        self.made: list[tuple[float, str]] = []
        self._faults = deque(faults)
        self.calls = TelegramCalls(cast("Any", self), Pacing(), self.clock, pause=self._pause)

    async def answer_callback_query(self, callback: str, text: str | None, alert: bool) -> bool:
        return self._meet(f"answer {text}")

    async def send_chat_action(self, chat: int, action: str, message_thread_id: int | None) -> bool:
        return self._meet(f"typing {chat} {message_thread_id}")

    def _meet(self, what: str) -> bool:
        self.made.append((self.clock.monotonic(), what))
        fault = self._faults.popleft() if self._faults else None
        if fault is not None:
            raise fault
        return True

    async def _pause(self, seconds: float) -> None:
        self.clock.move_to(self.clock.now() + timedelta(seconds=seconds))


def test_an_answer_to_a_press_waits_a_short_flood_out() -> None:
    """Once, and not a moment too early."""
    line = _Line(RetryAfter(2))
    asyncio.run(line.calls.answer_press("1", "Done"))
    assert [what for _, what in line.made] == ["answer Done"] * 2
    assert line.made[1][0] >= 2


def test_an_answer_nobody_waits_for_any_more_is_dropped() -> None:
    """After a long silence it would only be refused."""
    line = _Line(RetryAfter(60))
    asyncio.run(line.calls.answer_press("1"))
    assert len(line.made) == 1
    assert line.clock.monotonic() == 0


def test_a_long_answer_is_cut() -> None:
    """Telegram takes two hundred characters."""
    line = _Line()
    asyncio.run(line.calls.answer_press("1", "word " * 100))
    assert len(line.made[0][1]) <= len("answer ") + 200


def test_typing_is_dropped_while_telegram_wants_silence() -> None:
    """It is not worth a wait."""
    line = _Line(RetryAfter(5))
    asyncio.run(line.calls.typing("telegram:7"))
    asyncio.run(line.calls.typing("telegram:7"))
    assert len(line.made) == 1


def test_typing_in_a_topic_shows_there_and_faults_are_let_be() -> None:
    """Nothing is raised for something so small."""
    line = _Line(TimedOut())
    asyncio.run(line.calls.typing("telegram:-5/12"))
    assert line.made == [(0.0, "typing -5 12")]


def test_an_address_that_is_none_is_an_error() -> None:
    """Only chats of Telegram can be written to."""
    assert Address.read("telegram:-5/12") == Address(-5, 12)
    with pytest.raises(ValueError, match="ana"):
        Address.read("ana")

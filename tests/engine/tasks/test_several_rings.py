"""Several reminders in one sentence: each has the whole of what it says."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from engine.tasks.rules import TaskRules
from engine.tasks.several_rings import several_reminders

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


def parts(text: str) -> list[str]:
    return list(several_reminders(text, now=NOW, zone=ZoneInfo("UTC"), rules=TaskRules()))


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("remind me at 8 and at 9 to wash up", ["at 8", "at 9 pm"]),
        ("remind me to wash up at 8 and at 9", ["at 8", "at 9 pm"]),
        ("Please remind us at 8 and 9 pm to wash up.", ["at 8 pm", "at 9 pm"]),
        ("remind me at 7:15, 8 and 9 to wash up", ["at 7:15", "at 8 pm", "at 9 pm"]),
        ("remind me tomorrow at 8 and 20:00 to wash up", ["tomorrow at 8", "tomorrow at 20:00"]),
        ("remind me tomorrow and on friday to wash up", ["tomorrow", "on friday"]),
        ("remind me on monday and tuesday at 7 to wash up", ["on monday at 7", "tuesday at 7"]),
        ("remind me at 10 and at 3 pm to wash up", ["at 10", "at 3 pm"]),
        ("remind me to wash up at 8am and 8pm every day", ["at 8am every day", "at 8pm every day"]),
        ("remind me at 8 and at 9 tomorrow to wash up", ["at 8 tomorrow", "at 9 tomorrow"]),
        ("remind me at 5 and at 6 to wash up", ["at 5", "at 6 pm"]),
        ("remind me at quarter to 8 and quarter to 9 to wash up", ["at quarter to 8", "at quarter to 9"]),
        ("remind me at 8 and at 8 to wash up", ["at 8"]),
        ("remind me in 10 minutes and in an hour to wash up", ["in 10 minutes", "in an hour"]),
    ],
)
def test_each_time_is_a_reminder(text: str, times: list[str]) -> None:
    lead = "Please remind us" if "us" in text.split() else "remind me"
    assert parts(text) == [f"{lead} {time} to wash up" for time in times]


@pytest.mark.parametrize(
    "text",
    [
        "remind me at 8 to wash up",
        "remind me to call mum at 5 and dad at 6",
        "remind me to buy milk and eggs at 5",
        "remind me at 8 to wash and at 9 to iron",
        "remind me every day at 8 and at 20:00 to wash up",
        "remind me at 1, 2, 3, 4, 5 and 6 to wash up",
        "wake me at 7 and at 8",
        "remind me to be at 8 and 9 streets",
        "remind me at 8 and at 25 to jump",
        "remind me yesterday and tomorrow at 7 to wash up",
    ],
)
def test_all_else_is_left_as_it_is(text: str) -> None:
    assert parts(text) == []

"""Times that cannot be are named and taken out of the title; what only looks like one stays."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from engine.tasks.capture import Capture, capture
from engine.tasks.kinds import Ask, Kind
from engine.tasks.rules import TaskRules

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def read(text: str, kind: Kind = Kind.REMINDER, now: datetime = NOW) -> Capture:
    found = capture(text, kind=kind, now=now, zone=UTC, rules=TaskRules.base())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "title", "reason"),
    [
        ("remind me at 25:00 to call mum", "call mum", "There is no such time as 25:00."),
        ("remind me at 12:75 to call mum", "call mum", "There is no such time as 12:75."),
        ("remind me on 30 february to call mum", "call mum", "There is no 30 February."),
        ("remind me on june 31st to call mum", "call mum", "There is no 31 June."),
        ("remind me on 30 february at 5 to call mum", "call mum", "There is no 30 February."),
        ("remind me on february 29 2027 to call mum", "call mum", "There is no 29 February 2027."),
        ("remind me every 0 minutes to call mum", "call mum", "That is too often: every 5 minutes is the most I ring."),
        ("remind me on the 32nd to call mum", "call mum", "No month has as many days as that."),
        ("remind me yesterday to call mum", "call mum", "Yesterday is over already."),
        ("remind me to call mum an hour ago", "call mum", "An hour ago is over already."),
        ("remind me in -5 minutes to call mum", "call mum", "That is over already."),
        ("remind me in 1000000 days to call mum", "call mum", "That is further away than I can count."),
        (
            "remind me every 10 seconds to call mum",
            "call mum",
            "That is too often: every 5 minutes is the most I ring.",
        ),
        ("remind me every minute to call mum", "call mum", "That is too often: every 5 minutes is the most I ring."),
    ],
)
def test_a_time_that_cannot_be_is_said_so_and_asked_for(text: str, title: str, reason: str) -> None:
    found = read(text)
    assert found.refused is not None
    assert (found.title, found.refused.reason, found.due, found.rings_at) == (title, reason, None, None)
    assert Ask.WHEN in found.asks


@pytest.mark.parametrize(
    "text",
    [
        "remind me on 29 february to call mum",
        "remind me on 29 february 2028 to call mum",
        "remind me at 24:00 to call mum",
        "remind me on 31 december to call mum",
        "remind me every 5 minutes to call mum",
        "remind me in 300 days to call mum",
        "remind me tomorrow to ask what yesterday was about",
    ],
)
def test_a_time_that_can_be_is_taken(text: str) -> None:
    found = read(text)
    assert found.refused is None
    assert found.rings_at is not None


@pytest.mark.parametrize("text", ["print the 30 march tickets", "return yesterday's parcel", "buy 100 screws"])
def test_a_task_without_such_a_time_keeps_its_words(text: str) -> None:
    assert read(text, Kind.TASK).refused is None


@pytest.mark.parametrize(
    ("text", "rings"),
    [
        ("set an alarm for 6:30", "2026-11-22T06:30"),
        ("set an alarm for 9", "2026-11-22T09:00"),
        ("set an alarm for half past six", "2026-11-22T06:30"),
        ("set an alarm for 6:30 pm", "2026-11-21T18:30"),
        ("set an alarm for 6:30 tonight", "2026-11-21T18:30"),
        ("set an alarm for 6:30 today", "2026-11-21T18:30"),
        ("set an alarm for 18:30", "2026-11-21T18:30"),
        ("set an alarm for 3", "2026-11-21T15:00"),
        ("set an alarm for 11:30", "2026-11-21T11:30"),
        ("set an alarm for 6 to fetch the kids", "2026-11-21T18:00"),
    ],
)
def test_an_alarm_clock_rings_in_the_morning_unless_its_words_say_otherwise(text: str, rings: str) -> None:
    assert read(text, Kind.ALARM).rings_at == datetime.fromisoformat(f"{rings}+00:00")


def test_an_alarm_set_in_the_night_rings_the_same_morning() -> None:
    night = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
    assert read("set an alarm for 6:30", Kind.ALARM, night).rings_at == datetime(2026, 11, 21, 6, 30, tzinfo=UTC)

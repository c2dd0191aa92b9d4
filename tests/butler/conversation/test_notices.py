"""What is told unasked: to whom, when, and what comes of its buttons."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from butler.conversation.notices import Notice, Notifier, automatic_rollback
from butler.conversation.quiet_hours import QuietHours
from butler.conversation.settings import Settings
from butler.conversation.turn import Option
from butler.jobs import told_of
from engine.scheduler import Job, Scheduler, never
from store import notices, people
from tests.acceptance.family import ADA, BEN, GUS, RIA, Family

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT = QuietHours(time(22), time(7))
HELD = "remember that sesame means the front door"


def berlin(year: int, month: int, day: int, hour: int, minute: int, *, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN, fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "at", "over"),
    [
        (NIGHT, berlin(2026, 11, 21, 21, 59), berlin(2026, 11, 21, 21, 59)),
        (NIGHT, berlin(2026, 11, 21, 22, 0), berlin(2026, 11, 22, 7, 0)),
        (NIGHT, berlin(2026, 11, 22, 6, 59) + timedelta(seconds=59), berlin(2026, 11, 22, 7, 0)),
        (NIGHT, berlin(2026, 11, 22, 7, 0), berlin(2026, 11, 22, 7, 0)),
        # The night is an hour shorter in spring and an hour longer in autumn; seven is seven.
        (NIGHT, berlin(2026, 3, 28, 23, 0), berlin(2026, 3, 28, 23, 0) + timedelta(hours=7)),
        (NIGHT, berlin(2026, 10, 24, 23, 0), berlin(2026, 10, 24, 23, 0) + timedelta(hours=9)),
        # An end that the clock skips, and one that it shows twice.
        (QuietHours(time(1), time(2, 30)), berlin(2026, 3, 29, 1, 30), berlin(2026, 3, 29, 3, 0)),
        (QuietHours(time(1), time(2, 30)), berlin(2026, 10, 25, 2, 10), berlin(2026, 10, 25, 2, 30)),
        (QuietHours(time(1), time(2, 30)), berlin(2026, 10, 25, 2, 10, fold=1), berlin(2026, 10, 25, 2, 30, fold=1)),
        (QuietHours(time(13), time(15)), berlin(2026, 11, 21, 14, 0), berlin(2026, 11, 21, 15, 0)),
        (QuietHours(time(9), time(9)), berlin(2026, 11, 21, 9, 0), berlin(2026, 11, 21, 9, 0)),
    ],
)
def test_quiet_hours_end_by_the_wall_clock(hours: QuietHours, at: datetime, over: datetime) -> None:
    assert hours.over(at, BERLIN) == over


def notifier(family: Family) -> Notifier:
    settings = Settings(time_zone=BERLIN, quiet_hours=NIGHT)
    return Notifier(family.app.store, family.app.config.people, settings)


@pytest.mark.parametrize(
    ("notice", "hour"),
    [
        (Notice("report", "Hello.", to=ADA), 7),
        (Notice("report", "Hello.", to=ADA, urgent=True), 1),
        (Notice("reminder", "Hello.", to=ADA, held=False), 1),
        (automatic_rollback("Hello."), 1),
    ],
)
def test_only_what_may_wait_waits_for_the_morning(family: Family, notice: Notice, hour: int) -> None:
    notifier(family).notify(notice, berlin(2026, 11, 22, 1, 0))
    assert [row.due_at for row in family.told(ADA)] == [berlin(2026, 11, 22, hour, 0)]


def test_admins_are_told_each_where_they_are(family: Family) -> None:
    """On Telegram in their own chat, the configured ones on this machine; nobody else, and not who need not be."""
    family.admit(BEN, "admin", "Ben")
    numbers = notifier(family).notify(Notice("report", "Hello.", but=BEN), family.clock.now())
    told = {user: family.told(user) for user in (ADA, BEN, RIA, GUS, "root")}
    assert {user: [(row.channel, row.chat) for row in rows] for user, rows in told.items()} == {
        ADA: [("telegram", ADA)],
        BEN: [],
        RIA: [],
        GUS: [],
        "root": [("local", "root")],
    }
    assert [message.text for message in family.app.take_notices()] == ["Hello."]
    assert len(numbers) == 2


def test_who_was_removed_is_told_nothing(family: Family) -> None:
    people.remove(family.app.store, RIA)
    assert notifier(family).notify(Notice("report", "Hello.", to=RIA), family.clock.now()) == []


def test_a_notices_button_is_its_addressees_and_its_answer_is_kept(family: Family) -> None:
    answers = tuple(Option(name, {"kind": "answer", "label": name, "said": f"{name}, then."}) for name in ("Yes", "No"))
    (number,) = notifier(family).notify(Notice("question", "Well?", to=RIA, buttons=answers), family.clock.now())
    assert "someone else" in family.press_id(f"n{number}b0", ADA)
    assert family.press_id(f"n{number}b1", RIA) == "No, then."
    assert "already answered" in family.press_id(f"n{number}b0", RIA)
    kept = notices.get(family.app.store, number)
    assert kept
    assert (kept.answer, kept.answered_at) == ("No", family.clock.now())


def test_the_admins_hear_of_a_lesson_that_waits_and_its_teacher_of_the_decision(family: Family) -> None:
    family.say(HELD, RIA)
    (waiting,) = family.told(ADA)
    assert "Ria would like to teach me that “sesame” means the front door (#1)" in waiting.payload["text"]
    assert [label for _, label in waiting.payload["buttons"]] == ["Approve", "Reject"]
    before = family.app.engine.digest()
    assert "Approved" in family.press_id(waiting.payload["buttons"][0][0], ADA)
    assert family.app.engine.digest() != before
    (decision,) = family.told(RIA)
    assert "was approved" in decision.payload["text"]


def test_a_rejection_is_told_with_its_reason(family: Family) -> None:
    family.say(HELD, RIA)
    family.say("/reject 1 we call it something else", ADA)
    assert "was turned down: we call it something else" in family.told(RIA)[0].payload["text"]


def test_an_admins_own_lesson_is_no_news_to_that_admin(family: Family) -> None:
    family.admit(BEN, "admin", "Ben")
    family.say(HELD, ADA)
    assert (len(family.told(ADA)), len(family.told(BEN))) == (0, 1)
    family.say("/approve 1", ADA)
    assert len(family.told(ADA)) == 0


def test_a_decision_pressed_after_another_admins_changes_nothing(family: Family) -> None:
    family.admit(BEN, "admin", "Ben")
    family.say(HELD, RIA)
    buttons = {user: family.told(user)[0].payload["buttons"] for user in (ADA, BEN)}
    family.press_id(buttons[ADA][1][0], ADA)
    before = family.app.engine.digest()
    assert "isn't waiting" in family.press_id(buttons[BEN][0][0], BEN)
    assert family.app.engine.digest() == before


def test_a_job_that_fails_is_told_at_once_and_once_a_day(family: Family) -> None:
    """Another problem is other news."""
    problems = ["disk", "disk", "net", "disk"]

    def run(_: datetime) -> str:
        raise OSError(problems.pop(0))

    scheduler = Scheduler(
        family.app.store, [told_of(Job("broken", run, never), family.app.store, family.app.notify)], owner="a test"
    )
    at = berlin(2026, 11, 22, 1, 0)
    counts = []
    for hours in (0, 23, 23, 24):
        assert scheduler.run("broken", at + timedelta(hours=hours)).problem
        counts.append(len(family.told(ADA)))
    assert counts == [1, 1, 2, 3]
    first = family.told(ADA)[0]
    assert "“broken” failed (OSError)" in first.payload["text"]
    assert first.due_at == at

"""Reports come weekly at each person's hour, or after many new thoughts: three insights at most, never at night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from engine.learning.changes import KeywordRuleChange, ReportHourChange
from engine.review import log_review
from engine.review.traces import StoredTraces
from engine.scheduler import JobFailedError
from store import insights, outbox, people, traces, work
from store.database import Store
from store.errors import StoreFull
from store.outbox import Queued
from tests.acceptance.family import ADA, BEN, GUS, RIA, Family
from tests.acceptance.household import START
from tests.butler.conversation.crashing import killed_at
from tests.butler.conversation.reports.planting import plant

SUNDAY = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
DAY = 86_400


def plant_many(family: Family, *phrases: str, owner: str | None = None) -> None:
    for weight, phrase in enumerate(phrases, 1):
        scope = "household" if owner is None else "personal"
        change = KeywordRuleChange(phrase, "high", scope, owner)  # type: ignore[arg-type]  # one of both
        plant(family.app.store, change, owner=owner, priority=float(weight))


def shown(family: Family, user: str = ADA) -> list[Queued]:
    return [row for row in family.told(user) if "System Insight" in row.payload["text"]]


def phrases(family: Family, user: str = ADA) -> list[str]:
    return [row.payload["text"].split("“")[1].split("”")[0] for row in shown(family, user)]


def reasons(family: Family) -> list[str]:
    """Return why Ada was not written to, in the order of the traces."""
    found = StoredTraces(family.app.store).stream(stages=("notice",))
    return [str(one.outcome) for one in found if one.decision == "held_back" and one.user == ADA]


def test_a_report_has_the_three_weightiest_and_never_a_fourth(family: Family) -> None:
    plant_many(family, "one", "two", "three", "four", "five")
    family.app.run_job("report")
    assert phrases(family) == ["five", "four", "three"]
    family.app.run_job("report")
    family.restart()
    family.app.run_job("report")
    assert len(shown(family)) == 3
    assert reasons(family) == ["enough was said lately"] * 2


def test_the_rest_comes_a_week_later_and_nothing_twice(family: Family) -> None:
    plant_many(family, "one", "two", "three", "four", "five")
    family.app.advance(2 * DAY)
    assert [row.created_at for row in shown(family)] == [SUNDAY] * 3
    family.app.advance(7 * DAY)
    assert phrases(family) == ["five", "four", "three", "two", "one"]
    assert shown(family)[-1].created_at == SUNDAY + timedelta(days=7)


def test_nothing_to_say_is_nothing_sent_and_logged(family: Family) -> None:
    assert family.app.run_job("report").summary == "Nothing to report."
    assert family.told(ADA) == []
    assert reasons(family) == ["nothing to say"]


def test_at_night_it_waits_for_the_morning(family: Family) -> None:
    plant_many(family, "dentist")
    family.clock.move_to(START + timedelta(hours=13))
    family.app.run_job("report")
    (row,) = shown(family)
    assert row.due_at == datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    assert outbox.due(family.app.store, "telegram", START + timedelta(hours=20)) == []


def test_what_was_decided_before_the_morning_is_not_sent(family: Family) -> None:
    family.admit(RIA, "admin", "Ria")
    plant_many(family, "dentist")
    family.clock.move_to(START + timedelta(hours=13))
    family.app.run_job("report")
    assert "Dismissed" in family.say("dismiss 1", RIA)
    assert {row.state for row in (*shown(family), *shown(family, RIA))} == {"dropped"}


def test_what_is_dismissed_never_comes_again(family: Family) -> None:
    plant_many(family, "dentist")
    family.app.run_job("report")
    family.say("dismiss", ADA)
    family.admit(RIA, "admin", "Ria")
    family.app.advance(2 * DAY)
    assert len(shown(family)) == 1
    assert shown(family, RIA) == []


def test_each_is_told_what_is_theirs_and_guests_nothing(family: Family) -> None:
    plant_many(family, "ours")
    plant_many(family, "mine", owner=RIA)
    plant_many(family, "theirs", owner=GUS)
    family.app.run_job("report")
    assert (phrases(family), phrases(family, RIA), phrases(family, GUS)) == (["ours"], ["mine"], [])


def test_a_report_that_the_disk_had_no_room_for_is_sent_whole_later(family: Family) -> None:
    """Half of it is not sent, and none of it counts as told."""
    plant_many(family, "one", "two")
    real, full = outbox.add, StoreFull(family.app.store.path, "no space left")
    left = iter([real])

    def add(store: Store, outgoing: outbox.Outgoing) -> object:
        """Take one message, and no more."""
        for room in left:
            return room(store, outgoing)
        raise full

    with patch.object(outbox, "add", add), pytest.raises(JobFailedError):
        family.app.run_job("report")
    assert phrases(family) == []
    family.app.run_job("report")
    assert phrases(family) == ["two", "one"]


def test_a_household_with_nobody_to_report_to_loses_nothing(family: Family) -> None:
    plant_many(family, "dentist")
    people.remove(family.app.store, ADA)
    family.app.advance(2 * DAY)
    assert phrases(family) == []
    family.admit(BEN, "admin", "Ben")
    family.app.advance(7 * DAY)
    assert phrases(family, BEN) == ["dentist"]


def test_an_applied_hour_moves_the_report_and_its_rollback_moves_it_back(family: Family) -> None:
    """The whole way: an insight on the hour is applied, and what comes later comes then."""
    plant(family.app.store, ReportHourChange(ADA, 9, 2), owner=ADA)
    family.say("/report", ADA)
    assert "Applied" in family.say("apply", ADA)
    plant_many(family, "dentist")
    family.app.advance(6 * DAY)
    assert shown(family)[-1].created_at == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert "Rolled back #1" in family.say("/rollback 1", ADA)
    plant_many(family, "rent")
    family.app.advance(3 * DAY)
    assert shown(family)[-1].created_at == SUNDAY + timedelta(days=7)


def test_fifty_new_thoughts_are_reviewed_and_reported_before_the_week_is_over(family: Family) -> None:
    family.app.advance((SUNDAY + timedelta(hours=1) - START).total_seconds())
    for number in range(50):
        family.say(f"note: the number {number} bus was late", RIA)
    plant_many(family, "dentist")
    family.app.advance(DAY)
    assert [row.created_at for row in shown(family)] == [SUNDAY + timedelta(days=1)]


def test_a_report_that_was_missed_is_caught_up_for_those_whose_it_was(family: Family) -> None:
    plant_many(family, "dentist")
    plant(family.app.store, ReportHourChange(RIA, 9, 2), owner=RIA)
    family.say("/report", RIA)
    family.say("apply", RIA)
    plant_many(family, "rent", owner=RIA)
    family.clock.move_to(SUNDAY + timedelta(hours=1, minutes=13))
    family.restart()
    family.app.scheduler.run_due(family.clock.now())
    assert phrases(family) == ["dentist"]
    assert phrases(family, RIA) == ["reports"]


def test_the_first_report_of_all_is_caught_up_too(family: Family) -> None:
    """Butler was away on its Sunday."""
    plant_many(family, "dentist")
    family.clock.move_to(SUNDAY + timedelta(days=3))
    family.restart()
    family.app.scheduler.run_due(family.clock.now())
    assert phrases(family) == ["dentist"]


def test_review_reads_each_trace_once_and_says_how_many(family: Family) -> None:
    family.say("buy milk", RIA)
    first = family.app.run_job("log_review").summary
    assert first.startswith("Read ")
    assert not first.startswith("Read 0")
    family.app.traces.flush()
    family.app.run_job("log_review")
    family.app.traces.flush()
    assert len(traces.by_trace(family.app.store, f"job-log_review-{START.isoformat()}")) == 2


def test_a_review_that_was_cut_off_waits_in_the_queue_and_is_gone_on_with(family: Family) -> None:
    """After a restart it is the same piece of work, done at once and not once more."""
    family.say("buy milk", RIA)
    family.app.traces.flush()
    with killed_at(log_review, "promote"):
        family.app.run_job("log_review")
    assert work.last_done(family.app.store, "log_review") is None
    family.restart()
    assert family.app.run_job("log_review").summary.startswith("Read ")
    done = work.last_done(family.app.store, "log_review")
    assert done is not None
    assert (done.attempts, work.count(family.app.store, "done")) == (2, 1)
    assert "log_review" not in {one.kind for one in work.waiting(family.app.store)}


def test_a_review_that_failed_is_tried_again_as_the_same_piece_of_work(family: Family) -> None:
    full = StoreFull(family.app.store.path, "no space left")
    with patch.object(log_review, "promote", side_effect=full), pytest.raises(JobFailedError):
        family.app.run_job("log_review")
    family.app.run_job("log_review")
    done = work.last_done(family.app.store, "log_review")
    assert done is not None
    assert done.attempts == 2


@pytest.mark.parametrize(("amended", "verdict"), [(0, "It helps."), (6, "It made things worse.")])
def test_two_weeks_later_the_next_report_says_whether_it_helped(family: Family, amended: int, verdict: str) -> None:
    """Its own measure before and after, in one line; what made things worse is proposed to be taken back."""
    before = 0 if amended else 3
    _say_dentist(family, 6, before)
    family.clock.move_to(START + timedelta(minutes=1))
    measure = {"what": "amended", "field": "priority", "phrase": "dentist", "owner": None}
    plant(family.app.store, measure=measure)
    family.say("/report", ADA)
    family.say("apply", ADA)
    family.clock.move_to(START + timedelta(days=1))
    _say_dentist(family, 6, amended)
    family.clock.move_to(START + timedelta(days=15))
    family.app.run_job("report")
    family.app.run_job("report")
    lines = [row.payload["text"] for row in family.told(ADA) if "📈" in row.payload["text"]]
    assert len(lines) == 1
    assert f"set otherwise by hand {before} of 6 times before, {amended} of 6 times since" in lines[0]
    assert verdict in lines[0]
    assert insights.of_improvement(family.app.store, 1) is not None
    if amended:
        assert "made things worse" in shown(family)[-1].payload["text"]
        assert "Rolled back #1" in family.say("apply 2", ADA)
        assert "important" not in family.say("book the dentist for next tuesday", RIA)


def _say_dentist(family: Family, count: int, amended: int) -> None:
    for number in range(count):
        family.say(f"call the dentist about tooth {number + 1}", RIA)
        if number < amended:
            family.say("make it urgent", RIA)

"""What rings: once, in its order, put off and ended by presses that may come twice."""

from dataclasses import replace
from datetime import timedelta

import pytest

from store import Store, rings, tasks
from store.rings import NewRing
from tests.store.conftest import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
CALL = NewRing("reminder", "call mum", NOW, "ana", "c", NOW - DAY, turn=3)
DAILY = replace(CALL, title="pills", recurrence={"every": "day"})


def test_it_rings_once_and_not_before_its_time(store: Store) -> None:
    """Too early, a second time, and what there is not: none of it rings."""
    number = rings.add(store, CALL)
    assert not rings.ring(store, number, at=NOW - MINUTE)
    assert [rings.ring(store, number, at=NOW, late=True), rings.ring(store, number, at=NOW)] == [True, False]
    found = rings.get(store, number)
    assert found is not None
    assert (found.state, found.rung_at, found.late) == ("rung", NOW, True)
    assert not rings.ring(store, 99, at=NOW)


def test_what_is_due_comes_the_earliest_first(store: Store) -> None:
    """The next instant is that of the earliest that waits, also of one that is overdue."""
    late, soon, now = (rings.add(store, replace(CALL, due_at=NOW + gap)) for gap in (DAY, MINUTE, timedelta(0)))
    assert [ring.id for ring in rings.due(store, NOW + MINUTE)] == [now, soon]
    assert [ring.id for ring in rings.due(store, NOW + DAY, limit=1)] == [now]
    assert (rings.next_due(store), rings.next_due(store, NOW)) == (NOW, NOW + MINUTE)
    for number in (now, soon):
        rings.ring(store, number, at=NOW + MINUTE)
    assert rings.next_due(store) == NOW + DAY
    assert rings.cancel(store, late, at=NOW)
    assert rings.next_due(store) is None


def test_what_recurs_makes_its_next_when_it_rings(store: Store) -> None:
    """There is one next, however often somebody tries; it carries all that the first said."""
    number = rings.add(store, DAILY)
    assert rings.ring(store, number, at=NOW, next_due=NOW + DAY)
    assert not rings.ring(store, number, at=NOW, next_due=NOW + DAY)
    (following,) = rings.of_user(store, "ana")
    assert following.id != number
    assert (following.due_at, following.title, following.recurrence) == (NOW + DAY, "pills", {"every": "day"})
    assert (following.turn, following.created_at, following.series, following.state) == (3, NOW, number, "waiting")
    assert rings.ring(store, following.id, at=NOW + DAY, next_due=NOW + 2 * DAY)
    assert [ring.series for ring in rings.of_user(store, "ana")] == [number]


def test_what_was_put_off_rings_again_without_a_second_series(store: Store) -> None:
    """The one put off has no recurrence of its own, and each press counts once."""
    number = rings.add(store, DAILY)
    rings.ring(store, number, at=NOW, late=True, next_due=NOW + DAY)
    later = NOW + 10 * MINUTE
    assert [rings.snooze(store, number, later, at=NOW), rings.snooze(store, number, later, at=NOW)] == [True, False]
    found = rings.get(store, number)
    assert found is not None
    assert (found.state, found.due_at, found.snoozed, found.recurrence, found.late) == (
        "waiting",
        later,
        1,
        None,
        False,
    )
    assert rings.next_due(store) == later
    assert rings.ring(store, number, at=later)
    assert len(rings.of_user(store, "ana")) == 1


def test_done_and_snooze_pressed_together_do_one_of_both(store: Store) -> None:
    """What is done is not put off, what was put off can still be done, and what has not rung is not done."""
    number = rings.add(store, CALL)
    assert not rings.finish(store, number, at=NOW)
    assert not rings.snooze(store, number, NOW, at=NOW)
    rings.ring(store, number, at=NOW)
    assert [rings.finish(store, number, at=NOW), rings.finish(store, number, at=NOW)] == [True, False]
    assert not rings.snooze(store, number, NOW + MINUTE, at=NOW)
    other = rings.add(store, CALL)
    rings.ring(store, other, at=NOW)
    assert rings.snooze(store, other, NOW + MINUTE, at=NOW)
    assert rings.finish(store, other, at=NOW)
    assert rings.due(store, NOW + DAY) == []


def test_a_recurring_one_is_cancelled_with_what_was_put_off_of_it(store: Store) -> None:
    """Cancelling one of it leaves a put-off one; cancelling the series leaves none. Both count once."""
    number = rings.add(store, DAILY)
    rings.ring(store, number, at=NOW, next_due=NOW + DAY)
    rings.snooze(store, number, NOW + MINUTE, at=NOW)
    assert rings.cancel_series(store, number, at=NOW)
    assert not rings.cancel_series(store, number, at=NOW)
    assert rings.of_user(store, "ana") == []
    assert not rings.cancel(store, number, at=NOW)


def test_a_ring_is_its_persons(store: Store) -> None:
    """With a person given, nobody else's ring is read, changed, put off, ended or cancelled."""
    number = rings.add(store, DAILY)
    assert rings.get(store, number, user="bob") is None
    assert not rings.amend(store, number, user="bob", title="mine")
    assert not rings.cancel(store, number, at=NOW, user="bob")
    assert not rings.cancel_series(store, number, at=NOW, user="bob")
    rings.ring(store, number, at=NOW)
    assert not rings.snooze(store, number, NOW, at=NOW, user="bob")
    assert not rings.finish(store, number, at=NOW, user="bob")
    assert rings.finish(store, number, at=NOW, user="ana")


def test_what_waits_can_be_moved_and_renamed(store: Store) -> None:
    """What has rung stays as it is; one that recurs from now on is a series."""
    number = rings.add(store, CALL)
    assert rings.amend(store, number, due_at=NOW + DAY, title="call dad", recurrence={"every": "day"})
    found = rings.get(store, number)
    assert found is not None
    assert (found.due_at, found.title, found.series) == (NOW + DAY, "call dad", number)
    assert not rings.ring(store, number, at=NOW)
    with pytest.raises(ValueError, match="state"):
        rings.amend(store, number, state="done")
    rings.ring(store, number, at=NOW + DAY)
    assert not rings.amend(store, number, due_at=NOW)


def test_rings_are_listed_by_kind_and_state(store: Store) -> None:
    """Timers beside reminders, the earliest first."""
    timer = rings.add(store, replace(CALL, kind="timer", title="pasta", due_at=NOW + MINUTE, duration_s=480.5))
    reminder = rings.add(store, CALL)
    assert [ring.id for ring in rings.of_user(store, "ana")] == [reminder, timer]
    (pasta,) = rings.of_user(store, "ana", kinds=["timer"])
    assert (pasta.id, pasta.duration_s) == (timer, 480.5)
    assert rings.of_user(store, "ana", states=["rung"]) == []
    assert rings.of_user(store, "bob") == []


def test_what_waits_for_a_task_goes_with_it(store: Store) -> None:
    """A task that is done rings no more; other rings do."""
    task = tasks.add(store, tasks.NewTask("milk", "ana", "c", NOW))
    number, other = rings.add(store, replace(CALL, task=task)), rings.add(store, CALL)
    assert [ring.id for ring in rings.of_task(store, task)] == [number]
    assert [rings.cancel_of_task(store, task, at=NOW), rings.cancel_of_task(store, task, at=NOW)] == [1, 0]
    assert [ring.id for ring in rings.due(store, NOW)] == [other]

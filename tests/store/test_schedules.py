"""Scheduled home actions are begun once; a notice on a device is told once for as long as it is so."""

from dataclasses import replace
from datetime import timedelta

from store import Store, device_notices, schedules
from store.device_notices import NewDeviceNotice
from store.schedules import NewSchedule
from tests.store.conftest import NOW

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
HEATING = NewSchedule("heating on at 6", [{"intent": "climate_control"}], "ana", "c", NOW, due_at=NOW, guarded=True)
WASHER = NewDeviceNotice("ana", "c", "sensor.washer", {"state": "idle", "for_s": 60}, "the washer is done", NOW)


def test_what_is_due_is_begun_once(store: Store) -> None:
    """Who comes second, or saw an older instant, begins nothing; it is due again at its next instant."""
    number = schedules.add(store, replace(HEATING, recurrence={"every": "day"}))
    assert schedules.begin(store, number, due_at=NOW, at=NOW, next_due=NOW + DAY)
    assert not schedules.begin(store, number, due_at=NOW, at=NOW, next_due=NOW + DAY)
    assert (schedules.due(store, NOW), schedules.next_due(store)) == ([], NOW + DAY)
    assert [one.id for one in schedules.due(store, NOW + DAY)] == [number]


def test_what_comes_once_is_done_when_it_is_begun(store: Store) -> None:
    """It is not due again, and its row keeps what was asked for."""
    number = schedules.add(store, HEATING)
    assert schedules.begin(store, number, due_at=NOW, at=NOW, next_due=None)
    found = schedules.get(store, number)
    assert found is not None
    assert (found.state, found.last_run_at, found.commands, found.guarded) == (
        "done",
        NOW,
        [{"intent": "climate_control"}],
        True,
    )
    assert schedules.next_due(store) is None


def test_it_is_given_other_times_until_it_is_over(store: Store) -> None:
    """What comes again by the sun then comes once, and what was taken back is not due again."""
    number = schedules.add(store, replace(HEATING, recurrence={"every": "day"}, sun={"event": "sunset", "offset_s": 0}))
    assert schedules.retime(store, number, due_at=NOW + DAY, recurrence=None, sun=None)
    found = schedules.get(store, number)
    assert found is not None
    assert (found.due_at, found.recurrence, found.sun, found.state) == (NOW + DAY, None, None, "active")
    assert schedules.cancel(store, number)
    assert not schedules.retime(store, number, due_at=NOW, recurrence=None, sun=None)


def test_what_it_does_is_changed_and_what_was_taken_back_is_due_again(store: Store) -> None:
    number = schedules.add(store, HEATING)
    assert schedules.amend(store, number, [{"intent": "light_control"}])
    assert schedules.cancel(store, number)
    assert not schedules.amend(store, number, [])
    assert not schedules.revive(store, number, due_at=NOW + DAY, user="bob")
    assert schedules.revive(store, number, due_at=NOW + DAY, user="ana")
    assert not schedules.revive(store, number, due_at=NOW)
    found = schedules.get(store, number)
    assert found is not None
    assert (found.state, found.due_at, found.commands) == ("active", NOW + DAY, [{"intent": "light_control"}])


def test_a_run_that_was_cut_off_is_seen(store: Store) -> None:
    """Begun and without an outcome it is found; its outcome is kept once."""
    number = schedules.add(store, HEATING)
    assert (schedules.cut_off(store), schedules.finish(store, number, "done")) == ([], False)
    schedules.begin(store, number, due_at=NOW, at=NOW, next_due=None)
    assert [one.id for one in schedules.cut_off(store)] == [number]
    assert [schedules.finish(store, number, "done"), schedules.finish(store, number, "late")] == [True, False]
    assert schedules.cut_off(store) == []


def test_actions_that_rest_are_not_due(store: Store) -> None:
    """They are paused, resumed and cancelled once each, by their person, and nothing that is cancelled comes back."""
    number = schedules.add(store, HEATING)
    assert not schedules.pause(store, number, user="bob")
    assert [schedules.pause(store, number, user="ana"), schedules.pause(store, number)] == [True, False]
    assert (schedules.due(store, NOW), schedules.next_due(store)) == ([], None)
    assert not schedules.begin(store, number, due_at=NOW, at=NOW, next_due=None)
    assert [schedules.resume(store, number, due_at=NOW + DAY), schedules.resume(store, number, due_at=NOW)] == [
        True,
        False,
    ]
    assert schedules.next_due(store) == NOW + DAY
    assert [schedules.cancel(store, number), schedules.cancel(store, number)] == [True, False]
    assert not schedules.resume(store, number, due_at=NOW)
    assert schedules.of_user(store, "ana") == []


def test_actions_by_the_sun_are_moved_unless_they_were_begun(store: Store) -> None:
    """A new instant replaces the one it was worked out from, and no other."""
    sunset = {"event": "sunset", "offset_s": -600}
    number = schedules.add(store, replace(HEATING, sun=sunset))
    assert schedules.move(store, number, NOW + MINUTE, due_at=NOW)
    assert not schedules.move(store, number, NOW + DAY, due_at=NOW)
    found = schedules.get(store, number, user="ana")
    assert found is not None
    assert (found.sun, found.due_at) == (sunset, NOW + MINUTE)
    assert [schedules.next_due(store, NOW), schedules.next_due(store, NOW + MINUTE)] == [NOW + MINUTE, None]
    schedules.add(store, replace(HEATING, user="bob"))
    assert [one.user for one in schedules.everyones(store)] == ["ana", "bob"]
    assert schedules.get(store, number, user="bob") is None


def test_a_person_is_told_once_while_it_is_so(store: Store) -> None:
    """Not before its time, not twice, and again only after it has ended and begun anew."""
    number = device_notices.add(store, replace(WASHER, once=False))
    assert device_notices.begin(store, number, since=NOW, due_at=NOW + MINUTE)
    assert not device_notices.begin(store, number, since=NOW + MINUTE, due_at=NOW + 2 * MINUTE)
    assert not device_notices.tell(store, number, at=NOW)
    assert (device_notices.due(store, NOW), device_notices.next_due(store)) == ([], NOW + MINUTE)
    at = NOW + MINUTE
    assert [device_notices.tell(store, number, at=at), device_notices.tell(store, number, at=at)] == [True, False]
    assert not device_notices.begin(store, number, since=at, due_at=at)
    assert [device_notices.end(store, number), device_notices.end(store, number)] == [True, False]
    assert device_notices.begin(store, number, since=NOW + DAY, due_at=NOW + DAY)
    assert device_notices.tell(store, number, at=NOW + DAY)


def test_what_ended_in_time_is_not_told(store: Store) -> None:
    """The garage that was shut before the ten minutes were over wakes nobody."""
    number = device_notices.add(store, WASHER)
    device_notices.begin(store, number, since=NOW, due_at=NOW + MINUTE)
    device_notices.end(store, number)
    assert not device_notices.tell(store, number, at=NOW + MINUTE)
    assert device_notices.next_due(store, NOW) is None


def test_a_notice_for_once_is_done_when_it_was_told(store: Store) -> None:
    """It is looked for no more."""
    number = device_notices.add(store, WASHER)
    assert [one.id for one in device_notices.of_entity(store, "sensor.washer")] == [number]
    device_notices.begin(store, number, since=NOW, due_at=NOW)
    assert device_notices.tell(store, number, at=NOW)
    found = device_notices.get(store, number)
    assert found is not None
    assert (found.state, found.told_at, found.condition) == ("done", NOW, {"state": "idle", "for_s": 60})
    assert (device_notices.of_entity(store, "sensor.washer"), device_notices.active(store)) == ([], [])


def test_a_muted_notice_is_quiet(store: Store) -> None:
    """It is muted, unmuted and cancelled once each by its person; what was about to be told is not."""
    number = device_notices.add(store, WASHER)
    device_notices.begin(store, number, since=NOW, due_at=NOW)
    assert not device_notices.mute(store, number, user="bob")
    assert [device_notices.mute(store, number, user="ana"), device_notices.mute(store, number)] == [True, False]
    assert not device_notices.tell(store, number, at=NOW)
    assert [device_notices.unmute(store, number), device_notices.unmute(store, number)] == [True, False]
    assert device_notices.due(store, NOW) == []
    assert [one.id for one in device_notices.of_user(store, "ana")] == [number]
    assert [device_notices.cancel(store, number), device_notices.cancel(store, number)] == [True, False]
    assert (device_notices.of_user(store, "ana"), device_notices.get(store, number, user="bob")) == ([], None)


def test_what_came_once_comes_again_and_what_was_so_before_is_not_told(store: Store) -> None:
    number = device_notices.add(store, WASHER)
    assert device_notices.begin(store, number, since=NOW, due_at=None)
    assert (device_notices.next_due(store), device_notices.tell(store, number, at=NOW + DAY)) == (None, False)
    assert device_notices.end(store, number)
    assert device_notices.begin(store, number, since=NOW, due_at=NOW)
    assert device_notices.tell(store, number, at=NOW)
    assert device_notices.active(store) == []
    assert not device_notices.repeat(store, number, once=False, user="bob")
    assert device_notices.repeat(store, number, once=False, user="ana")
    assert [(one.id, one.once) for one in device_notices.active(store)] == [(number, False)]
    assert device_notices.cancel(store, number)
    assert not device_notices.repeat(store, number, once=True)

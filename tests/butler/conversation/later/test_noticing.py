"""Notices on devices: asked for, told once or every time, muted, and never a reason to switch anything."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest

from butler.conversation.later.conditional import to_you
from butler.home.errors import HomeUnreachableError
from store import device_notices, people, schedules
from tests.acceptance.family import ADA, BEN, RIA, Family
from tests.butler.conversation.later.scene import DAY, HOUR, MINUTE, away, heard, shown

GARAGE = "cover.garage_door"


def put(family: Family, entity_id: str, state: str, **attributes: Any) -> None:
    """Have something happen in the home."""
    family.app.home.set(entity_id, state, attributes)  # type: ignore[attr-defined]


def test_what_happens_is_told_at_the_next_instant_and_once(family: Family) -> None:
    assert family.say("tell me when the front door is unlocked") == "I'll tell you when the front door is unlocked."
    put(family, "lock.front_door", "unlocked")
    family.app.advance(1)
    put(family, "lock.front_door", "locked")
    family.app.advance(1)
    put(family, "lock.front_door", "unlocked")
    family.app.advance(DAY)
    assert heard(family) == ["🔔 The front door is unlocked."]


def test_what_is_to_be_done_beside_it_is_done_now(family: Family) -> None:
    """The order is carried out, and what it is about is watched where the notice only says "it"."""
    said = family.say("turn on the desk lamp and tell me when it's off")
    assert said.splitlines() == ["Desk lamp is on at 78%.", "I'll tell you when the desk lamp is off."]
    put(family, "light.desk_lamp", "off")
    family.app.advance(1)
    assert heard(family) == ["🔔 The desk lamp is off."]


def test_every_time_is_told_every_time_but_not_while_it_stays_so(family: Family) -> None:
    family.say("let me know whenever the front door is unlocked")
    for _ in range(2):
        put(family, "lock.front_door", "unlocked")
        family.app.advance(HOUR)
        family.app.advance(HOUR)
        put(family, "lock.front_door", "locked")
        family.app.advance(HOUR)
    assert heard(family) == ["🔔 The front door is unlocked."] * 2


def test_what_lasts_only_a_moment_is_not_missed(family: Family) -> None:
    family.say("tell me when the kitchen window is open")
    family.app.advance(0)
    put(family, "binary_sensor.kitchen_window", "on")
    put(family, "binary_sensor.kitchen_window", "off")
    family.app.advance(1)
    assert heard(family) == ["🔔 The kitchen window is open."]


def test_for_ten_minutes_means_all_of_them(family: Family) -> None:
    said = family.say("if the garage stays open for 10 minutes, tell me")
    assert said == "I'll tell you every time the garage door is open for 10 minutes."
    family.app.advance(0)
    put(family, GARAGE, "open", current_position=100)
    family.app.advance(9 * MINUTE)
    put(family, GARAGE, "closed", current_position=0)
    family.app.advance(MINUTE)
    put(family, GARAGE, "open", current_position=100)
    family.app.advance(9 * MINUTE)
    assert heard(family) == []
    family.app.advance(MINUTE)
    assert heard(family) == ["🔔 The garage door is open, for 10 minutes now."]
    family.app.advance(HOUR)
    assert len(heard(family)) == 1


def test_it_is_told_by_what_butler_itself_did_too(family: Family) -> None:
    family.say("tell me when the desk lamp is on")
    family.app.advance(0)
    family.say("turn on the desk lamp", ADA)
    family.app.advance(0)
    assert heard(family) == ["🔔 The desk lamp is on at 78%."]


def test_what_is_so_already_waits_for_the_next_time(family: Family) -> None:
    assert family.say("tell me when the front door is locked").startswith("That is so already.")
    family.app.advance(HOUR)
    assert heard(family) == []
    put(family, "lock.front_door", "unlocked")
    put(family, "lock.front_door", "locked")
    family.app.advance(1)
    assert heard(family) == ["🔔 The front door is locked."]


def test_what_is_open_already_counts_from_now_on(family: Family) -> None:
    put(family, GARAGE, "open", current_position=100)
    family.say("tell me if the garage door stays open for 10 minutes")
    family.app.advance(10 * MINUTE)
    assert heard(family) == ["🔔 The garage door is open, for 10 minutes now."]


@pytest.mark.parametrize(
    ("text", "entity", "beside", "beyond"),
    [
        ("let me know when the bedroom drops below 18", "sensor.bedroom_temperature", "18", "17.9"),
        ("alert me when the humidity in the bathroom goes above 70", "sensor.bathroom_humidity", "70", "70.5"),
        ("tell me when the bedroom reaches 22", "sensor.bedroom_temperature", "21.9", "22"),
        ("let me know when the temperature outside is under zero", "sensor.outdoor_temperature", "0", "-0.5"),
        ("warn me when the battery of the hall motion sensor is low", "sensor.hall_motion_battery", "20", "19"),
    ],
)
def test_values_are_told_of_beyond_their_bound(
    family: Family, text: str, entity: str, beside: str, beyond: str
) -> None:
    assert family.say(text).startswith("I'll tell you when")
    family.app.advance(0)
    put(family, entity, beside)
    family.app.advance(1)
    assert heard(family) == []
    put(family, entity, beyond)
    family.app.advance(1)
    assert len(heard(family)) == 1


def test_a_value_that_trembles_about_its_bound_is_told_once_a_minute(family: Family) -> None:
    family.say("tell me whenever the bedroom gets below 18")
    family.app.advance(0)
    for _ in range(20):
        put(family, "sensor.bedroom_temperature", "17.9")
        family.app.advance(1)
        put(family, "sensor.bedroom_temperature", "18.1")
        family.app.advance(1)
    assert len(heard(family)) == 1


def test_an_appliance_is_done_when_it_has_drawn_next_to_nothing_for_two_minutes(family: Family) -> None:
    assert family.say("tell me when the washing machine is done").startswith("I'll tell you when")
    family.app.advance(HOUR)
    put(family, "sensor.washer_power", "3")
    family.app.advance(MINUTE)
    put(family, "sensor.washer_power", "400")
    family.app.advance(HOUR)
    assert heard(family) == []
    put(family, "sensor.washer_power", "3")
    family.app.advance(2 * MINUTE)
    assert len(heard(family)) == 1


def test_what_tells_nothing_is_neither_so_nor_over(family: Family) -> None:
    family.say("tell me if the garage door stays open for 10 minutes")
    family.app.advance(0)
    put(family, GARAGE, "open", current_position=100)
    family.app.advance(MINUTE)
    family.app.home.fault(GARAGE, "unavailable")  # type: ignore[attr-defined]
    family.app.advance(HOUR)
    assert heard(family) == []
    family.app.home.fault(GARAGE, "ok")  # type: ignore[attr-defined]
    family.app.advance(MINUTE)
    assert len(heard(family)) == 1


def test_mute_and_tell_me_again_are_buttons(family: Family) -> None:
    family.say("tell me whenever the front door is unlocked")
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    assert family.press_id(shown(family)["Mute"]).startswith("Muted: I won't tell you any more when the front door")
    put(family, "lock.front_door", "locked")
    put(family, "lock.front_door", "unlocked")
    family.app.advance(HOUR)
    assert len(heard(family)) == 1
    family.say("/schedules")
    assert family.press("Unmute 1").startswith("I'll tell you again")
    put(family, "lock.front_door", "locked")
    family.app.advance(MINUTE)
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    assert len(heard(family)) == 2


def test_one_that_came_once_comes_again_when_that_is_pressed(family: Family) -> None:
    family.say("tell me when the front door is unlocked")
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    assert family.press_id(shown(family)["Tell me again next time"]) == "Every time, then."
    put(family, "lock.front_door", "locked")
    family.app.advance(MINUTE)
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    assert len(heard(family)) == 2


def test_it_is_muted_in_words_and_taken_back(family: Family) -> None:
    family.say("tell me whenever the garage door is open")
    family.say("tell me when the front door is unlocked")
    assert "garage door" in family.say("stop telling me about the garage")
    assert [one.state for one in device_notices.of_user(family.app.store, RIA)] == ["muted", "active"]
    assert family.say("undo") == "I'll tell you again."
    assert family.say("undo") == "I won't tell you, then."


@pytest.mark.parametrize(
    "text", ["if it gets below 18 turn on the heating", "when the garage door opens turn on the hall light"]
)
def test_a_condition_never_switches_anything_but_a_notice_is_offered(family: Family, text: str) -> None:
    said = family.say(text)
    assert family.replies[-1].calls == ()
    assert said.startswith("I don't do things in the home by myself when something happens. Shall I tell you")
    assert device_notices.of_user(family.app.store, RIA) == []


@pytest.mark.parametrize(
    "text",
    [
        "turn off the kitchen light tomorrow at 7 if it rains",
        "turn on the heating tomorrow at 7 unless it rains",
        "if it rains turn on the kitchen light tomorrow at 7",
    ],
)
def test_an_order_that_hangs_on_what_nothing_tells_is_offered_without_it(family: Family, text: str) -> None:
    said = family.say(text)
    assert said.startswith("I don't do things in the home by myself when something happens, so I've planned nothing.")
    assert schedules.of_user(family.app.store, RIA) == []
    assert "tomorrow at 07:00" in family.press("Plan it")
    assert len(schedules.of_user(family.app.store, RIA)) == 1


@pytest.mark.parametrize(
    "text", ["turn on the heating tomorrow if it rains", "if it rains tomorrow turn on the heating"]
)
def test_an_order_that_waits_for_rain_is_no_question_about_the_weather(family: Family, text: str) -> None:
    said = family.say(text)
    assert said.startswith("I don't do things in the home by myself when something happens")
    assert "turn on the heating" in said


@pytest.mark.parametrize("condition", ["when I leave", "when the front door opens"])
def test_no_notice_is_offered_of_what_nothing_can_tell(family: Family, condition: str) -> None:
    said = family.say(f"turn off the desk lamp {condition}")
    assert "Shall I tell you" not in said
    assert "turn off the desk lamp at 18:00" in said


def test_an_offer_speaks_to_the_one_who_asked() -> None:
    assert to_you("when i'm late and my lamp is on") == "when you are late and your lamp is on"


def test_the_offered_notice_is_kept_by_a_press(family: Family) -> None:
    family.say("if the bedroom gets below 18 turn on the heating")
    assert family.press("Tell me") == "I'll tell you every time the bedroom temperature is below 18°C."
    family.app.advance(0)
    put(family, "sensor.bedroom_temperature", "17")
    family.app.advance(1)
    assert family.state("climate.thermostat") == "heat"
    assert heard(family) == ["🔔 The bedroom temperature is 17°C."]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("let me know when someone opens the front door", "only tells me whether it is locked"),
        ("tell me when the flux capacitor is done", "I can't see anything in the home that tells me of"),
        ("warn me if the bedroom gets too cold", "From what number on?"),
    ],
)
def test_what_cannot_be_watched_is_said_so(family: Family, text: str, said: str) -> None:
    assert said in family.say(text)
    assert device_notices.of_user(family.app.store, RIA) == []


def test_what_cannot_be_gone_by_besides_is_said(family: Family) -> None:
    assert "I can't also go by “after dark”" in family.say("warn me if the kitchen window is open after dark")


def test_a_device_that_is_gone_is_told_of_and_no_more_watched(family: Family) -> None:
    family.say("tell me when the desk lamp is on")
    house = family.app.home.snapshot()
    without = house.with_entities(tuple(e for e in house.entities if e.entity_id != "light.desk_lamp"))
    with patch.object(family.app.home, "snapshot", return_value=without):
        family.app.advance(MINUTE)
    assert "is no longer in the home" in heard(family)[-1]
    assert device_notices.of_user(family.app.store, RIA) == []


def test_a_home_out_of_reach_delays_and_loses_nothing(family: Family) -> None:
    family.say("tell me when the front door is unlocked")
    family.app.advance(0)
    with patch.object(family.app.home, "snapshot", side_effect=HomeUnreachableError("no answer")):
        family.app.advance(HOUR)
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    assert len(heard(family)) == 1


def test_after_a_restart_it_is_looked_at(family: Family) -> None:
    """The demo home begins anew with Butler; what is so then is told."""
    family.say("tell me when the front door is unlocked")
    away(family, HOUR)
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    assert len(heard(family)) == 1


def test_nothing_is_told_of_a_time_that_nobody_saw(family: Family) -> None:
    """Butler was away when the ten minutes were over, and the door is closed: how long it was open is not known."""
    family.say("if the garage stays open for 10 minutes, tell me")
    family.app.advance(0)
    put(family, GARAGE, "open", current_position=100)
    family.app.advance(MINUTE)
    away(family, HOUR)
    family.app.advance(HOUR)
    assert heard(family) == []


def test_what_was_so_for_long_enough_and_is_over_is_told_as_over(family: Family) -> None:
    family.say("if the garage stays open for 10 minutes, tell me")
    family.app.advance(0)
    put(family, GARAGE, "open", current_position=100)
    family.app.advance(MINUTE)
    family.clock.move_to(family.clock.now() + timedelta(minutes=10))
    put(family, GARAGE, "closed", current_position=0)
    family.app.advance(1)
    assert heard(family) == [
        "🔔 Until just now it was so that the garage door is open for 10 minutes. The garage door is closed now."
    ]


def test_who_left_is_told_nothing(family: Family) -> None:
    family.admit(BEN, "resident", "Ben")
    family.say("tell me when the front door is unlocked", BEN)
    people.remove(family.app.store, BEN)
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    assert heard(family, BEN) == []


def test_what_is_told_and_muted_is_traced_with_its_number(family: Family) -> None:
    family.say("tell me when the front door is unlocked")
    put(family, "lock.front_door", "unlocked")
    family.app.advance(MINUTE)
    rows = family.app.store.database.fetch(
        "SELECT decision, metadata FROM execution_logs WHERE stage = 'later' AND component = 'notices' ORDER BY id"
    )
    assert [row[0] for row in rows] == ["notice_read", "notice_set", "told"]
    assert all('"device_notice":1' in row[1].replace(" ", "") for row in rows[1:])

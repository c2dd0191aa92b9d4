"""The demo home has the services, silences and faults that its users count on."""

from __future__ import annotations

import json

import pytest

from butler.home.errors import (
    CallTimeoutError,
    DeviceError,
    InvalidCallError,
    UnknownEntityError,
    UnknownFaultError,
    UnknownServiceError,
)
from butler.home.port import Call
from tests.butler.home.house import ManualTime, demo_home, shown

LAMP = "light.floor_lamp"
ON_OFF = {"entity_id": "light.plain", "name": "Plain", "attributes": {"supported_color_modes": ["onoff"]}}


def test_a_light_comes_back_as_bright_as_it_was() -> None:
    home = demo_home()
    home.call(Call("light.turn_off", (LAMP,)), 5)
    assert shown(home, LAMP)["brightness"] is None
    home.call(Call("light.turn_on", (LAMP,)), 5)
    assert shown(home, LAMP)["brightness"] == 180


def test_a_colour_for_an_on_off_light_is_passed_over_in_silence() -> None:
    home = demo_home(ON_OFF)
    home.call(Call("light.turn_on", ("light.plain",), {"color_name": "red", "brightness_pct": 10}), 5)
    assert shown(home, "light.plain") == {"state": "on", "color_mode": "onoff", "supported_color_modes": ["onoff"]}


def test_a_white_for_a_light_with_colours_only_becomes_a_colour() -> None:
    home = demo_home({"entity_id": "light.x", "name": "X", "attributes": {"supported_color_modes": ["hs"]}})
    home.call(Call("light.turn_on", ("light.x",), {"color_temp_kelvin": 2000}), 5)
    red, green, blue = shown(home, "light.x")["rgb_color"]
    assert red == 255
    assert red > green > blue


def test_a_light_stepped_down_to_nothing_is_off() -> None:
    home = demo_home()
    home.call(Call("light.turn_on", (LAMP,), {"brightness_step_pct": -100}), 5)
    assert shown(home, LAMP)["state"] == "off"


def test_tracks_count_on_and_come_back() -> None:
    home = demo_home()
    speaker = "media_player.kitchen_speaker"
    home.set(speaker, None, {"media_title": "Ours", "media_track": 7})
    seen = []
    for service in ("media_next_track", "media_next_track", "media_previous_track", "media_previous_track"):
        home.call(Call(f"media_player.{service}", (speaker,)), 5)
        seen.append((shown(home, speaker)["media_track"], shown(home, speaker)["media_title"]))
    assert [track for track, _ in seen] == [8, 9, 8, 7]
    assert seen[3][1] == "Ours"
    assert seen[0] == seen[2]
    assert seen[0][1] != seen[1][1]


def test_volume_goes_up_and_down_within_its_bounds() -> None:
    home = demo_home()
    speaker = ("media_player.kitchen_speaker",)
    home.call(Call("media_player.volume_up", speaker), 5)
    assert shown(home, speaker[0])["volume_level"] == 0.5
    for _ in range(9):
        home.call(Call("media_player.volume_down", speaker), 5)
    assert shown(home, speaker[0])["volume_level"] == 0


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        (Call("climate.set_temperature", ("climate.thermostat",), {"temperature": 99}), "7 to 30"),
        (Call("climate.set_temperature", ("climate.thermostat",)), "missing"),
        (Call("climate.set_hvac_mode", ("climate.thermostat",), {"hvac_mode": "dry"}), "heat"),
        (Call("light.turn_on", (LAMP,), {"brightness": 300}), "0 to 255"),
        (Call("light.turn_on", (LAMP,), {"brightness_pct": "half"}), "number"),
        (Call("light.turn_on", (LAMP,), {"color_name": "octarine"}), "octarine"),
        (Call("light.turn_on", (LAMP,), {"rgb_color": [1, 2]}), "3 numbers"),
        (Call("cover.set_cover_position", ("cover.garage_door",), {"position": 50}), "position"),
        (Call("media_player.select_source", ("media_player.tv",), {"source": "Betamax"}), "Betamax"),
        (Call("media_player.volume_mute", ("media_player.tv",), {"is_volume_muted": "yes"}), "true or false"),
        (Call("media_player.volume_set", ("media_player.tv",), {"volume_level": 30}), "0 to 1"),
    ],
)
def test_data_out_of_bounds_is_refused_and_changes_nothing(call: Call, problem: str) -> None:
    home = demo_home()
    before = home.states()
    with pytest.raises(InvalidCallError, match=problem):
        home.call(call, 5)
    assert home.states() == before


@pytest.mark.parametrize("service", ["siren.turn_on", "alarm_control_panel.alarm_disarm", "light.explode"])
def test_there_is_no_service_for_what_is_only_read(service: str) -> None:
    with pytest.raises(UnknownServiceError):
        demo_home().call(Call(service, ("siren.alarm",)), 5)


def test_set_leaves_a_missing_state_merges_attributes_and_removes_null_ones() -> None:
    home = demo_home()
    home.set("sensor.bathroom_humidity", None, {"note": [1], "unit_of_measurement": None})
    assert shown(home, "sensor.bathroom_humidity") == {"state": "58", "note": [1], "device_class": "humidity"}
    home.set("sensor.bathroom_humidity", "70")
    assert shown(home, "sensor.bathroom_humidity")["state"] == "70"


def test_what_was_set_counts_when_the_light_comes_back() -> None:
    home = demo_home()
    home.set(LAMP, None, {"brightness": 40})
    home.call(Call("light.toggle", (LAMP,)), 5)
    home.call(Call("light.toggle", (LAMP,)), 5)
    assert shown(home, LAMP)["brightness"] == 40


def test_an_entity_that_is_not_there_cannot_be_set_or_broken() -> None:
    home = demo_home()
    with pytest.raises(UnknownEntityError, match=r"light\.moon"):
        home.set("light.moon", "on")
    with pytest.raises(UnknownEntityError, match=r"light\.moon"):
        home.fault("light.moon", "error")


@pytest.mark.parametrize("fault", ["", "broken", "slow", "slow:soon", "error:3"])
def test_an_unknown_fault_is_an_error(fault: str) -> None:
    with pytest.raises(UnknownFaultError):
        demo_home().fault(LAMP, fault)


def test_an_unavailable_entity_shows_no_values_and_does_nothing() -> None:
    home = demo_home()
    before = shown(home, LAMP)
    home.fault(LAMP, "unavailable")
    assert shown(home, LAMP) == {"state": "unavailable", "supported_color_modes": ["color_temp", "rgb"]}
    home.call(Call("light.turn_off", (LAMP,)), 5)
    home.fault(LAMP, "ok")
    assert shown(home, LAMP) == before


def test_an_error_is_raised_after_the_others_were_served() -> None:
    home = demo_home()
    home.fault("light.hall", "error")
    with pytest.raises(DeviceError) as caught:
        home.call(Call("light.turn_off", ("light.hall", LAMP)), 5)
    assert caught.value.entity_ids == ("light.hall",)
    assert (shown(home, "light.hall")["state"], shown(home, LAMP)["state"]) == ("on", "off")


def test_no_effect_is_silent() -> None:
    home = demo_home()
    home.fault(LAMP, "no_effect")
    home.call(Call("light.turn_off", (LAMP,)), 5)
    assert shown(home, LAMP)["state"] == "on"


def test_a_slow_device_is_waited_for() -> None:
    time = ManualTime()
    home = demo_home(time=time)
    home.fault(LAMP, "slow:3")
    home.call(Call("light.turn_off", (LAMP,)), 5)
    assert time.slept == [3.0]
    assert shown(home, LAMP)["state"] == "off"


def test_a_device_that_is_too_slow_times_out_and_reacts_later() -> None:
    time = ManualTime()
    home = demo_home(time=time)
    home.fault(LAMP, "slow:30")
    with pytest.raises(CallTimeoutError) as caught:
        home.call(Call("light.turn_off", (LAMP, "light.hall")), 5)
    assert caught.value.entity_ids == (LAMP,)
    assert time.slept == [5]
    assert (shown(home, LAMP)["state"], shown(home, "light.hall")["state"]) == ("on", "off")
    time.seconds += 25
    assert shown(home, LAMP)["state"] == "off"


def test_a_newer_call_overtakes_a_late_one() -> None:
    time = ManualTime()
    home = demo_home(time=time)
    home.fault(LAMP, "slow:30")
    with pytest.raises(CallTimeoutError):
        home.call(Call("light.turn_off", (LAMP,)), 5)
    home.fault(LAMP, "ok")
    home.call(Call("light.turn_on", (LAMP,), {"brightness": 10}), 5)
    time.seconds += 60
    assert shown(home, LAMP)["brightness"] == 10


def test_reset_makes_the_home_as_its_file_says() -> None:
    home = demo_home()
    before = home.states()
    home.fault("light.hall", "unavailable")
    home.call(Call("light.turn_off", (LAMP,)), 5)
    home.reset()
    assert home.states() == before


def test_a_scene_goes_on_past_a_member_that_fails() -> None:
    home = demo_home()
    home.fault(LAMP, "error")
    home.call(Call("scene.turn_on", ("scene.movie_night",)), 5)
    assert shown(home, "cover.living_room_blinds")["state"] == "closed"


def test_two_runs_at_one_moment_are_told_apart() -> None:
    home = demo_home()
    home.call(Call("scene.turn_on", ("scene.reading",)), 5)
    first = shown(home, "scene.reading")["state"]
    home.call(Call("scene.turn_on", ("scene.reading",)), 5)
    assert shown(home, "scene.reading")["state"] > first


def test_states_are_plain_json_and_belong_to_the_caller() -> None:
    home = demo_home()
    states = home.states()
    assert json.loads(json.dumps(states)) == states
    states[LAMP]["attributes"]["supported_color_modes"].append("x")
    assert home.states() != states


def test_changes_are_told_as_they_happen_whoever_makes_them_and_only_those_that_are_wanted() -> None:
    home, heard = demo_home(), []
    home.watch(lambda entity_id: entity_id == LAMP, lambda entity: heard.append((entity.entity_id, entity.state)))
    home.call(Call("light.turn_off", (LAMP,)), 5)
    home.call(Call("light.turn_off", (LAMP,)), 5)
    home.set(LAMP, "on")
    home.set("light.kitchen", "on")
    home.fault(LAMP, "unavailable")
    assert heard == [(LAMP, "off"), (LAMP, "on"), (LAMP, "unavailable")]


def test_changes_are_told_of_a_call_that_fails_for_others() -> None:
    home, heard = demo_home(), []
    home.watch(lambda _: True, lambda entity: heard.append(entity.entity_id))
    home.fault("light.kitchen", "error")
    with pytest.raises(DeviceError):
        home.call(Call("light.turn_on", ("light.kitchen", "light.bedroom")), 5)
    assert heard == ["light.bedroom"]

"""Every domain and action: planned, carried out, read back, and undone exactly."""

from __future__ import annotations

from typing import Any

import pytest

from butler.home.port import Outcome
from butler.home.undo import undo_calls
from engine.understanding.intents import INTENTS
from tests.butler.home.house import demo_home, done, planned, shown

Case = tuple[str, str, dict[str, Any], str, dict[str, Any], str, dict[str, Any]]

LIGHT = "light_control"
MEDIA = "media_control"
PLAYING = {"state": "playing", "media_title": "Paper Boats", "media_track": 2}
CASES: list[Case] = [
    # intent, entity, slots, service, what is set before, state after, attributes after
    (LIGHT, "light.living_room", {"action": "on"}, "light.turn_on", {}, "on", {"brightness": 255}),
    (LIGHT, "light.garage", {"action": "on"}, "light.turn_on", {}, "on", {"color_mode": "onoff"}),
    (LIGHT, "light.floor_lamp", {"action": "off"}, "light.turn_off", {}, "off", {"brightness": None}),
    (LIGHT, "light.floor_lamp", {"action": "toggle"}, "light.toggle", {}, "off", {}),
    (LIGHT, "light.bedside_lamp", {"action": "toggle"}, "light.toggle", {}, "on", {"brightness": 64}),
    (LIGHT, "light.floor_lamp", {"action": "set", "brightness": 50}, "light.turn_on", {}, "on", {"brightness": 128}),
    (LIGHT, "light.floor_lamp", {"action": "set", "brightness": 0}, "light.turn_off", {}, "off", {}),
    (LIGHT, "light.bedroom", {"action": "on", "brightness": 20}, "light.turn_on", {}, "on", {"brightness": 51}),
    (LIGHT, "light.floor_lamp", {"action": "increase"}, "light.turn_on", {}, "on", {"brightness": 231}),
    (LIGHT, "light.floor_lamp", {"action": "decrease"}, "light.turn_on", {}, "on", {"brightness": 129}),
    (LIGHT, "light.floor_lamp", {"action": "decrease", "step": 10}, "light.turn_on", {}, "on", {"brightness": 154}),
    (LIGHT, "light.floor_lamp", {"action": "decrease", "step": 99}, "light.turn_on", {}, "on", {"brightness": 3}),
    (
        LIGHT,
        "light.floor_lamp",
        {"action": "set", "color": "red"},
        "light.turn_on",
        {},
        "on",
        {"rgb_color": [255, 0, 0], "color_mode": "rgb", "color_temp_kelvin": None},
    ),
    (
        LIGHT,
        "light.living_room",
        {"action": "set", "color": "light blue", "brightness": 40},
        "light.turn_on",
        {},
        "on",
        {"rgb_color": [173, 216, 230], "brightness": 102},
    ),
    (
        LIGHT,
        "light.floor_lamp",
        {"action": "set", "color": "amber"},
        "light.turn_on",
        {},
        "on",
        {"rgb_color": [255, 191, 0]},
    ),
    (
        LIGHT,
        "light.floor_lamp",
        {"action": "set", "color_temp": 6500},
        "light.turn_on",
        {},
        "on",
        {"color_temp_kelvin": 6500, "color_mode": "color_temp"},
    ),
    (
        LIGHT,
        "light.desk_lamp",
        {"action": "set", "color": "white"},
        "light.turn_on",
        {},
        "on",
        {"color_temp_kelvin": 4000},
    ),
    ("switch_control", "switch.sprinkler", {"action": "on"}, "switch.turn_on", {}, "on", {}),
    ("switch_control", "switch.sprinkler", {"action": "off"}, "switch.turn_off", {"state": "on"}, "off", {}),
    ("switch_control", "switch.sprinkler", {"action": "toggle"}, "switch.toggle", {}, "on", {}),
    ("switch_control", "input_boolean.guest_mode", {"action": "on"}, "input_boolean.turn_on", {}, "on", {}),
    (
        "switch_control",
        "input_boolean.guest_mode",
        {"action": "off"},
        "input_boolean.turn_off",
        {"state": "on"},
        "off",
        {},
    ),
    ("switch_control", "input_boolean.guest_mode", {"action": "toggle"}, "input_boolean.toggle", {}, "on", {}),
    ("fan_control", "fan.bedroom", {"action": "on"}, "fan.turn_on", {}, "on", {"percentage": 50}),
    ("fan_control", "fan.bathroom", {"action": "off"}, "fan.turn_off", {}, "off", {"percentage": 0}),
    ("fan_control", "fan.bathroom", {"action": "toggle"}, "fan.toggle", {}, "off", {"percentage": 0}),
    ("fan_control", "fan.bathroom", {"action": "set", "speed": 66}, "fan.set_percentage", {}, "on", {"percentage": 66}),
    ("fan_control", "fan.bedroom", {"action": "set", "speed": 100}, "fan.set_percentage", {}, "on", {}),
    ("fan_control", "fan.bathroom", {"action": "increase"}, "fan.set_percentage", {}, "on", {"percentage": 66}),
    (
        "fan_control",
        "fan.bedroom",
        {"action": "decrease", "step": 10},
        "fan.set_percentage",
        {"state": "on", "percentage": 60},
        "on",
        {"percentage": 50},
    ),
    ("climate_control", "climate.bedroom_ac", {"action": "on"}, "climate.turn_on", {}, "cool", {}),
    ("climate_control", "climate.thermostat", {"action": "off"}, "climate.turn_off", {}, "off", {}),
    (
        "climate_control",
        "climate.thermostat",
        {"action": "set", "temperature": 21.5},
        "climate.set_temperature",
        {},
        "heat",
        {"temperature": 21.5},
    ),
    (
        "climate_control",
        "climate.thermostat",
        {"action": "set", "temperature": 70, "unit": "fahrenheit"},
        "climate.set_temperature",
        {},
        "heat",
        {"temperature": 21.1},
    ),
    (
        "climate_control",
        "climate.thermostat",
        {"action": "increase"},
        "climate.set_temperature",
        {},
        "heat",
        {"temperature": 21},
    ),
    (
        "climate_control",
        "climate.thermostat",
        {"action": "decrease", "step": 3},
        "climate.set_temperature",
        {},
        "heat",
        {"temperature": 17},
    ),
    (
        "climate_control",
        "climate.bedroom_ac",
        {"action": "set", "hvac_mode": "dry"},
        "climate.set_hvac_mode",
        {},
        "dry",
        {},
    ),
    (
        "climate_control",
        "climate.bedroom_ac",
        {"action": "set", "hvac_mode": "cool", "temperature": 19},
        "climate.set_temperature",
        {},
        "cool",
        {"temperature": 19},
    ),
    ("cover_control", "cover.bedroom_curtains", {"action": "open"}, "cover.open_cover", {}, "open", {}),
    ("cover_control", "cover.study_blind", {"action": "close"}, "cover.close_cover", {}, "closed", {}),
    ("cover_control", "cover.garage_door", {"action": "open"}, "cover.open_cover", {}, "open", {}),
    ("cover_control", "cover.study_blind", {"action": "toggle"}, "cover.toggle", {}, "closed", {}),
    (
        "cover_control",
        "cover.study_blind",
        {"action": "set", "position": 25},
        "cover.set_cover_position",
        {},
        "open",
        {"current_position": 25},
    ),
    (
        "cover_control",
        "cover.study_blind",
        {"action": "increase"},
        "cover.set_cover_position",
        {},
        "open",
        {"current_position": 80},
    ),
    (
        "cover_control",
        "cover.study_blind",
        {"action": "decrease", "step": 80},
        "cover.set_cover_position",
        {},
        "closed",
        {"current_position": 0},
    ),
    ("valve_control", "valve.water_main", {"action": "close"}, "valve.close_valve", {}, "closed", {}),
    ("valve_control", "valve.water_main", {"action": "open"}, "valve.open_valve", {"state": "closed"}, "open", {}),
    ("valve_control", "valve.water_main", {"action": "toggle"}, "valve.toggle", {}, "closed", {}),
    (
        "valve_control",
        "valve.water_main",
        {"action": "set", "position": 30},
        "valve.set_valve_position",
        {"current_position": 100},
        "open",
        {"current_position": 30},
    ),
    ("lock_control", "lock.front_door", {"action": "unlock"}, "lock.unlock", {}, "unlocked", {}),
    ("lock_control", "lock.front_door", {"action": "lock"}, "lock.lock", {"state": "unlocked"}, "locked", {}),
    (MEDIA, "media_player.tv", {"action": "on"}, "media_player.turn_on", {}, "on", {}),
    (MEDIA, "media_player.kitchen_speaker", {"action": "off"}, "media_player.turn_off", {}, "off", {}),
    (MEDIA, "media_player.tv", {"action": "toggle"}, "media_player.toggle", {}, "on", {}),
    (MEDIA, "media_player.bedroom_speaker", {"action": "play"}, "media_player.media_play", {}, "playing", {}),
    (MEDIA, "media_player.kitchen_speaker", {"action": "pause"}, "media_player.media_pause", {}, "paused", PLAYING),
    (MEDIA, "media_player.kitchen_speaker", {"action": "stop"}, "media_player.media_stop", {}, "idle", {}),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "next"},
        "media_player.media_next_track",
        {},
        "playing",
        {"media_track": 3, "media_title": "Slow Train North"},
    ),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "previous"},
        "media_player.media_previous_track",
        {"media_title": "A Song of Ours", "media_track": 12},
        "playing",
        {"media_track": 11},
    ),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "play", "media": "some jazz"},
        "media_player.play_media",
        {"state": "paused"},
        "playing",
        {"media_title": "some jazz"},
    ),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "set", "volume": 25},
        "media_player.volume_set",
        {},
        "playing",
        {"volume_level": 0.25},
    ),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "increase"},
        "media_player.volume_set",
        {},
        "playing",
        {"volume_level": 0.5},
    ),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "decrease", "step": 15},
        "media_player.volume_set",
        {},
        "playing",
        {"volume_level": 0.25},
    ),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "mute"},
        "media_player.volume_mute",
        {},
        "playing",
        {"is_volume_muted": True},
    ),
    (
        MEDIA,
        "media_player.kitchen_speaker",
        {"action": "unmute"},
        "media_player.volume_mute",
        {"is_volume_muted": True},
        "playing",
        {"is_volume_muted": False},
    ),
    (
        MEDIA,
        "media_player.tv",
        {"action": "select_source", "source": "hdmi2"},
        "media_player.select_source",
        {"state": "on"},
        "on",
        {"source": "HDMI 2"},
    ),
    ("vacuum_control", "vacuum.robot", {"action": "start"}, "vacuum.start", {}, "cleaning", {}),
    ("vacuum_control", "vacuum.robot", {"action": "pause"}, "vacuum.pause", {"state": "cleaning"}, "paused", {}),
    ("vacuum_control", "vacuum.robot", {"action": "stop"}, "vacuum.stop", {"state": "cleaning"}, "idle", {}),
    (
        "vacuum_control",
        "vacuum.robot",
        {"action": "dock"},
        "vacuum.return_to_base",
        {"state": "paused"},
        "docked",
        {},
    ),
    ("vacuum_control", "vacuum.robot", {"action": "dock"}, "vacuum.return_to_base", {"state": "idle"}, "docked", {}),
]
UNCHANGING = {("vacuum_control", "locate"), ("cover_control", "stop"), ("valve_control", "stop")}
STAMPED = {("scene_activate", "activate")}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]}-{'-'.join(map(str, case[2].values()))}")
def test_an_action_changes_the_device_and_is_undone_exactly(case: Case) -> None:
    intent, entity_id, slots, service, prepared, state, attributes = case
    home = demo_home()
    home.set(entity_id, prepared.get("state"), {key: value for key, value in prepared.items() if key != "state"})
    original = home.states()

    assert [call.service for call in planned(home, intent, slots, entity_id).calls] == [service]
    report = done(home, intent, slots, entity_id)
    after = shown(home, entity_id)

    assert [(o.entity_id, o.outcome) for o in report.outcomes] == [(entity_id, Outcome.CHANGED)]
    assert after == {**after, **{k: v for k, v in attributes.items() if k != "state"}, "state": state}
    for call in undo_calls(report.before, report.after):
        home.call(call, 5)
    assert home.states() == original


def test_every_action_of_every_intent_that_acts_has_a_case() -> None:
    declared = {(name, action) for name, intent in INTENTS.items() if intent.acts for action in intent.actions}
    assert declared == {(case[0], case[2]["action"]) for case in CASES} | UNCHANGING | STAMPED


@pytest.mark.parametrize("scene", ["scene.movie_night", "scene.reading", "script.good_night", "script.lock_up"])
def test_a_scene_or_script_moves_its_members_and_is_undone_with_them(scene: str) -> None:
    home = demo_home()
    home.set("lock.front_door", "unlocked")
    original = home.states()

    report = done(home, "scene_activate", {"action": "activate"}, scene)

    assert [o.outcome for o in report.outcomes] == [Outcome.CHANGED]
    assert len(report.before) > 1
    for call in undo_calls(report.before, report.after):
        home.call(call, 5)
    now = home.states()
    assert {i for i in now if now[i] != original[i]} == {scene}


def test_a_scene_gives_its_members_the_states_it_names() -> None:
    home = demo_home()
    done(home, "scene_activate", {"action": "activate"}, "scene.movie_night")
    lamp = shown(home, "light.floor_lamp")
    assert (lamp["state"], lamp["brightness"], lamp["color_temp_kelvin"]) == ("on", 51, 2200)
    assert shown(home, "cover.living_room_blinds")["current_position"] == 0
    assert shown(home, "media_player.tv")["state"] == "on"


@pytest.mark.parametrize("slots", [{"action": "locate"}, {"action": "start"}])
def test_a_vacuum_that_was_called_counts_as_done(slots: dict[str, Any]) -> None:
    assert done(demo_home(), "vacuum_control", slots, "vacuum.robot").succeeded


def test_stopping_what_does_not_move_is_already_so() -> None:
    report = done(demo_home(), "cover_control", {"action": "stop"}, "cover.study_blind")
    assert [o.outcome for o in report.outcomes] == [Outcome.ALREADY]


def test_stopping_a_cover_on_its_way_stops_it() -> None:
    home = demo_home()
    home.set("cover.study_blind", "closing", {"current_position": 40})
    assert done(home, "cover_control", {"action": "stop"}, "cover.study_blind").succeeded
    assert shown(home, "cover.study_blind")["state"] == "open"

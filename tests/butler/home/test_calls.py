"""Slots become the right calls, many entities share one, and what a device cannot do is said."""

from __future__ import annotations

from typing import Any

import pytest

from butler.home.calls import Plan, plan_calls
from butler.home.planners.steps import Unsupported
from butler.home.port import Call
from tests.butler.home.house import demo_home, planned

ALL = "light_control"


def test_equal_calls_are_one_call() -> None:
    plan = planned(demo_home(), ALL, {"action": "off"}, "light.hall", "light.garage", "light.floor_lamp")
    assert [call.to_json() for call in plan.calls] == [
        {"service": "light.turn_off", "entity_id": ["light.floor_lamp", "light.garage", "light.hall"], "data": {}}
    ]


def test_a_call_for_one_entity_shows_its_id_alone() -> None:
    call = Call("light.turn_on", ("light.hall",), {"brightness_pct": 5})
    assert call.to_json() == {"service": "light.turn_on", "entity_id": "light.hall", "data": {"brightness_pct": 5}}


def test_each_domain_gets_its_own_service() -> None:
    plan = planned(demo_home(), "switch_control", {"action": "on"}, "switch.sprinkler", "light.hall", "fan.bathroom")
    assert [call.service for call in plan.calls] == ["fan.turn_on", "light.turn_on", "switch.turn_on"]


def test_what_some_cannot_do_is_said_and_the_others_do_it() -> None:
    plan = planned(demo_home(), ALL, {"action": "set", "color": "red"}, "light.garage", "light.bedroom")
    assert plan.unsupported == (Unsupported("light.garage", "color"),)
    assert [call.entity_ids for call in plan.calls] == [("light.bedroom",)]


@pytest.mark.parametrize(
    ("intent", "slots", "target", "what"),
    [
        (ALL, {"action": "set", "brightness": 40}, "light.garage", "brightness"),
        (ALL, {"action": "increase"}, "light.garage", "brightness"),
        (ALL, {"action": "set", "color_temp": 2700}, "light.hall", "color_temp"),
        (ALL, {"action": "set", "color": "blue"}, "light.kitchen", "color"),
        (ALL, {"action": "set", "color": "octarine"}, "light.bedroom", "color"),
        (ALL, {"action": "set"}, "light.bedroom", "set"),
        ("switch_control", {"action": "on", "brightness": 30}, "switch.sprinkler", "brightness"),
        ("climate_control", {"action": "set", "temperature": 50}, "climate.thermostat", "temperature"),
        ("climate_control", {"action": "set", "hvac_mode": "dry"}, "climate.thermostat", "hvac_mode"),
        ("cover_control", {"action": "set", "position": 50}, "cover.garage_door", "position"),
        ("cover_control", {"action": "increase"}, "cover.garage_door", "position"),
        ("valve_control", {"action": "set", "position": 50}, "valve.water_main", "position"),
        ("lock_control", {"action": "toggle"}, "lock.front_door", "toggle"),
        ("media_control", {"action": "select_source", "source": "vinyl"}, "media_player.tv", "source"),
        ("vacuum_control", {"action": "increase"}, "vacuum.robot", "increase"),
        ("scene_activate", {"action": "off"}, "scene.reading", "off"),
        ("switch_control", {"action": "on"}, "siren.alarm", "read_only"),
        ("switch_control", {"action": "off"}, "alarm_control_panel.house", "read_only"),
        (ALL, {"action": "on"}, "sensor.bathroom_humidity", "read_only"),
        (ALL, {"action": "on"}, "light.moon", "unknown_entity"),
    ],
)
def test_what_cannot_be_done_is_a_value(intent: str, slots: dict[str, Any], target: str, what: str) -> None:
    plan = planned(demo_home(), intent, slots, target)
    assert plan.calls == ()
    assert [(u.entity_id, u.what) for u in plan.unsupported] == [(target, what)]


def test_a_refusal_tells_what_would_do() -> None:
    plan = planned(demo_home(), "climate_control", {"action": "set", "temperature": 50}, "climate.thermostat")
    assert plan.unsupported[0].detail == "7 to 30"


@pytest.mark.parametrize("intent", ["state_query", "time_query", "list_add", "no_such_intent"])
def test_an_intent_that_does_not_act_plans_nothing(intent: str) -> None:
    assert planned(demo_home(), intent, {"action": "on"}, "light.hall") == Plan()


@pytest.mark.parametrize(
    ("intent", "slots", "target", "data"),
    [
        ("climate_control", {"action": "increase", "step": 50}, "climate.thermostat", {"temperature": 30}),
        ("climate_control", {"action": "decrease", "step": 0.5}, "climate.thermostat", {"temperature": 19.5}),
        ("media_control", {"action": "decrease", "step": 90}, "media_player.tv", {"volume_level": 0}),
        ("media_control", {"action": "increase", "volume": 60}, "media_player.tv", {"volume_level": 0.6}),
        ("media_control", {"action": "select_source", "source": "netflix"}, "media_player.tv", {"source": "Netflix"}),
        ("media_control", {"action": "select_source", "source": "tuner"}, "media_player.tv", {"source": "TV Tuner"}),
        (ALL, {"action": "decrease", "brightness": 20}, "light.floor_lamp", {"brightness_pct": 20}),
        (ALL, {"action": "set", "brightness": 130}, "light.floor_lamp", {"brightness_pct": 100}),
        (ALL, {"action": "increase"}, "light.bedroom", {"brightness_step_pct": 20}),
        ("fan_control", {"action": "decrease", "step": 90}, "fan.bathroom", {"percentage": 33}),
        ("cover_control", {"action": "set", "position": 100}, "cover.garage_door", {}),
    ],
)
def test_values_stay_within_what_the_device_takes(
    intent: str, slots: dict[str, Any], target: str, data: dict[str, Any]
) -> None:
    assert [dict(call.data) for call in planned(demo_home(), intent, slots, target).calls] == [data]


def test_celsius_said_to_a_fahrenheit_thermostat_is_converted() -> None:
    row = {
        "entity_id": "climate.us",
        "name": "Thermostat",
        "state": "heat",
        "attributes": {"temperature": 68, "temperature_unit": "°F"},
    }
    slots = {"action": "set", "temperature": 20.5, "unit": "celsius"}
    plan = plan_calls("climate_control", slots, ["climate.us"], demo_home(row).snapshot())
    assert plan.calls[0].data == {"temperature": 68.9}


def test_a_range_of_temperatures_moves_as_one() -> None:
    row = {
        "entity_id": "climate.x",
        "name": "X",
        "state": "heat_cool",
        "attributes": {"target_temp_low": 19, "target_temp_high": 23},
    }
    plan = planned(demo_home(row), "climate_control", {"action": "increase"}, "climate.x")
    assert plan.calls[0].data == {"target_temp_low": 20, "target_temp_high": 24}

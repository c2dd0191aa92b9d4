"""What Butler asks of a home, asked of a real Home Assistant: done, read back there, and undone to the letter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from butler.home import carry_out, plan_calls, undo_calls
from butler.home.assistant import AssistantHome
from butler.home.goals import UNSEEN_SERVICES
from butler.home.port import Call, Outcome
from butler.home.services.table import SERVICES
from tests.home_assistant.houses import EVERYTHING
from tests.home_assistant.real_server import RealServer

pytestmark = pytest.mark.real_home_assistant

ACTIONS: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("light_control", {"action": "off"}, "light.counter", {"state": "off"}),
    ("light_control", {"action": "on"}, "light.counter", {"state": "on"}),
    ("light_control", {"action": "toggle"}, "light.counter", {"state": "off"}),
    ("light_control", {"action": "set", "brightness": 20}, "light.counter", {"brightness": 51}),
    ("light_control", {"action": "decrease"}, "light.counter", {"brightness": 69}),
    ("light_control", {"action": "increase", "step": 10}, "light.table", {"brightness": 103}),
    ("light_control", {"action": "set", "color": "blue"}, "light.counter", {"rgb_color": [0, 0, 255]}),
    ("light_control", {"action": "set", "color": "blue"}, "light.table", {"rgb_color": [0, 0, 255]}),
    ("light_control", {"action": "set", "color_temp": 4000}, "light.counter", {"color_temp_kelvin": 4000}),
    ("switch_control", {"action": "on"}, "switch.kettle", {"state": "on"}),
    ("switch_control", {"action": "toggle"}, "switch.kettle", {"state": "on"}),
    ("switch_control", {"action": "on"}, "input_boolean.guest_mode", {"state": "on"}),
    ("switch_control", {"action": "toggle"}, "input_boolean.guest_mode", {"state": "on"}),
    ("fan_control", {"action": "off"}, "fan.ceiling", {"state": "off"}),
    ("fan_control", {"action": "toggle"}, "fan.ceiling", {"state": "off"}),
    ("fan_control", {"action": "set", "speed": 75}, "fan.ceiling", {"percentage": 75}),
    ("fan_control", {"action": "increase"}, "fan.ceiling", {"percentage": 60}),
    ("climate_control", {"action": "set", "temperature": 22.5}, "climate.heating", {"temperature": 22.5}),
    ("climate_control", {"action": "decrease", "step": 2}, "climate.heating", {"temperature": 18.5}),
    ("climate_control", {"action": "set", "hvac_mode": "cool"}, "climate.heating", {"state": "cool"}),
    ("climate_control", {"action": "off"}, "climate.heating", {"state": "off"}),
    ("climate_control", {"action": "toggle"}, "climate.heating", {"state": "off"}),
    ("cover_control", {"action": "open"}, "cover.blinds", {"current_position": 100}),
    ("cover_control", {"action": "close"}, "cover.blinds", {"state": "closed"}),
    ("cover_control", {"action": "set", "position": 25}, "cover.blinds", {"current_position": 25}),
    ("cover_control", {"action": "decrease"}, "cover.blinds", {"current_position": 43}),
    ("cover_control", {"action": "toggle"}, "cover.blinds", {"state": "closed"}),
    ("valve_control", {"action": "close"}, "valve.garden", {"state": "closed"}),
    ("valve_control", {"action": "open"}, "valve.garden", {"current_position": 100}),
    ("valve_control", {"action": "set", "position": 80}, "valve.garden", {"current_position": 80}),
    ("valve_control", {"action": "toggle"}, "valve.garden", {"state": "closed"}),
    ("lock_control", {"action": "unlock"}, "lock.front_door", {"state": "unlocked"}),
    ("lock_control", {"action": "lock"}, "lock.front_door", {"state": "locked"}),
    ("media_control", {"action": "pause"}, "media_player.radio", {"state": "paused"}),
    ("media_control", {"action": "play"}, "media_player.radio", {"state": "playing"}),
    ("media_control", {"action": "stop"}, "media_player.radio", {"state": "idle"}),
    ("media_control", {"action": "off"}, "media_player.radio", {"state": "off"}),
    ("media_control", {"action": "next"}, "media_player.radio", {"media_track": 3}),
    ("media_control", {"action": "previous"}, "media_player.radio", {"media_track": 1}),
    ("media_control", {"action": "set", "volume": 15}, "media_player.radio", {"volume_level": 0.15}),
    ("media_control", {"action": "increase"}, "media_player.radio", {"volume_level": 0.51}),
    ("media_control", {"action": "mute"}, "media_player.radio", {"is_volume_muted": True}),
    ("media_control", {"action": "select_source", "source": "tv"}, "media_player.radio", {"source": "TV"}),
    ("media_control", {"action": "play", "media": "jazz"}, "media_player.radio", {"media_title": "jazz"}),
    ("vacuum_control", {"action": "start"}, "vacuum.robot", {"state": "cleaning"}),
    ("vacuum_control", {"action": "pause"}, "vacuum.robot", {"state": "paused"}),
    ("vacuum_control", {"action": "stop"}, "vacuum.robot", {"state": "idle"}),
    ("vacuum_control", {"action": "dock"}, "vacuum.robot", {"state": "docked"}),
    ("scene_activate", {"action": "activate"}, "scene.movie_night", {}),
    ("scene_activate", {"action": "activate"}, "script.good_night", {}),
]


@pytest.fixture
def home(real_home_assistant: RealServer) -> Iterator[AssistantHome]:
    real_home_assistant.load(EVERYTHING)
    real_home_assistant.do("input_boolean.turn_off", entity_id="input_boolean.guest_mode")
    home = AssistantHome(real_home_assistant.address)
    yield home
    home.close()


def shown(server: RealServer, entity_id: str) -> dict[str, Any]:
    """Return what Home Assistant itself says of an entity, asked over another connection."""
    row = next(row for row in server.ask("get_states") if row["entity_id"] == entity_id)
    return {**row["attributes"], "state": row["state"]}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action[0]} {action[2]} {action[1]['action']}")
def test_an_action_is_done_and_home_assistant_says_so_too(
    real_home_assistant: RealServer, home: AssistantHome, action: tuple[str, dict[str, Any], str, dict[str, Any]]
) -> None:
    intent, slots, entity_id, expected = action
    plan = plan_calls(intent, slots, (entity_id,), home.snapshot())
    report = carry_out(home, plan.calls)
    assert report.succeeded, report.outcomes
    there = shown(real_home_assistant, entity_id)
    assert {name: there[name] for name in expected} == expected


UNDONE = [
    (Call("light.turn_on", ("light.counter",), {"brightness_pct": 7}), "brightness"),
    (Call("light.turn_off", ("light.counter",)), "brightness"),
    (Call("light.turn_on", ("light.counter",), {"color_name": "lime"}), "color_temp_kelvin"),
    (Call("light.turn_on", ("light.table",), {"color_name": "lime", "brightness_pct": 100}), "rgb_color"),
    (Call("climate.set_temperature", ("climate.heating",), {"temperature": 25}), "temperature"),
    (Call("climate.turn_off", ("climate.heating",)), "temperature"),
    (Call("cover.close_cover", ("cover.blinds",)), "current_position"),
    (Call("cover.set_cover_position", ("cover.blinds",), {"position": 3}), "current_position"),
    (Call("valve.close_valve", ("valve.garden",)), "current_position"),
    (Call("fan.turn_off", ("fan.ceiling",)), "percentage"),
    (Call("media_player.volume_set", ("media_player.radio",), {"volume_level": 0.9}), "volume_level"),
    (Call("media_player.volume_mute", ("media_player.radio",), {"is_volume_muted": True}), "is_volume_muted"),
]


@pytest.mark.parametrize(("call", "attribute"), UNDONE, ids=lambda value: value if isinstance(value, str) else None)
def test_undo_restores_exactly_what_was(
    real_home_assistant: RealServer, home: AssistantHome, call: Call, attribute: str
) -> None:
    entity_id = call.entity_ids[0]
    before = shown(real_home_assistant, entity_id)
    report = carry_out(home, [call])
    assert report.succeeded
    assert shown(real_home_assistant, entity_id) != before
    undone = carry_out(home, undo_calls(report.before, report.after))
    assert undone.succeeded
    assert shown(real_home_assistant, entity_id) == before
    assert before[attribute] is not None


def test_undo_restores_a_colour_of_hue_and_saturation_to_the_last_digit(
    real_home_assistant: RealServer, home: AssistantHome
) -> None:
    carry_out(home, [Call("light.turn_on", ("light.counter",), {"rgb_color": [123, 45, 67], "brightness": 99})])
    before = shown(real_home_assistant, "light.counter")
    assert before["color_mode"] == "hs"
    report = carry_out(home, [Call("light.turn_on", ("light.counter",), {"color_temp_kelvin": 4000})])
    carry_out(home, undo_calls(report.before, report.after))
    assert shown(real_home_assistant, "light.counter") == before


def test_undo_takes_back_all_that_a_scene_moved(real_home_assistant: RealServer, home: AssistantHome) -> None:
    before = {i: shown(real_home_assistant, i) for i in ("light.counter", "light.table")}
    report = carry_out(home, [Call("scene.turn_on", ("scene.movie_night",))])
    assert shown(real_home_assistant, "light.table")["state"] == "off"
    carry_out(home, undo_calls(report.before, report.after))
    assert {i: shown(real_home_assistant, i) for i in before} == before


def test_every_service_of_the_demo_home_is_one_of_home_assistants(real_home_assistant: RealServer) -> None:
    known = real_home_assistant.ask("get_services")
    there = {f"{domain}.{service}" for domain, services in known.items() for service in services}
    assert SERVICES.keys() - there == set()
    assert there >= UNSEEN_SERVICES


def test_many_devices_are_served_by_one_call(home: AssistantHome) -> None:
    report = carry_out(home, [Call("light.turn_off", ("light.counter", "light.table"))])
    assert [outcome.outcome for outcome in report.outcomes] == [Outcome.CHANGED, Outcome.CHANGED]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("error", Outcome.ERROR),
        ("no_effect", Outcome.UNCHANGED),
        ("unavailable", Outcome.UNAVAILABLE),
        ("slow:9", Outcome.TIMED_OUT),
        ("slow:0.5", Outcome.CHANGED),
        ("late:0.5", Outcome.CHANGED),
    ],
)
def test_what_a_device_does_not_do_is_never_told_as_done(
    real_home_assistant: RealServer, home: AssistantHome, fault: str, expected: Outcome
) -> None:
    real_home_assistant.fault("switch.kettle", fault)
    report = carry_out(home, [Call("switch.turn_on", ("switch.kettle",))], 3.8)
    assert [outcome.outcome for outcome in report.outcomes] == [expected]
    assert (shown(real_home_assistant, "switch.kettle")["state"] == "on") is (expected is Outcome.CHANGED)


def test_one_that_fails_among_many_is_told_apart(real_home_assistant: RealServer, home: AssistantHome) -> None:
    real_home_assistant.fault("light.table", "error")
    report = carry_out(home, [Call("light.turn_off", ("light.counter", "light.table"))])
    assert {o.entity_id: o.outcome for o in report.outcomes} == {
        "light.counter": Outcome.CHANGED,
        "light.table": Outcome.ERROR,
    }
    assert [o.problem for o in report.outcomes if o.problem] == ["The device did not answer"]

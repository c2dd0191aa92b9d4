"""What every adapter of the port `Home` does alike; no test here asks which one it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from butler.home.control import carry_out
from butler.home.errors import CallError
from butler.home.port import Call, Home, Outcome
from butler.home.undo import undo_calls
from tests.contracts.homes import ADAPTERS, EACH

HOUSE: dict[str, Any] = {
    "floors": [{"name": "Ground Floor"}],
    "areas": [{"name": "Kitchen", "floor": "Ground Floor", "aliases": ["galley"]}],
    "entities": [
        {
            "entity_id": "light.counter",
            "name": "Counter Lights",
            "area": "Kitchen",
            "state": "off",
            "aliases": ["worktop"],
            "attributes": {"supported_color_modes": ["color_temp", "hs"]},
        },
        {
            "entity_id": "light.table",
            "name": "Table Lamp",
            "area": "Kitchen",
            "state": "on",
            "attributes": {"supported_color_modes": ["brightness"], "brightness": 100},
        },
        {"entity_id": "light.shed", "name": "Shed Light", "state": "unavailable"},
        {
            "entity_id": "cover.blinds",
            "name": "Blinds",
            "area": "Kitchen",
            "state": "open",
            "device_class": "blind",
            "attributes": {"current_position": 100},
        },
        {
            "entity_id": "climate.heating",
            "name": "Heating",
            "state": "heat",
            "attributes": {"temperature": 20, "min_temp": 7, "max_temp": 30, "hvac_modes": ["off", "heat"]},
        },
        {
            "entity_id": "media_player.radio",
            "name": "Radio",
            "area": "Kitchen",
            "state": "playing",
            "attributes": {"volume_level": 0.4, "is_volume_muted": False},
        },
        {"entity_id": "lock.back_door", "name": "Back Door", "area": "Kitchen", "state": "locked"},
    ],
}


@pytest.fixture(params=EACH)
def home(request: pytest.FixtureRequest) -> Iterator[Home]:
    with ADAPTERS[request.param](HOUSE, request) as home:
        yield home


def test_a_snapshot_has_names_places_and_live_states(home: Home) -> None:
    snapshot = home.snapshot()
    lamp = snapshot.by_id["light.counter"]
    assert (lamp.name, lamp.state, lamp.aliases) == ("Counter Lights", "off", ("worktop",))
    assert lamp.area is not None
    assert snapshot.areas_by_id[lamp.area].name == "Kitchen"
    assert snapshot.floor_of(lamp) == snapshot.floors[0].id
    assert snapshot.by_id["cover.blinds"].device_class == "blind"


def test_a_snapshot_stays_as_it_was(home: Home) -> None:
    before = home.snapshot()
    home.call(Call("light.turn_on", ("light.counter",)), 5)
    assert before.by_id["light.counter"].state == "off"
    assert home.snapshot().by_id["light.counter"].state == "on"
    assert home.snapshot().names_digest == before.names_digest


def test_states_are_those_of_the_snapshot_as_json(home: Home) -> None:
    states = home.states()
    assert {i: s["state"] for i, s in states.items()} == {e.entity_id: e.state for e in home.snapshot().entities}
    assert json.loads(json.dumps(states)) == states
    assert states["light.table"]["attributes"]["brightness"] == 100


@pytest.mark.parametrize(
    ("call", "attribute", "expected"),
    [
        (Call("light.turn_on", ("light.counter",), {"brightness_pct": 50}), "brightness", 128),
        (Call("light.turn_on", ("light.table",), {"brightness": 12}), "brightness", 12),
        (Call("light.turn_on", ("light.counter",), {"color_temp_kelvin": 4000}), "color_temp_kelvin", 4000),
        (Call("cover.set_cover_position", ("cover.blinds",), {"position": 30}), "current_position", 30),
        (Call("climate.set_temperature", ("climate.heating",), {"temperature": 22}), "temperature", 22),
        (Call("media_player.volume_set", ("media_player.radio",), {"volume_level": 0.7}), "volume_level", 0.7),
        (Call("media_player.volume_mute", ("media_player.radio",), {"is_volume_muted": True}), "is_volume_muted", True),
    ],
)
def test_a_call_shows_in_the_next_snapshot_and_is_undone(
    home: Home, call: Call, attribute: str, expected: object
) -> None:
    report = carry_out(home, [call])
    entity_id = call.entity_ids[0]
    assert report.succeeded
    assert home.snapshot().by_id[entity_id].attributes[attribute] == expected
    carry_out(home, undo_calls(report.before, report.after))
    assert home.snapshot().by_id[entity_id] == report.before[entity_id]


@pytest.mark.parametrize("entity_id", ["light.shed", "light.nowhere"])
def test_a_call_for_what_is_not_there_is_silent(home: Home, entity_id: str) -> None:
    before = home.states()
    home.call(Call("light.turn_on", (entity_id,)), 5)
    assert home.states() == before


def test_one_call_serves_several_entities(home: Home) -> None:
    home.call(Call("light.turn_off", ("light.counter", "light.table", "light.shed")), 5)
    states = {i: s["state"] for i, s in home.states().items() if i.startswith("light.")}
    assert states == {"light.counter": "off", "light.table": "off", "light.shed": "unavailable"}


@pytest.mark.parametrize(
    "call",
    [
        Call("climate.set_temperature", ("climate.heating",), {"temperature": 90}),
        Call("light.dance", ("light.counter",)),
        Call("media_player.volume_set", ("media_player.radio",), {"volume_level": 5}),
    ],
)
def test_a_call_that_cannot_be_is_a_call_error_and_changes_nothing(home: Home, call: Call) -> None:
    before = home.states()
    with pytest.raises(CallError) as caught:
        home.call(call, 5)
    assert caught.value.service == call.service
    assert home.states() == before


def test_carrying_out_tells_the_unavailable_from_the_done(home: Home) -> None:
    report = carry_out(home, [Call("light.turn_on", ("light.counter", "light.shed", "light.table"))])
    assert {o.entity_id: o.outcome for o in report.outcomes} == {
        "light.counter": Outcome.CHANGED,
        "light.shed": Outcome.UNAVAILABLE,
        "light.table": Outcome.ALREADY,
    }

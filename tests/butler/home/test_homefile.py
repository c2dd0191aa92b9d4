"""Home files are read as written, and their mistakes are told by key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from butler.home.demo import packaged_house
from butler.home.errors import HomeFileError
from butler.home.homefile import load_home, parse_home, slug

LAMP: dict[str, Any] = {"entity_id": "light.lamp", "name": "Lamp"}


def test_places_are_named_by_id_or_by_name() -> None:
    house = parse_home(
        {
            "floors": [{"name": "Ground Floor", "level": 0, "aliases": ["downstairs"]}],
            "areas": [
                {"id": "k", "name": "Kitchen", "floor": "ground floor"},
                {"name": "Hall", "floor": "ground_floor"},
            ],
            "entities": [
                {**LAMP, "area": "KITCHEN"},
                {"entity_id": "light.hall", "name": "Hall Light", "area": "hall"},
            ],
        }
    ).snapshot
    assert [(area.id, area.floor) for area in house.areas] == [("k", "ground_floor"), ("hall", "ground_floor")]
    assert [entity.area for entity in house.entities] == ["k", "hall"]
    assert house.floors[0].aliases == ("downstairs",)


def test_toml_and_json_say_the_same(tmp_path: Path) -> None:
    document = {
        "areas": [{"name": "Kitchen"}],
        "entities": [{**LAMP, "area": "Kitchen", "attributes": {"brightness": 9}}],
    }
    (tmp_path / "home.json").write_text(json.dumps(document))
    (tmp_path / "home.toml").write_text(
        '[[areas]]\nname = "Kitchen"\n'
        '[[entities]]\nentity_id = "light.lamp"\nname = "Lamp"\narea = "Kitchen"\nattributes = { brightness = 9 }\n'
    )
    assert load_home(tmp_path / "home.json") == load_home(tmp_path / "home.toml")


@pytest.mark.parametrize(
    ("domain", "state"),
    [
        ("light", "off"),
        ("cover", "closed"),
        ("valve", "closed"),
        ("lock", "locked"),
        ("vacuum", "docked"),
        ("climate", "off"),
        ("media_player", "off"),
        ("alarm_control_panel", "disarmed"),
        ("sensor", "unknown"),
        ("scene", "unknown"),
    ],
)
def test_a_missing_state_is_the_resting_state_of_the_domain(domain: str, state: str) -> None:
    for given in ({}, {"state": None}):
        house = parse_home({"entities": [{"entity_id": f"{domain}.x", "name": "X", **given}]}).snapshot
        assert house.entities[0].state == state


def test_the_device_class_may_stand_among_the_attributes() -> None:
    row = {"entity_id": "cover.x", "name": "X", "attributes": {"device_class": "garage", "note": 1}}
    entity = parse_home({"entities": [row]}).snapshot.entities[0]
    assert entity.device_class == "garage"
    assert dict(entity.attributes) == {"note": 1}


def test_a_number_as_state_becomes_its_text() -> None:
    rows = [{"entity_id": "sensor.a", "name": "A", "state": 7.4}, {"entity_id": "sensor.b", "name": "B", "state": 61}]
    assert [entity.state for entity in parse_home({"entities": rows}).snapshot.entities] == ["7.4", "61"]


def test_unknown_keys_are_warned_of_by_name() -> None:
    read = parse_home({"colour": 1, "areas": [{"name": "Hall", "size": 3}], "entities": [{**LAMP, "icon": "x"}]})
    text = " ".join(read.warnings)
    assert len(read.warnings) == 3
    assert all(key in text for key in ("colour", "areas[0].size", "entities[0].icon"))


def test_an_empty_file_is_an_empty_home() -> None:
    assert parse_home({}).snapshot.entities == ()


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ([], ""),
        ({"entities": {}}, "entities"),
        ({"entities": ["x"]}, "entities[0]"),
        ({"entities": [{"name": "Lamp"}]}, "entities[0].entity_id"),
        ({"entities": [{"entity_id": "Lamp"}]}, "entities[0].entity_id"),
        ({"entities": [{**LAMP, "name": 3}]}, "entities[0].name"),
        ({"entities": [LAMP, LAMP]}, "entities[1].entity_id"),
        ({"entities": [{**LAMP, "area": "attic"}]}, "entities[0].area"),
        ({"entities": [{**LAMP, "state": True}]}, "entities[0].state"),
        ({"entities": [{**LAMP, "exposed": "yes"}]}, "entities[0].exposed"),
        ({"entities": [{**LAMP, "aliases": "lamp"}]}, "entities[0].aliases"),
        ({"entities": [{**LAMP, "aliases": ["a", 3]}]}, "entities[0].aliases[1]"),
        ({"entities": [{**LAMP, "attributes": []}]}, "entities[0].attributes"),
        ({"entities": [{**LAMP, "attributes": {"brightness": "full"}}]}, "entities[0].attributes.brightness"),
        ({"entities": [{**LAMP, "attributes": {"device_class": 1}}]}, "entities[0].attributes.device_class"),
        ({"areas": [{"id": "x"}]}, "areas[0].name"),
        ({"areas": [{"name": " "}]}, "areas[0].name"),
        ({"areas": [{"name": "A", "id": "a"}, {"name": "B", "id": "a"}]}, "areas[1].id"),
        ({"areas": [{"name": "A", "id": "a"}, {"name": "a", "id": "b"}]}, "areas[1].name"),
        ({"areas": [{"name": "A", "floor": "moon"}]}, "areas[0].floor"),
        ({"floors": [{"name": "A", "level": "top"}]}, "floors[0].level"),
        ({"floors": [{"name": "A"}, {"name": "A"}]}, "floors[1].id"),
    ],
)
def test_a_mistake_is_told_by_its_key(document: object, key: str) -> None:
    with pytest.raises(HomeFileError) as caught:
        parse_home(document)
    assert caught.value.key == key
    assert key in str(caught.value)


@pytest.mark.parametrize(("name", "content"), [("a.json", b"{"), ("a.toml", b"= 1"), ("a.json", b"\xff\xfe{}")])
def test_a_file_that_cannot_be_parsed_is_a_home_file_error(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(HomeFileError, match=name):
        load_home(tmp_path / name)


def test_a_missing_file_is_a_home_file_error(tmp_path: Path) -> None:
    with pytest.raises(HomeFileError, match="cannot be read"):
        load_home(tmp_path / "nothing.json")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Living Room", "living_room"), ("Café n°2", "cafe_n_2"), ("  A--b ", "a_b"), ("Кухня", "кухня")],
)
def test_a_slug_is_plain(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_the_packaged_house_is_whole() -> None:
    read = packaged_house()
    house = read.snapshot
    assert read.warnings == ()
    assert (len(house.floors), len(house.areas), len(house.entities)) == (3, 9, 48)
    domains = {entity.domain for entity in house.entities}
    assert domains >= {
        *("light", "switch", "input_boolean", "fan", "climate", "cover", "valve", "lock", "media_player", "vacuum"),
        *("scene", "script", "weather", "sensor", "binary_sensor", "siren", "alarm_control_panel"),
    }
    assert len({entity.name.casefold() for entity in house.entities}) == len(house.entities)


def test_the_scenes_and_scripts_of_the_packaged_house_name_real_entities() -> None:
    house = packaged_house().snapshot
    for entity in house.entities:
        named = set(entity.attributes.get("entities", ()))
        for step in entity.attributes.get("sequence", ()):
            ids = step["entity_id"]
            named |= {ids} if isinstance(ids, str) else set(ids)
        assert named <= set(house.by_id), entity.entity_id
        assert named or entity.domain not in {"scene", "script"}

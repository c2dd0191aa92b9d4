"""Registries of any version, and of any shape that a network may make of them, become names and places."""

from __future__ import annotations

from typing import Any

import pytest

from butler.home.assistant.entities import entity_of
from butler.home.assistant.registries import (
    Entry,
    Registries,
    aliases_of,
    areas_of,
    entries_of,
    exposed_by_entries,
    exposed_of,
    floors_of,
    unit_of,
)
from butler.home.assistant.states import State

ROW = {"entity_id": "light.a", "name": None, "original_name": "Lamp", "area_id": None, "device_id": "d"}


def test_an_entity_is_where_its_device_is_unless_it_says_otherwise() -> None:
    devices = [{"id": "d", "area_id": "hall"}]
    assert entries_of([ROW], devices, {})["light.a"].area == "hall"
    assert entries_of([{**ROW, "area_id": "attic"}], devices, {})["light.a"].area == "attic"


@pytest.mark.parametrize("aliases", [["b", "a"], ["a", None, "b"], ["a", "b", " "]])
def test_aliases_are_the_same_in_whatever_order_and_with_the_sign_for_the_own_name(aliases: list[Any]) -> None:
    assert aliases_of(aliases) == ("a", "b")
    assert entries_of([ROW], [], {"light.a": {**ROW, "aliases": aliases}})["light.a"].aliases == ("a", "b")


def test_what_is_hidden_or_there_to_diagnose_is_not_for_people_but_a_battery_is() -> None:
    entries = entries_of([{**ROW, "entity_category": "diagnostic"}], [], {})
    shown = Registries(entries=entries)
    plain = entity_of("light.a", State("on", {}, None, 0.0), shown, exposed_only=False)
    battery = entity_of("light.a", State("5", {"device_class": "battery"}, None, 0.0), shown, exposed_only=False)
    assert (plain.exposed, battery.exposed) == (False, True)


def test_exposure_is_read_from_the_list_or_where_that_is_not_allowed_from_the_entries() -> None:
    assert exposed_of({"exposed_entities": {"light.a": {"conversation": True}, "light.b": {"cloud.alexa": True}}}) == {
        "light.a"
    }
    rows = [{**ROW, "options": {"conversation": {"should_expose": True}}}]
    assert exposed_by_entries(rows) == {"light.a"}


def test_a_name_is_the_one_that_is_shown_and_noise_is_left_out() -> None:
    state = State("on", {"friendly_name": " Big Lamp ", "icon": "x", "media_position": 4, "brightness": 3}, None, 0.0)
    entity = entity_of("light.a", state, Registries(entries={"light.a": Entry(name="Lamp")}), exposed_only=True)
    assert entity.name == "Big Lamp"
    assert dict(entity.attributes) == {"brightness": 3}


def test_a_thermostat_says_the_houses_unit() -> None:
    entity = entity_of("climate.a", State("heat", {}, None, 0.0), Registries(unit="°F"), exposed_only=True)
    assert entity.attributes["temperature_unit"] == "°F"


@pytest.mark.parametrize("odd", [None, 5, "x", {}, [None], [{}], [{"area_id": 1}], [[1]]])
def test_answers_of_another_shape_are_empty_and_break_nothing(odd: Any) -> None:
    assert areas_of(odd) == ()
    assert floors_of(odd) == ()
    assert entries_of(odd, odd, odd) == {}
    assert exposed_of(odd) == frozenset()
    assert exposed_by_entries(odd) == frozenset()
    assert unit_of(odd) is None


def test_what_is_there_for_home_assistant_itself_is_never_for_people() -> None:
    zone = entity_of("zone.home", State("0", {}, None, 0.0), Registries(), exposed_only=False)
    lamp = entity_of("light.a", State("on", {}, None, 0.0), Registries(), exposed_only=False)
    assert (zone.exposed, lamp.exposed) == (False, True)

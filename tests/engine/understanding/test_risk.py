"""Guarded entities are found by domain, class, configuration, and what a scene would move."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from engine.understanding.risk import RiskPolicy, is_guarded, is_read_only
from engine.understanding.snapshot import Entity


def entity(id_: str, device_class: str | None = None, name: str = "", **attributes: Any) -> Entity:
    return Entity(id_, name or id_, device_class=device_class, attributes=MappingProxyType(attributes))


@pytest.mark.parametrize(
    ("found", "guarded"),
    [
        (entity("lock.front_door"), True),
        (entity("alarm_control_panel.house"), True),
        (entity("siren.x"), True),
        (entity("valve.water"), True),
        (entity("cover.x", "garage"), True),
        (entity("cover.x", "gate"), True),
        (entity("cover.x", "door"), True),
        (entity("cover.x", "blind"), False),
        (entity("cover.garage_door"), True),
        (entity("cover.x", name="Drive Gate"), True),
        (entity("cover.garage_blind", "blind"), False),
        (entity("cover.blinds"), False),
        (entity("light.garage_door"), False),
        (entity("switch.kettle"), False),
        (entity("scene.a", entities={"light.x": "on"}), False),
        (entity("scene.a", entities={"lock.x": "unlocked"}), True),
        (entity("scene.a", entity_id=["light.x", "lock.x"]), True),
        (entity("script.a", sequence=[{"service": "valve.open_valve", "entity_id": "valve.x"}]), True),
        (entity("script.a", sequence=[{"service": "light.turn_on", "entity_id": ["light.x"]}]), False),
    ],
)
def test_what_is_guarded_by_default(found: Entity, guarded: bool) -> None:
    assert is_guarded(found) is guarded


def test_the_configuration_can_guard_more() -> None:
    policy = RiskPolicy(entities=frozenset({"switch.heater"}))
    assert is_guarded(entity("switch.heater"), policy)
    assert is_guarded(entity("scene.a", entities={"switch.heater": "on"}), policy)
    assert not is_guarded(entity("switch.other"), policy)


def test_the_class_of_a_member_is_looked_up_in_the_home() -> None:
    scene = entity("scene.a", entities={"cover.big": "open"})
    assert not is_guarded(scene)
    assert is_guarded(scene, home={"cover.big": entity("cover.big", "garage")})


def test_scripts_that_name_each_other_come_to_an_end() -> None:
    first = entity("script.a", sequence=[{"entity_id": "script.b"}])
    second = entity("script.b", sequence=[{"entity_id": "script.a"}])
    assert not is_guarded(first, home={"script.a": first, "script.b": second})


@pytest.mark.parametrize(
    ("entity_id", "read_only"),
    [("siren.x", True), ("alarm_control_panel.x", True), ("lock.x", False), ("light.x", False)],
)
def test_sirens_and_alarms_are_only_read(entity_id: str, read_only: bool) -> None:
    assert is_read_only(entity(entity_id)) is read_only

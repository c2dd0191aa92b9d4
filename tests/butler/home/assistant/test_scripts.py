"""What a script acts on is told from its configuration, rather too much than too little."""

from __future__ import annotations

from typing import Any

import pytest

from butler.home.assistant.registries import Entry
from butler.home.assistant.scripts import UNREADABLE, members_of
from engine.understanding.risk import is_guarded
from engine.understanding.snapshot import Area, Entity

AREAS = (Area("hall", "Hall", "ground"), Area("attic", "Attic", "top"))
ENTRIES = {"lock.front": Entry(area="hall"), "light.hall": Entry(area="hall"), "light.attic": Entry(area="attic")}


def members(*steps: Any) -> tuple[str, ...]:
    return members_of({"config": {"sequence": list(steps)}}, AREAS, ENTRIES, {"lock.front": "device-1"})


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"action": "light.turn_on", "target": {"entity_id": "light.attic"}}, {"light.attic"}),
        ({"service": "light.turn_on", "entity_id": "light.attic, light.hall"}, {"light.attic", "light.hall"}),
        ({"action": "homeassistant.turn_on", "target": {"area_id": ["hall"]}}, {"lock.front", "light.hall"}),
        ({"action": "homeassistant.turn_on", "target": {"floor_id": "top"}}, {"light.attic"}),
        ({"action": "lock.unlock", "target": {"device_id": "device-1"}}, {"lock.front"}),
        ({"choose": [{"sequence": [{"scene": "scene.movie"}]}]}, {"scene.movie"}),
        ({"action": "script.other"}, {"script.other"}),
        ({"delay": {"seconds": 5}}, set()),
    ],
)
def test_the_entities_of_a_step_are_its_members(step: Any, expected: set[str]) -> None:
    assert set(members(step)) == expected


@pytest.mark.parametrize(
    "steps",
    [
        [{"action": "lock.unlock", "target": {"entity_id": "{{ wanted }}"}}],
        [{"action": "{{ service }}", "target": {"entity_id": "light.hall"}}, {"action": "{{ service }}"}],
        [{"device_id": "unknown", "domain": "lock", "type": "unlock", "entity_id": "0123456789abcdef"}],
        [{"if": [], "then": [{"parallel": [{"action": "cover.open_cover", "target": {"label_id": "doors"}}]}]}],
    ],
)
def test_what_a_script_leaves_open_makes_it_guarded(steps: list[Any]) -> None:
    script = Entity("script.it", "It", attributes={"entity_id": list(members(*steps))})
    assert is_guarded(script)


@pytest.mark.parametrize("answer", [None, {}, {"config": None}, {"config": "x"}])
def test_a_script_that_cannot_be_looked_into_may_do_anything(answer: Any) -> None:
    assert members_of(answer, AREAS, ENTRIES, {}) == UNREADABLE


def test_a_script_nested_without_end_is_guarded() -> None:
    step: Any = {"delay": 1}
    for _ in range(200):
        step = {"sequence": [step]}
    assert any(member.startswith("lock.") for member in members(step))

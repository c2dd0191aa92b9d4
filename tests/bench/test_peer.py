"""The peer and Butler are judged by what would happen in the house, not by how either says it."""

from __future__ import annotations

import pytest

from bench.house import grown_snapshot
from bench.peer import Said, butler, judge, misnamed, orders, peer
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from engine.understanding.snapshot import Snapshot


def test_both_say_the_same_effect_of_a_plain_order(house: Snapshot, interpreter: Interpreter) -> None:
    for text, effect in (
        ("turn on the floor lamp", {("light.floor_lamp", "on")}),
        ("close the awning", {("cover.awning", "close")}),
        ("lock the front door", {("lock.front_door", "lock")}),
    ):
        assert butler(house, interpreter)(text) == peer(house)(text) == effect


def test_the_peers_areas_and_domains_become_the_devices_in_them(house: Snapshot) -> None:
    found = peer(house)("turn off the lights in the bathroom")
    assert found == {("light.bathroom", "off"), ("light.mirror", "off")}


def test_what_is_done_otherwise_is_wrong_and_what_is_not_done_is_not() -> None:
    meant = frozenset({("light.a", "on")})
    read = {"right": meant, "wrong": frozenset({("light.b", "on")}), "nothing": frozenset()}
    found = judge([Said(text, meant) for text in read], lambda text: frozenset(read[text]))
    assert (found.right, found.wrong) == (pytest.approx(1 / 3), pytest.approx(1 / 3))


def test_the_sentences_name_devices_of_the_house(golden: GoldenSet) -> None:
    known = golden.house.by_id.keys()
    assert all({entity for entity, _ in said.meant} <= known for said in orders(golden))


def test_misspelt_names_are_the_same_for_a_seed() -> None:
    house = grown_snapshot(60, seed=3)
    assert misnamed(house, 3, 5) == misnamed(house, 3, 5) != misnamed(house, 4, 5)

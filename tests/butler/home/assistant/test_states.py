"""Compressed states are folded to what is so now; what came out of order leaves a doubt instead of a wrong state."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from butler.home.assistant.states import State, fold


def known() -> dict[str, State]:
    states: dict[str, State] = {}
    fold(states, {"a": {"light.a": {"s": "on", "a": {"brightness": 5, "effect": "x"}, "c": "one", "lc": 10.0}}})
    return states


def test_all_states_are_taken_as_they_are() -> None:
    assert known() == {"light.a": State("on", {"brightness": 5, "effect": "x"}, "one", 10.0)}


def test_a_change_adds_replaces_and_takes_away() -> None:
    states = known()
    change = {"+": {"s": "off", "lc": 11.0, "c": {"id": "two", "user_id": "u"}, "a": {"brightness": None}}}
    folded = fold(states, {"c": {"light.a": {**change, "-": {"a": ["effect"]}}}})
    assert states["light.a"] == State("off", {"brightness": None}, "two", 11.0)
    assert folded.touched == {"light.a"}
    assert not folded.new
    assert not folded.doubtful


def test_a_change_older_than_what_is_known_is_doubted() -> None:
    states = known()
    folded = fold(states, {"c": {"light.a": {"+": {"s": "off", "lc": 9.0}}}})
    assert folded.doubtful == {"light.a"}
    assert states == known()


def test_a_change_of_what_is_not_known_is_doubted() -> None:
    assert fold({}, {"c": {"light.b": {"+": {"s": "on", "lc": 1.0}}}}).doubtful == {"light.b"}


def test_what_is_removed_is_gone_and_told_as_new_to_the_registries() -> None:
    states = known()
    assert fold(states, {"r": ["light.a", "light.never"]}).new == {"light.a"}
    assert states == {}


@pytest.mark.parametrize(
    "event",
    [
        {"a": None},
        {"a": []},
        {"a": {"light.a": None}},
        {"a": {"light.a": {"s": 5}}},
        {"c": {"light.a": 7}},
        {"c": {"light.a": {"+": {"s": 5}}}},
        {"r": {"light.a": 1}},
        {"x": 1},
    ],
)
def test_an_event_of_another_shape_breaks_nothing(event: dict[str, Any]) -> None:
    states = known()
    fold(states, event)
    assert states == known()


@given(st.lists(st.tuples(st.floats(1, 100), st.sampled_from(["on", "off"])), max_size=20))
def test_whatever_the_order_a_state_without_doubt_is_the_newest(changes: list[tuple[float, str]]) -> None:
    states: dict[str, State] = {"light.a": State("new", {}, None, 0.0)}
    doubted = False
    for at, state in changes:
        doubted |= bool(fold(states, {"c": {"light.a": {"+": {"s": state, "lc": at}}}}).doubtful)
    if changes and not doubted:
        assert states["light.a"].at == max(at for at, _ in changes)

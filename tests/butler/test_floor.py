"""The floor: one at a time, given up while the home is waited for, and each person's turns in order."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from butler.floor import Floor, Lines, SharedHome
from butler.home.port import Call
from store import StoreFull
from tests.butler.home.house import demo_home

_SOON = 5.0  # seconds; nothing here takes that long unless it is broken


def start(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_another_waits_until_the_floor_is_free_again() -> None:
    """Taken twice, it is free only when it was left twice."""
    floor, heard, asked = Floor(), [], threading.Event()

    def other() -> None:
        asked.set()
        with floor:
            heard.append("other")

    with floor:
        with floor:
            thread = start(other)
            assert asked.wait(_SOON)
        heard.append("first")
    thread.join(_SOON)
    assert heard == ["first", "other"]


def test_another_goes_on_while_it_is_given_up_and_it_is_whole_afterwards() -> None:
    """However often it was taken, it is given up altogether and had again to the same depth."""
    floor, been = Floor(), threading.Event()

    def other() -> None:
        with floor:
            been.set()

    with floor, floor:
        with floor.given_up():
            thread = start(other)
            assert been.wait(_SOON)
        thread.join(_SOON)
        been.clear()
        start(other)
        assert not been.wait(0.05)
    assert been.wait(_SOON)


def test_it_is_had_again_after_an_error() -> None:
    """What goes wrong meanwhile leaves nobody else with the floor."""
    floor, been = Floor(), threading.Event()

    def other() -> None:
        with floor:
            been.set()

    with floor:
        with pytest.raises(ValueError, match="broken"), floor.given_up():
            raise ValueError("broken")
        start(other)
        assert not been.wait(0.05)
    assert been.wait(_SOON)


def test_who_does_not_have_it_gives_up_nothing() -> None:
    """A job without the floor may call the home, and nobody loses theirs by it."""
    floor = Floor()
    with floor:
        done = threading.Event()

        def other() -> None:
            with floor.given_up():
                done.set()

        start(other)
        assert done.wait(_SOON)
        with floor.given_up():
            pass


def test_a_person_is_heard_in_order_and_others_at_once() -> None:
    """A second message of the same person waits for the first; another person's does not."""
    lines, ana, ben = Lines(), threading.Event(), threading.Event()

    def second() -> None:
        with lines.of("ana"):
            ana.set()

    def other() -> None:
        with lines.of("ben"):
            ben.set()

    with lines.of("ana"):
        start(second)
        start(other)
        assert ben.wait(_SOON)
        assert not ana.wait(0.05)
    assert ana.wait(_SOON)


def test_nothing_is_kept_of_people_who_said_all() -> None:
    """The locks of a thousand people do not stay behind."""
    lines = Lines()
    for number in range(1000):
        with lines.of(f"p{number}"):
            pass
    assert not vars(lines)["_locks"]


def test_nothing_is_called_where_what_comes_before_fails() -> None:
    """A call that is not on record for certain is not made; what comes before it keeps nobody from the floor."""
    floor, home = Floor(), demo_home({"entity_id": "light.hall", "name": "Hall light", "state": "off"})

    def full() -> None:
        other = threading.Event()

        def take_the_floor() -> None:
            with floor:
                other.set()

        start(take_the_floor)
        assert other.wait(_SOON)
        raise StoreFull("butler.db", "no space left")

    with floor, pytest.raises(StoreFull):
        SharedHome(home, floor, full).call(Call("light.turn_on", ("light.hall",), {}), 1.0)
    assert home.states()["light.hall"]["state"] == "off"
    with floor:
        SharedHome(home, floor).call(Call("light.turn_on", ("light.hall",), {}), 1.0)
    assert home.states()["light.hall"]["state"] == "on"

"""A press is answered at once and once, with nothing or with why it can do nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from butler.channels.telegram.arrivals import Arrival, Kind
from butler.channels.telegram.presses import IN_HAND, Presses, Toast
from butler.conversation import wording
from store import Store, buttons, inbox, open_store, people
from store.buttons import Button

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
ANA, BEN, FAMILY = "telegram:7", "telegram:8", "telegram:-5"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open a store with Ana, Ben, and a button of Ana's."""
    with open_store(tmp_path / "butler.db") as opened:
        for user in (ANA, BEN):
            people.admit(opened, user, "resident", name=user, username=None, at=NOW)
        buttons.add(opened, [Button("t1m0b0", ANA, ANA, {}, NOW, NOW + timedelta(seconds=60))])
        yield opened


@pytest.fixture
def presses(store: Store) -> Presses:
    """Return what knows of presses, in a process that just began."""
    return Presses(store)


def press(store: Store, update: int = 1, button: str = "t1m0b0", sender: str = ANA, chat: str = ANA) -> Arrival:
    """Return a press that was received."""
    inbox.receive(store, update, sender=sender, chat=chat, message=None, payload=button, at=NOW)
    return Arrival(update, Kind.PRESS, sender, chat, press=button, callback=f"c{update}")


def done(store: Store, update: int = 1) -> bool:
    """Tell whether an update is dealt with."""
    row = inbox.get(store, update)
    return row is not None and row.done_at is not None


def test_a_press_that_may_do_something_is_answered_with_nothing_and_goes_on(store: Store, presses: Presses) -> None:
    pressed = press(store)
    assert presses.first_look(pressed, NOW) == Toast("")
    assert not presses.needless(pressed, NOW)
    assert not done(store)


@pytest.mark.parametrize(
    ("pressed", "later_s", "said"),
    [
        ({"button": "t9m9b9"}, 0, wording.UNKNOWN_BUTTON),
        ({"sender": BEN}, 0, wording.OTHERS_BUTTON),
        ({"chat": FAMILY}, 0, wording.OTHERS_BUTTON),
        ({}, 61, wording.LATE_BUTTON),
        ({"sender": "telegram:9"}, 0, ""),
    ],
    ids=["unknown", "of somebody else", "from another chat", "late", "of a stranger"],
)
def test_a_press_that_can_do_nothing_is_told_why_and_is_over(
    store: Store, presses: Presses, pressed: dict[str, str], later_s: int, said: str
) -> None:
    """A stranger is told nothing: the spinner stops, and that is all."""
    arrival = press(store, 1, **pressed)
    at = NOW + timedelta(seconds=later_s)
    assert presses.first_look(arrival, at) == Toast(said)
    assert presses.needless(arrival, at)
    assert done(store)


def test_a_press_of_what_was_answered_is_told_so(store: Store, presses: Presses) -> None:
    buttons.use(store, "t1m0b0", at=NOW)
    assert presses.first_look(press(store), NOW) == Toast(wording.ANSWERED_BUTTON)


def test_a_press_is_answered_once_however_often_it_is_looked_at(store: Store, presses: Presses) -> None:
    pressed = press(store)
    assert presses.first_look(pressed, NOW) is not None
    assert presses.first_look(pressed, NOW) is None


def test_a_second_press_during_the_first_is_told_that_it_is_in_hand(store: Store, presses: Presses) -> None:
    """Once the first is over, the button says itself whether it was used."""
    first, second, third = (press(store, number) for number in (1, 2, 3))
    presses.first_look(first, NOW)
    assert presses.first_look(second, NOW) == Toast(IN_HAND)
    assert presses.needless(second, NOW)
    presses.over(second)
    assert presses.first_look(first, NOW) is None
    buttons.use(store, "t1m0b0", at=NOW)
    presses.over(first)
    assert presses.first_look(third, NOW) == Toast(wording.ANSWERED_BUTTON)


def test_a_first_press_that_came_to_nothing_leaves_the_button_to_the_next(store: Store, presses: Presses) -> None:
    presses.first_look(press(store, 1), NOW)
    presses.over(press(store, 1))
    assert presses.first_look(press(store, 2), NOW) == Toast("")


def test_after_a_restart_a_press_that_was_answered_goes_on_without_another_answer(store: Store) -> None:
    """Whether its answer said all cannot be known any more, so that its turn has to say it."""
    pressed = press(store, 1, "t9m9b9")
    assert Presses(store).first_look(pressed, NOW) == Toast(wording.UNKNOWN_BUTTON)
    again = Presses(store)
    assert again.first_look(pressed, NOW) is None
    assert not again.needless(pressed, NOW)
    assert not done(store)

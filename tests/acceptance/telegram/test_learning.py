"""What Butler learned by itself in a night: the digest, the question whether it was right, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from butler.clock import ManualClock
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from store import signals
from store.signals import NewSignal, SignalType
from tests.acceptance.household import Parts, few
from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody
from tests.acceptance.telegram.seeding import now

TAKEN = {
    "intent": "light_control",
    "slots": {"action": "on"},
    "targets": [],
    "stage": "pattern",
    "confidence": 1.0,
    "disposition": "ask",
    "reason": "unknown_name",
    "mention": "moonbeam lamp",
    "outcome": "asked",
}
MEANT = {"intent": "light_control", "slots": {"action": "on"}, "targets": ["light.desk_lamp"]}


def spend_a_night(parts: Parts, house: Household) -> None:
    """Have Butler learn from what was chosen on three days, as its jobs do, before the process starts."""
    app = parts.start(house.data, ManualClock(now()))
    try:
        signals.add(app.store, [_chosen(house, number) for number in (1, 2, 3)])
        app.run_job("nightly_analysis")
        app.run_job("digest")
    finally:
        app.close()


def _chosen(house: Household, number: int) -> NewSignal:
    return NewSignal(
        SignalType.ENTITY_FAIL,
        "turn on the moonbeam lamp",
        house.people["Cleo" if number == 1 else "Ben"].user,
        9000 + number,
        now() - timedelta(days=number),
        MEANT,
        TAKEN,
        {"role": "resident", "of_turn": 9000 + number, "evidence": "choice", "mention": "moonbeam lamp"},
    )


@pytest.fixture(scope="module")
def learned(opened: Opening, interpreter: Interpreter, golden: GoldenSet) -> Iterator[Household]:
    """Return a household that woke up with a word it learned by itself."""
    house = opened()
    house.seed(Ada="admin", Ben="resident", Cleo="resident")
    spend_a_night(Parts(interpreter, few(golden)), house)
    house.start()
    yield house
    house.close()


@pytest.fixture
def house(learned: Household) -> Iterator[Household]:
    """Return that household."""
    yield learned
    learned.check()


def test_what_was_learned_is_told_asked_about_and_taken_back(house: Household, ada: Somebody, ben: Somebody) -> None:
    """In this order, because each builds on the one before."""
    house.wait_for_text(ada, "What I learned by myself")
    digest = ada.find("What I learned by myself")
    assert "“moonbeam lamp” means the desk lamp (#1)" in digest.text
    assert list(digest.buttons) == ["Undo #1"]
    done = ben.says("turn on the moonbeam lamp")
    assert "Desk lamp is on" in done.text
    assert {"✅", "❌"} <= set(done.buttons)
    assert "right" in ben.presses("✅", done).said
    walked = ada.says("/improvement 1").text
    assert "Evidence, 3 signals:" in walked
    assert (
        "1 turn came out differently because of it: 0 taken back to what it would have been (R), 0 put right" in walked
    )
    assert "1 accepted (A)" in walked
    undone = ada.presses("Undo #1", digest)
    assert "Rolled back #1" in undone.said
    assert "Desk lamp is" not in ben.says("turn on the moonbeam lamp").text
    assert house.message(digest).buttons == {}


def test_the_learning_curve_arrives_as_a_picture(house: Household, ada: Somebody, ben: Somebody) -> None:
    """Telegram takes it, with the weeks under it."""
    ben.says("turn on the kitchen light")
    told = ada.says("/stats")
    assert [message.picture for message in told.messages] == [True]
    assert "right at the first try" in told.text


def test_a_complaint_comes_up_for_review_and_is_closed(house: Household, ada: Somebody, ben: Somebody) -> None:
    ben.says("turn on the hall light")
    ben.says("that was wrong")
    told = ada.says("/review")
    assert "“turn on the hall light” was said to be wrong by Ben" in told.text
    assert "Closed" in ada.presses("1 Close", told).text
    assert "hall light" not in ada.says("/review").text

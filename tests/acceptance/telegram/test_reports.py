"""The whole way on Telegram: habits, the weekly review, the report, Apply, other behaviour, and /rollback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from butler.clock import ManualClock
from butler.conversation.messages import Person, Role
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from tests.acceptance.household import Parts, few
from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody
from tests.acceptance.telegram.seeding import now

ERRANDS = ("about the crown", "to move the check-up", "for the children", "about a bill", "on monday", "about x-rays")
OTHERS = ("buy bread", "water the plants", "sweep the yard")
TITLE = "“dentist” is of urgent priority"


def spend_weeks(parts: Parts, house: Household) -> None:
    """Have people put right by hand what calls of the dentist are, and Butler review that, as its jobs do."""
    clock = ManualClock(now() - timedelta(days=10))
    app = parts.start(house.data, clock)
    try:
        for number, errand in enumerate(ERRANDS):
            user = house.people[("Ben", "Cleo")[number % 2]].user
            for text in (f"call the dentist {errand}", "make it urgent", *OTHERS):
                app.handle(Person(user, Role.RESIDENT), user, text=text)
                clock.move_to(clock.after(60))
            clock.move_to(clock.after(3_600))
        app.store.database.execute_sql("DELETE FROM outbox")  # nobody listened to that
        app.traces.flush()
        clock.move_to(now())
        assert "1 new insight" in app.run_job("log_review").summary
        assert "Reported" in app.run_job("report").summary
    finally:
        app.close()


@pytest.fixture(scope="module")
def reported(opened: Opening, interpreter: Interpreter, golden: GoldenSet) -> Iterator[Household]:
    """Return a household that was sent its weekly report."""
    house = opened()
    house.seed(Ada="admin", Ben="resident", Cleo="resident", Dora="admin")
    spend_weeks(Parts(interpreter, few(golden)), house)
    house.start()
    yield house
    house.close()


@pytest.fixture
def house(reported: Household) -> Iterator[Household]:
    """Return that household."""
    yield reported
    reported.check()


def test_a_report_is_explained_applied_once_and_rolled_back(house: Household, ada: Somebody, ben: Somebody) -> None:
    """In this order, because each builds on the one before; a restart lies between the report and the press."""
    dora = house.people["Dora"]
    house.wait_for_text(ada, TITLE)
    house.wait_for_text(dora, TITLE)
    house.settle()
    house.service.kill()
    house.start()
    shown, hers = ada.find(TITLE), dora.find(TITLE)
    assert shown.text.startswith("💡 System Insight – ")
    assert "bold" in shown.entities
    assert list(shown.buttons) == ["Apply", "Dismiss", "Why"]
    assert sum("System Insight" in message.text for message in house.messages(ada.chat)) <= 3
    assert not any(TITLE in message.text for message in house.messages(ben.chat))
    assert "urgent" not in ben.says("write the dentist a letter").text
    assert "I saw it" in ada.presses("Why", shown).text
    assert list(house.message(shown).buttons) == ["Apply", "Dismiss"]
    data = shown.buttons["Apply"]
    assert "someone else" in ben.presses_data(ben.find("write the dentist a letter"), data).said
    assert "Applied" in ada.presses("Apply", house.message(shown)).text
    assert "already answered" in ada.presses("Apply", shown).said
    assert house.message(shown).buttons == {}
    house.settle()
    assert house.message(hers).buttons == {}
    assert "Applied (Ada)" in house.message(hers).text
    assert "already answered" in dora.presses("Dismiss", hers).said
    assert "urgent" in ben.says("phone the dentist on friday morning").text
    assert "Rolled back #1" in ada.says("/rollback 1").text
    assert "urgent" not in ben.says("phone the dentist on thursday morning").text
    assert "nothing new" in ada.says("/report").text

"""Reports, reminders and questions of whether it was right, sent as the jobs to come will send them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody

REPORT = "💡 **System Insight** – Evenings. You often say <snug> & mean the living room."
REMINDER = "Reminder: water the plants."
Effects = dict[str, dict[str, object]]


def answers(**said: str) -> Effects:
    """Return buttons that record an answer and say something."""
    return {label: {"kind": "answer", "said": text} for label, text in said.items()}


@pytest.fixture(scope="module")
def told(opened: Opening) -> Iterator[Household]:
    """Return a household that was sent two reports, a reminder and a question."""
    house = opened()
    house.seed(Ada="admin", Ben="resident")
    house.start()
    ben = house.people["Ben"]
    ben.says("turn on the hall light")
    turn = house.ledger.count("SELECT max(number) FROM turns")
    house.seeds.notify("report", REPORT, "admins", answers(Apply="Applied.", Dismiss="Dismissed."))
    house.seeds.notify("report", "Another report.", "admins", answers(Apply="Applied too.", Dismiss="Dismissed too."))
    house.seeds.notify("reminder", REMINDER, ben.user, answers(Done="Well done.", Snooze="Later."), repeatable=True)
    verdict: Effects = {"✅": {"kind": "right", "turn": turn}, "❌": {"kind": "wrong", "turn": turn}}
    house.seeds.notify("verdict", "Was that right?", ben.user, verdict)
    ben.says("hello")  # what is written to the store from elsewhere is looked for with the next answer
    yield house
    house.close()


@pytest.fixture
def house(told: Household) -> Iterator[Household]:
    """Return that household."""
    yield told
    told.check()


def test_a_report_comes_to_the_admin_alone_with_its_markup_and_is_applied_by_a_press(
    house: Household, ada: Somebody, ben: Somebody
) -> None:
    shown = ada.find("System Insight")
    assert shown.text == REPORT.replace("**", "")
    assert "bold" in shown.entities
    assert "Applied." in ada.presses("Apply", shown).text
    assert "already answered" in ada.presses("Dismiss", shown).said
    assert house.message(shown).buttons == {}
    assert not any("Insight" in message.text for message in house.messages(ben.chat))


def test_a_reply_apply_means_the_report_that_is_replied_to(house: Household, ada: Somebody) -> None:
    shown = ada.find("Another report")
    ada.says("turn on the lamp")  # another question is open
    assert "Applied too." in ada.says("apply", reply_to=shown).text
    assert house.message(shown).buttons == {}
    assert "already" in ada.says("apply", reply_to=shown).text


def test_a_reminder_comes_with_its_buttons(house: Household, ben: Somebody) -> None:
    assert "Well done." in ben.presses("Done", ben.find("water the plants")).text


def test_right_and_wrong_are_pressed_once(house: Household, ben: Somebody) -> None:
    shown = ben.find("Was that right?")
    assert not ben.presses("✅", shown).silent
    assert "already" in ben.presses("❌", shown).said


def test_nobody_answers_what_another_was_told(house: Household, ada: Somebody, ben: Somebody) -> None:
    """A press with the data of another's button does nothing."""
    house.seeds.notify("report", "For the admin.", "admins", answers(Apply="Applied for once.", Dismiss="Dismissed."))
    ada.says("hello")
    data = ada.find("For the admin.").buttons["Apply"]
    told = ben.presses_data(ben.find("Was that right?"), data)
    assert "someone else" in told.said
    assert "Applied for once." in ada.presses("Apply", ada.find("For the admin.")).text


def test_quiet_hours_hold_back_a_report_and_let_through_what_is_urgent(opened: Opening) -> None:
    house = opened(quiet=True)
    house.seed(Ada="admin")
    house.seeds.notify("report", "A quiet report.", "admins", {})
    house.seeds.notify("rollback", "#7 was taken back.", "admins", {}, urgent=True)
    house.start()
    house.settle()
    ada = house.people["Ada"]
    assert "Kitchen light is on" in ada.says("turn on the kitchen light").text
    assert ada.find("#7 was taken back.")
    assert not any("quiet report" in message.text for message in house.messages(ada.chat))
    house.seeds.make_due()
    ada.says("hello")
    assert ada.find("A quiet report.")
    house.check()
    house.close()


def test_a_kill_while_sending_repeats_a_reminder_that_says_so_and_nothing_else(opened: Opening) -> None:
    """Telegram has both and was killed for before it could say so: a report is not sent twice, a reminder is."""
    house = opened()
    house.seed(Ada="admin", Ben="resident")
    house.seeds.notify("report", "Only once.", "admins", answers(Apply="Applied."))
    ada, ben = house.people["Ada"], house.people["Ben"]
    house.seeds.notify("reminder", REMINDER, ben.user, answers(Done="Well done."), repeatable=True)
    house.fault("sendMessage", "delay", times=2, seconds=30.0)
    house.start()
    house.until_called("sendMessage", 2)
    house.service.kill()
    house.calm()
    house.start()
    house.settle()
    assert sum("Only once." in message.text for message in house.messages(ada.chat)) == 1
    first, again = (message.text for message in house.messages(ben.chat) if "water the plants" in message.text)
    assert first == REMINDER
    assert "again" in again.lower()
    house.check()
    house.close()

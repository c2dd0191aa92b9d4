"""What goes wrong between Butler and Telegram is waited out: nothing is lost, nothing is said twice."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.acceptance.telegram.household import Household, Opening
from tests.acceptance.telegram.people import Somebody, Told

_PERCENT = itertools.cycle(range(2, 99))


def order(lamp: str = "hall") -> tuple[str, str]:
    """Return a command that no other test gives, and the figure that only its answer has."""
    percent = next(_PERCENT)
    return f"set the {lamp} light{'s' * (lamp == 'worktop')} to {percent}%", f"{percent}%"


def times(figure: str, told: Told) -> int:
    """Return how many messages answer a command; one that offers the answer again quotes the command."""
    return sum(f" {figure}" in message.text and "have lost" not in message.text for message in told.messages)


@pytest.fixture(scope="module")
def stormy(opened: Opening) -> Iterator[Household]:
    house = opened()
    house.start()
    yield house
    house.close()


@pytest.fixture
def house(stormy: Household) -> Iterator[Household]:
    with stormy.members(Ada="admin", Ben="resident"):
        yield stormy


def test_flood_control_is_waited_out_without_any_call(house: Household, ada: Somebody) -> None:
    house.fault("sendMessage", "flood", retry_after=2)
    began = time.monotonic()
    text, figure = order()
    told = ada.says(text)
    assert times(figure, told) == len(told.messages) == 1
    assert time.monotonic() - began >= 2.0


def test_a_press_whose_answer_meets_flood_control_counts_and_is_answered(house: Household, ada: Somebody) -> None:
    asked = ada.says("turn on the lamp")
    house.fault("answerCallbackQuery", "flood", retry_after=1)
    press = ada.taps("Desk Lamp", asked)
    house.settle()
    ada.on_telegram.answer_to(press)
    assert ada.find("Desk lamp is")
    assert house.message(asked.messages[-1]).buttons == {}


@pytest.mark.parametrize("status", [502, 503])
def test_a_gateway_that_fails_is_asked_again(house: Household, ada: Somebody, status: int) -> None:
    house.fault("sendMessage", "status", status=status, times=2)
    text, figure = order()
    told = ada.says(text)
    assert times(figure, told) == len(told.messages) == 1


@pytest.mark.parametrize("fault", ["status", "reset", "garbage", "flood", "lost"])
def test_a_poll_that_fails_is_tried_again(house: Household, ada: Somebody, fault: Any) -> None:
    house.fault("getUpdates", fault, times=2)
    text, figure = order()
    told = ada.says(text)
    assert times(figure, told) == len(told.messages) == 1


@pytest.mark.parametrize(("fault", "processed"), [("lost", False), ("garbage", True), ("status", True)])
def test_a_message_that_may_have_been_sent_is_not_sent_twice_but_offered(
    house: Household, ada: Somebody, fault: Any, processed: bool
) -> None:
    """Telegram took it and its answer was lost: the same text is there once; a button shows it again."""
    house.fault("sendMessage", fault, processed=processed, status=500)
    text, figure = order()
    told = ada.says(text)
    assert times(figure, told) == 1
    again = ada.presses("Show it again", told)
    assert times(figure, again) == 1


def test_a_connection_that_breaks_off_is_told_of_and_not_guessed_at(house: Household, ada: Somebody) -> None:
    """Whether it was sent is not known: it is there at most once, and is offered again."""
    house.fault("sendMessage", "reset")
    text, figure = order()
    told = ada.says(text)
    assert times(figure, told) == 0
    assert times(figure, ada.presses("Show it again", told)) == 1


def test_markup_that_telegram_refuses_is_sent_as_plain_text(house: Household, ada: Somebody) -> None:
    house.fault("sendMessage", "refused", status=400, description="Bad Request: can't parse entities: broken")
    text, figure = order()
    told = ada.says(text)
    assert times(figure, told) == len(told.messages) == 1
    assert "can't parse entities" in house.service.err.lower()


def test_a_chat_that_got_too_much_does_not_hold_up_others(house: Household, ada: Somebody, ben: Somebody) -> None:
    """After many messages to one chat, its flood wait leaves the others' answers alone."""
    for _ in range(17):
        ada.sends("hello")
    house.settle()
    house.fault("sendMessage", "flood", retry_after=8, chat=ada.chat)
    waiting, hers = order()
    ada.sends(waiting)
    text, his = order("bathroom")
    ben.sends(text)
    house.wait_for_text(ben, his)
    assert not any(hers in shown.text for shown in house.messages(ada.chat))
    house.wait_for_text(ada, hers)


def test_an_outage_of_five_seconds_loses_and_doubles_nothing(house: Household, ada: Somebody) -> None:
    ada.says("hello")
    orders = [order(lamp) for lamp in ("hall", "worktop", "bathroom")]
    house.server.closed_for(5.0)
    for text, _ in orders:
        ada.sends(text)
    time.sleep(5.2)
    house.settle()
    answers = house.messages(ada.chat)[1:]
    assert len(answers) == 3
    assert all(f" {figure}" in shown.text for shown, (_, figure) in zip(answers, orders, strict=True)), answers


def test_an_api_that_is_down_at_start_is_waited_out(opened: Opening) -> None:
    house = opened(serving=False)
    house.seed(Ada="admin")
    house.start()
    time.sleep(3.0)
    assert house.service.running, house.service.err[-2000:]
    house.serve()
    assert "on" in house.people["Ada"].says("turn on the kitchen light").text
    house.check()
    house.close()

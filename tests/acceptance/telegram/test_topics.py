"""In a group with topics everything stays in the topic it was said in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.acceptance.telegram.household import Household
from tests.acceptance.telegram.people import Somebody
from tests.telegram_server import Group, Message

FORUM, LIGHTS, DOORS = -1_000_000_004_711, 7, 8
Asks = Callable[[str, int], Message]


@pytest.fixture
def forum(house: Household, ben: Somebody) -> Group:
    """Return a group with two topics, in which the bot sees all messages."""
    members = [one.on_telegram for one in house.people.values()]
    return house.server.group(FORUM, "Family", members, privacy=False, threads=(LIGHTS, DOORS))


@pytest.fixture
def asks(house: Household, forum: Group, ben: Somebody) -> Asks:
    """Return what has Ben write into a topic and returns the newest answer in the group."""

    def ask(text: str, topic: int) -> Message:
        before = len(house.server.from_bot(forum))
        ben.on_telegram.says(text, forum, thread=topic)
        house.settle()
        answers = house.server.from_bot(forum)
        assert len(answers) == before + 1
        return answers[-1]

    return ask


def test_an_answer_goes_to_the_topic_of_its_question(asks: Asks) -> None:
    for text, topic in (("turn on the garage light", LIGHTS), ("turn off the garage light", DOORS)):
        answer = asks(f"Butler, {text}", topic)
        assert "Garage light is" in answer.text
        assert answer.thread == topic


def test_a_question_in_a_topic_is_answered_there_by_its_button(
    house: Household, forum: Group, asks: Asks, ben: Somebody
) -> None:
    """What another topic talks about leaves it open."""
    asked = asks("Butler, turn on the lamp", LIGHTS)
    assert asks("Butler, is the front door locked?", DOORS).thread == DOORS
    ben.on_telegram.presses(asked, "Desk Lamp")
    house.settle()
    told = house.server.from_bot(forum, after=asked)[-1]
    assert "Desk lamp is" in told.text
    assert told.thread == LIGHTS
    assert house.server.message(forum, asked.id).labels == []


def test_a_message_outside_of_any_topic_is_answered_there(house: Household, forum: Group, ben: Somebody) -> None:
    told = ben.says("Butler, is the garage light on?", forum)
    assert "garage light is" in told.text.lower()
    assert house.server.from_bot(forum)[-1].thread is None

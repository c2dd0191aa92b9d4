"""The explanation of the last message is told in sentences, not in the program's own words."""

from __future__ import annotations

import re

import pytest

from butler.conversation.readings import because, kind_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Reason
from tests.butler.conversation.conftest import Chat


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("buy milk this weekend", "I took it for a task to write down: a sentence pattern matched it"),
        ("buy milk this weekend", "I read it as: task."),
        ("turn on the kitchen light", "I took it for the command to turn on the kitchen light: "),
        ("unlock the front door", "Something in it is guarded, so I asked first."),
        ("turn on the lamp", "I asked, because it doesn't say which one."),
        ("don't unlock the front door", "I did not simply do it, because it says what not to do."),
        ("is the front door locked?", "I took it for a question about the home: "),
        ("turn on the siren", "because I only ever read sirens and security alarms."),
    ],
)
def test_it_reads_like_sentences(chat: Chat, text: str, told: str) -> None:
    chat.say(text)
    assert told in chat.say("/why")


def test_nothing_of_it_is_raw_or_said_twice(chat: Chat) -> None:
    for text in ("buy milk", "unlock the front door", "turn on the lamp", "don't turn on the hall light", "qwer asdf"):
        chat.say(text)
        why = chat.say("/why")
        assert not re.search(r"understood [a-z]+ [a-z]+[:,]|_", why), why
        lines = why.splitlines()
        assert len(lines) == len(set(lines))
        assert why.count("because") <= 1, why


def test_there_are_words_for_every_intent_and_every_reason() -> None:
    assert [name for name in INTENTS if kind_of(name) == kind_of("no such intent")] == []
    assert all(because(reason) for reason in Reason)


def test_a_press_is_told_by_what_stood_on_the_button(chat: Chat) -> None:
    """No word of the program's own is shown."""
    chat.say("unlock the front door")
    chat.press("No")
    assert chat.say("/why").startswith("You pressed “No” (turn 2).")
    assert "button" not in chat.last.messages[0].text

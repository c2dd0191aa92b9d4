"""Messages without words are answered honestly; nothing is done and nothing learned from them."""

from __future__ import annotations

from typing import Any

import pytest

from butler.conversation.messages import Incoming, Reply
from tests.butler.conversation.conftest import PEOPLE, Chat

MEDIA = ("voice", "audio", "photo", "video", "video_note", "animation", "sticker", "document", "location", "contact")


def sent(chat: Chat, medium: str) -> Reply:
    return chat.conversation.handle(Incoming(PEOPLE["ana"], "home", chat.clock["now"], medium=medium))


@pytest.mark.parametrize("medium", [*MEDIA, "something new"])
def test_each_medium_is_answered_in_one_message_and_nothing_is_done(chat: Chat, medium: str) -> None:
    """Whatever it is, also what nobody thought of."""
    reply = sent(chat, medium)
    assert len(reply.messages) == 1
    assert reply.messages[0].text
    assert (reply.calls, reply.outcome) == ((), "not_taken")
    assert chat.engine.history() == []


def test_different_media_are_answered_differently(chat: Chat) -> None:
    """A photo is not called a voice message."""
    assert "listen" in sent(chat, "voice").messages[0].text
    assert "picture" in sent(chat, "photo").messages[0].text


def test_an_open_question_stays_open(chat: Chat) -> None:
    """A sticker neither answers nor drops it."""
    chat.say("unlock the front door")
    sent(chat, "sticker")
    chat.say("yes")
    assert chat.state("lock.front_door") == "unlocked"


def test_why_speaks_of_the_words_before_a_picture(chat: Chat) -> None:
    """There is nothing to explain about a picture."""
    chat.say("turn on the kitchen light")
    sent(chat, "photo")
    assert "turn on the kitchen light" in chat.say("/why")


def test_what_was_heard_is_said_and_done(chat: Chat) -> None:
    """A voice note with words is a command, and the person sees which words were heard."""
    said = chat.say("turn on the kitchen light", medium="voice")
    assert said.startswith("I heard “turn on the kitchen light”.")
    assert chat.state("light.kitchen") == "on"


@pytest.mark.parametrize("how", ["forwarded", "edited"])
@pytest.mark.parametrize("text", ["turn on the kitchen light", "when I say bertha I mean the floor lamp"])
def test_forwarded_and_edited_words_do_and_teach_nothing(chat: Chat, how: str, text: str) -> None:
    """They are answered, and that is all."""
    more: dict[str, Any] = {how: True}
    assert chat.say(text, **more)
    assert chat.state("light.kitchen") == "off"
    assert chat.engine.history() == []

"""What people really do in talk is what log review finds: habits in a chat, read from the traces that it left."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from butler.conversation.tasks.clarified import expire_clarifications
from engine.learning.changes import AmbiguityRuleChange, Change, KeywordRuleChange, TimeMappingChange, from_payload
from engine.review.detectors.table import DETECTORS
from engine.review.log_review import review
from engine.review.page import Page
from engine.review.rules import ReviewRules
from engine.review.traces import StoredTraces
from store.detected_patterns import Sighting
from tests.butler.conversation.conftest import Chat

HOUR = 3600.0


def found(chat: Chat) -> list[Change]:
    result = review(chat.store, chat.clock["now"], rules=ReviewRules(names=("ana", "ben")))
    return [from_payload(one.change) for one in result.insights]


def seen(chat: Chat, detector: str) -> dict[str, Sighting]:
    source = StoredTraces(chat.store)
    page = Page(tuple(source.stream()), source)
    return {one.key: one for one in DETECTORS[detector](page, ReviewRules())}


def say_then(chat: Chat, thoughts: Sequence[str], *then: str) -> None:
    """Have each thought said and put right at once, some hours apart."""
    for thought in thoughts:
        chat.say(thought)
        chat.wait(30)
        for said in then:
            chat.say(said)
        chat.wait(3 * HOUR)


@pytest.mark.parametrize("how", ["make it urgent", "/summon urgent"])
def test_a_priority_that_is_always_set_by_hand(chat: Chat, how: str) -> None:
    thoughts = ("call", "pay", "visit", "write to", "ask", "thank")
    say_then(chat, [f"i need to {what} the dentist" for what in thoughts], how)
    assert KeywordRuleChange("dentist", "urgent", "personal", "ana") in found(chat)


def test_a_time_that_is_always_set_by_hand(chat: Chat) -> None:
    """Said each morning for the evening."""
    for what in ("buy milk", "fetch the parcel", "water the garden", "call mum", "clean the bike", "post the letter"):
        chat.clock["now"] = chat.clock["now"].replace(hour=9)
        chat.say(f"add a task to {what} after work")
        chat.wait(30)
        chat.say("no, at 18:00")
        chat.wait(24 * HOUR)
    assert TimeMappingChange("after work", "at 18:00", "personal", "ana") in found(chat)


def test_words_that_are_always_something_else(chat: Chat) -> None:
    things = ("report", "shed", "novel", "slides", "roof", "song")
    say_then(chat, [f"add a task to work on the {thing}" for thing in things], "no, that's an idea")
    assert AmbiguityRuleChange("work on", "kind", "personal", "ana") in found(chat)


def test_questions_that_nobody_answers_and_those_that_are_answered(chat: Chat) -> None:
    """The first is answered in words, the second expires."""
    chat.say("maybe paint the hall")
    chat.wait(10)
    chat.say("task")
    chat.wait(HOUR)
    chat.say("maybe paint the shed")
    chat.wait(25 * HOUR)
    assert expire_clarifications(chat.store, chat.clock["now"]) == 1
    asked = seen(chat, "unanswered")
    assert sum(one.opportunities for one in asked.values()) == 2
    assert sum(one.count for one in asked.values()) == 1
    assert any(key.startswith("capture:task:high:") for key in seen(chat, "thresholds"))


def test_a_command_that_was_put_right(chat: Chat) -> None:
    chat.say("turn on the kitchen ceiling light")
    chat.say("undo")
    counted = seen(chat, "classification")
    assert [(one.count, one.opportunities) for key, one in counted.items() if "light_control" in key] == [(1, 1)]


def test_a_name_that_is_not_known(chat: Chat) -> None:
    chat.say("turn on the flurb light")
    assert [one.count for one in seen(chat, "names").values()] == [1]

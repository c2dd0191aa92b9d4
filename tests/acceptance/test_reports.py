"""The whole way over stdio: habits, the weekly review, the report, Apply, other behaviour, /rollback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from tests.acceptance.household import ADMIN, Household, Parts, few

WEEK = 7 * 86_400
ERRANDS = ("about the crown", "to move the check-up", "for the children", "about a bill", "on monday", "about x-rays")
INSIGHT = "💡 **System Insight** – "


class Talk:
    """People who talk to Butler in chats of their own."""

    def __init__(self, house: Household) -> None:
        self.house = house
        self.heard: list[dict[str, Any]] = []

    def ask(self, **request: Any) -> str:
        answer = self.house.ask(request)
        assert "error" not in answer, answer
        self.heard += answer["messages"]
        return "\n".join(message["text"] for message in answer["messages"])

    def say(self, text: str, who: str) -> str:
        return self.ask(user=who, text=text)

    def insights(self, who: str) -> list[dict[str, Any]]:
        return [one for one in self.heard if one["to"] == who and one["text"].startswith(INSIGHT)]

    def press(self, label: str, message: dict[str, Any], who: str) -> str:
        return self.ask(user=who, press=next(one["id"] for one in message["buttons"] if one["label"] == label))


@pytest.fixture
def talk(interpreter: Interpreter, golden: GoldenSet, tmp_path: Path) -> Iterator[Talk]:
    house = Household(Parts(interpreter, few(golden)), tmp_path / "data")
    yield Talk(house)
    house.close()


def put_right(talk: Talk) -> None:
    """Have two people make every call to the dentist urgent by hand."""
    for number, errand in enumerate(ERRANDS):
        who = ("ana", "ben")[number % 2]
        talk.say(f"call the dentist {errand}", who)
        talk.house.advance(60)
        talk.say("make it urgent", who)
        talk.house.advance(3_600)
        for other in ("buy bread", "water the plants", "sweep the yard"):
            talk.say(other, who)


def test_a_habit_becomes_a_report_that_is_applied_and_rolled_back(talk: Talk) -> None:
    put_right(talk)
    talk.house.restart()
    talk.ask(op="advance", seconds=WEEK)
    told = [one for one in talk.insights(ADMIN) if "dentist" in one["text"]]
    assert len(told) == 1
    assert [button["label"] for button in told[0]["buttons"]] == ["Apply", "Dismiss", "Why"]
    assert len(talk.insights(ADMIN)) <= 3
    assert "I saw it" in talk.press("Why", told[0], ADMIN)
    assert "Applied" in talk.press("Apply", told[0], ADMIN)
    assert "Noted as urgent" in talk.say("write the dentist a letter", "cleo")
    assert "urgent" not in talk.say("write the plumber a letter", "cleo")
    assert "Rolled back #1" in talk.say("/rollback 1", ADMIN)
    assert "urgent" not in talk.say("phone the dentist on thursday morning", "cleo")
    talk.ask(op="advance", seconds=WEEK)
    assert len([one for one in talk.insights(ADMIN) if "dentist" in one["text"]]) == 1, talk.insights(ADMIN)


def test_what_was_dismissed_changes_nothing_and_stays_away(talk: Talk) -> None:
    put_right(talk)
    talk.ask(op="run", job="log_review")
    talk.ask(op="run", job="report")
    (told,) = [one for one in talk.insights(ADMIN) if "dentist" in one["text"]]
    assert "Dismissed" in talk.ask(user=ADMIN, text="dismiss", reply_to=told["id"])
    assert "urgent" not in talk.say("write the dentist a letter", "cleo")
    put_right(talk)
    talk.ask(op="run", job="log_review")
    talk.ask(op="run", job="report")
    talk.say("/report", ADMIN)
    assert len([one for one in talk.insights(ADMIN) if "dentist" in one["text"]]) == 1, talk.insights(ADMIN)

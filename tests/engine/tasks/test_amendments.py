"""Changes to what was written down, and the talk that is none."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tasks.amendments import Amendment, parse_amendment
from engine.tasks.kinds import Kind, Priority
from engine.tasks.rules import TaskRules

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)  # a Tuesday
LISBON = ZoneInfo("Europe/Lisbon")
RULES = TaskRules.base()
FRIDAY = date(2026, 3, 13)
MONDAY = date(2026, 3, 16)


def read(text: str, *, fresh: bool = False, intent: str | None = None) -> Amendment | None:
    """Return the change a text asks for."""
    return parse_amendment(
        text, after_capture=fresh, now=NOW, zone=LISBON, rules=RULES, projects=("Hall",), intent=intent
    )


def told(change: Amendment | None) -> dict[str, Any] | None:
    """Return what a change sets, a due as its day or instant."""
    if change is None:
        return None
    parts = {name: value for name, value in vars(change).items() if value not in (None, False)}
    if change.due is not None:
        parts["due"] = change.due.day or change.due.at or change.due.start
    return parts


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("move the dentist to monday", {"target": "dentist", "due": MONDAY}),
        ("Move the dentist appointment to Monday please", {"target": "dentist appointment", "due": MONDAY}),
        ("reschedule the vet for friday", {"target": "vet", "due": FRIDAY}),
        ("can you postpone the car wash till friday?", {"target": "car wash", "due": FRIDAY}),
        ("push the report to friday at 5pm", {"target": "report", "due": datetime(2026, 3, 13, 17, tzinfo=UTC)}),
        ("push the report back a week", {"target": "report", "shift": timedelta(days=7)}),
        ("delay the gas man by two days", {"target": "gas man", "shift": timedelta(days=2)}),
        ("bring the haircut forward an hour", {"target": "haircut", "shift": timedelta(hours=-1)}),
        ("move it to friday", {"due": FRIDAY}),
        ("change the deadline of the tax task to friday", {"target": "tax", "due": FRIDAY}),
        ("the tax task is due friday", {"target": "tax", "due": FRIDAY}),
        ("make it urgent", {"priority": Priority.URGENT}),
        ("make the tax task urgent", {"target": "tax", "priority": Priority.URGENT}),
        ("mark the roof as high priority", {"target": "roof", "priority": Priority.HIGH}),
        ("set the priority of the roof to low priority", {"target": "roof", "priority": Priority.LOW}),
        ("raise the priority of the roof", {"target": "roof", "priority": Priority.HIGH}),
        ("the roof task isn't urgent", {"target": "roof", "priority": Priority.LOW}),
        ("done with the milk", {"target": "milk", "done": True}),
        ("I'm done with the ironing", {"target": "ironing", "done": True}),
        ("mark call mum as done", {"target": "call mum", "done": True}),
        ("tick off the ironing", {"target": "ironing", "done": True}),
        ("check call mum off", {"target": "call mum", "done": True}),
        ("i've fed the hens, tick it off", {"target": "fed the hens", "done": True}),
        ("the hens task is done", {"target": "hens", "done": True}),
        ("i did the hens task already", {"target": "hens", "done": True}),
        ("the hens task can wait until friday", {"target": "hens", "due": FRIDAY}),
        ("give the hens task a deadline of friday", {"target": "hens", "due": FRIDAY}),
        ("change the hens task to friday", {"target": "hens", "due": FRIDAY}),
        ("psuh the hens task back a day", {"target": "hens", "shift": timedelta(days=1)}),
        ("delete the hens task", {"target": "hens", "drop": True}),
        ("cancel the dentist appointment", {"target": "dentist", "drop": True}),
        ("remove the reminder about the hens", {"target": "hens", "drop": True}),
        ("rename the hens task to feed hens and ducks", {"target": "hens", "title": "feed hens and ducks"}),
        ("rename it to feed the ducks", {"title": "feed the ducks"}),
        ("change the hens task to feed the ducks", {"target": "hens", "title": "feed the ducks"}),
        ("put paint in the hall project", {"target": "paint", "project": "Hall"}),
        ("move the tiles task to the bathroom project", {"target": "tiles", "project": "bathroom"}),
    ],
)
def test_a_change_that_is_unmistakable_is_read_at_any_time(text: str, change: dict[str, Any]) -> None:
    assert told(read(text)) == change


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("no, that's a note", {"kind": Kind.NOTE}),
        ("that's an idea", {"kind": Kind.IDEA}),
        ("no it's a task", {"kind": Kind.TASK}),
        ("a note, not a task", {"kind": Kind.NOTE}),
        ("save it as a note", {"kind": Kind.NOTE}),
        ("make it a reminder for friday", {"kind": Kind.REMINDER, "due": FRIDAY}),
        ("no, that's a task for Friday", {"kind": Kind.TASK, "due": FRIDAY}),
        ("that's a task for friday, urgent", {"kind": Kind.TASK, "due": FRIDAY, "priority": Priority.URGENT}),
        ("I meant friday", {"due": FRIDAY}),
        ("no, friday", {"due": FRIDAY}),
        ("sorry, I meant friday", {"due": FRIDAY}),
        ("friday, not saturday", {"due": FRIDAY}),
        ("not saturday, friday", {"due": FRIDAY}),
        ("make it friday", {"due": FRIDAY}),
        ("friday instead", {"due": FRIDAY}),
        ("no, at 6", {"due": datetime(2026, 3, 10, 18, tzinfo=UTC)}),
        ("push it back an hour", {"shift": timedelta(hours=1)}),
        ("urgent", {"priority": Priority.URGENT}),
        ("it's important", {"priority": Priority.HIGH}),
        ("no, urgent", {"priority": Priority.URGENT}),
        ("no, it's urgent", {"priority": Priority.URGENT}),
        ("no rush", {"priority": Priority.LOW}),
        ("done", {"done": True}),
        ("did it already", {"done": True}),
        ("scrap that", {"drop": True}),
        ("forget it", {"drop": True}),
        ("no, cancel that", {"drop": True}),
        ("no, I meant call dad", {"title": "call dad"}),
        ("call it feed the ducks", {"title": "feed the ducks"}),
        ("that's for the hall project", {"project": "Hall"}),
        ("#hall", {"project": "Hall"}),
    ],
)
def test_right_after_a_capture_less_is_needed(text: str, change: dict[str, Any]) -> None:
    assert told(read(text, fresh=True)) == change


@pytest.mark.parametrize(
    "text",
    [
        "no, that's a note",
        "I meant friday",
        "no, friday",
        "make it friday",
        "done",
        "forget it",
        "urgent",
        "friday",
        "#hall",
        "it's important",
        "call it a day",
        "no, I meant call dad",
    ],
)
def test_at_any_other_time_such_words_change_nothing(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("fresh", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "thanks",
        "yes",
        "no",
        "not now",
        "later",
        "never mind",
        "that's fine",
        "that's a good idea",
        "that's a good question",
        "it's fine",
        "I meant well",
        "see you friday",
        "friday was lovely",
        "what's on friday?",
        "is it friday yet",
        "turn on the kitchen light",
        "no, I meant turn on the hall light",
        "no, the bedroom light",
        "make it brighter",
        "make it 20 degrees",
        "set it to 20",
        "set the lamp to low",
        "set the volume to high",
        "the volume is too high",
        "move the lamp to the left",
        "change the channel to five",
        "check whether the door is open or closed",
        "check if the heating is off",
        "set the hall lights to off",
        "delete the shopping list",
        "cancel the alarm",
        "remove milk from the list",
        "put milk on the list",
        "i'm done with you",
        "we're finished with dinner",
        "add 'buy paint' to the hall project",
        "buy milk tomorrow",
        "remind me to call mum on friday",
        "the meeting was moved",
        "push the door",
        "i did not mean that",
        "good evening",
        "how about no",
    ],
)
def test_ordinary_talk_and_commands_change_nothing(text: str, *, fresh: bool) -> None:
    assert read(text, fresh=fresh) is None


@pytest.mark.parametrize(
    ("text", "intent", "change"),
    [
        ("finally rang the plumber", "task_complete", {"target": "rang the plumber", "done": True}),
        ("feeding the hens is done", "task_complete", {"target": "feeding the hens", "done": True}),
        ("it should be friday instead", "task_amend", {"due": FRIDAY}),
        ("that should have been a note", "task_amend", {"kind": Kind.NOTE}),
        ("change call mum to call mum and dad", "task_amend", {"target": "call mum", "title": "call mum and dad"}),
        ("the plumber can't come so move the boiler to friday", "task_amend", {"target": "boiler", "due": FRIDAY}),
    ],
)
def test_what_was_understood_as_a_change_needs_less_too(text: str, intent: str, change: dict[str, Any]) -> None:
    assert read(text) is None
    assert told(read(text, intent=intent)) == change


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from("move make mark done with it the dentist to friday urgent as a note no i meant , #x".split()),
        max_size=40,
    ),
    st.booleans(),
)
def test_a_change_always_changes_something(words: list[str], fresh: bool) -> None:
    change = read(" ".join(words), fresh=fresh)
    assert change is None or set(told(change) or ()) - {"target"}

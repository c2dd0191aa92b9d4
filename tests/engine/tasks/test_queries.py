"""What a question about tasks asks for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.tasks.kinds import Kind, Priority
from engine.tasks.queries import parse_task_query
from engine.tasks.rules import TaskRules

NOW = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)  # a Tuesday
LISBON = ZoneInfo("Europe/Lisbon")


def told(text: str, now: datetime = NOW) -> dict[str, Any]:
    """Return what a question asks for, without what it leaves open."""
    query = parse_task_query(text, now=now, zone=LISBON, rules=TaskRules.base(), projects=("Hall", "garden"))
    return {name: value for name, value in vars(query).items() if value not in (None, False)}


def day(number: int, hour: int = 0) -> datetime:
    """Return an instant of March 2026."""
    return datetime(2026, 3, number, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("what do I have to do today", {"start": day(10), "end": day(11), "label": "today"}),
        ("what's due tomorrow?", {"start": day(11), "end": day(12), "label": "tomorrow"}),
        ("my tasks for friday", {"start": day(13), "end": day(14), "label": "friday", "kind": Kind.TASK}),
        ("friday's reminders", {"start": day(13), "end": day(14), "label": "friday", "kind": Kind.REMINDER}),
        ("what do I have to finish by friday", {"end": day(14), "label": "by friday"}),
        ("what do I have to do next week", {"start": day(16), "end": day(23), "label": "next week"}),
        ("what's overdue", {"end": NOW, "label": "overdue", "overdue": True}),
        ("overdue tasks", {"end": NOW, "label": "overdue", "overdue": True, "kind": Kind.TASK}),
        ("what should I do next", {"next": True}),
        ("what's my next reminder", {"next": True, "kind": Kind.REMINDER}),
        ("what did I finish last week", {"start": day(2), "end": day(9), "label": "last week", "done": True}),
    ],
)
def test_a_time_in_a_question_narrows_it(text: str, parts: dict[str, Any]) -> None:
    assert told(text) == parts


def test_a_weekend_reaches_over_both_its_days() -> None:
    parts = told("what do I have to do this weekend")
    assert parts["label"] == "this weekend"
    assert parts["start"] <= day(14)
    assert parts["end"] == day(16)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("my tasks?", {"kind": Kind.TASK}),
        ("show me all open tasks", {"kind": Kind.TASK}),
        ("what's on my to-do list", {"kind": Kind.TASK}),
        ("show my notes", {"kind": Kind.NOTE}),
        ("what ideas do we have", {"kind": Kind.IDEA}),
        ("any reminders?", {"kind": Kind.REMINDER}),
        ("list my alarms", {"kind": Kind.ALARM}),
        ("urgent tasks", {"kind": Kind.TASK, "priority": Priority.URGENT}),
        ("what's important", {"priority": Priority.HIGH}),
        ("only the low priority ones", {"priority": Priority.LOW}),
        ("what's left on the hall project", {"project": "Hall"}),
        ("anything for the garden?", {"project": "garden"}),
        ("tasks in the loft project", {"project": "loft", "kind": Kind.TASK}),
        ("show #hall", {"project": "Hall"}),
    ],
)
def test_a_kind_a_priority_or_a_project_narrows_it(text: str, parts: dict[str, Any]) -> None:
    assert told(text) == parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("when is the dentist task due", "dentist"),
        ("when is the dentist?", None),
        ("anything about the roof?", "roof"),
        ("is feeding the hens still on my list", "feeding the hens"),
        ("find the roof task", "roof"),
        ("search for roof", "roof"),
        ("do I have to call the bank?", "call the bank"),
        ("when do I have to pay the rent", "pay the rent"),
        ("have I got a reminder for the rent", "rent"),
        ("is there a reminder about the meter", "meter"),
        ("what do I have to do", None),
        ("show me everything", None),
    ],
)
def test_words_in_a_question_are_looked_for_in_titles(text: str, words: str | None) -> None:
    assert told(text).get("words") == words


def test_a_question_without_anything_asks_for_all() -> None:
    assert told("") == {}
    assert told("what do I have to do") == {}

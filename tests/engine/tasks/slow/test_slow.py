"""What the slow path proposes: rules go by words and days, a model within what there is, and its words are data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.llm import AnswerUnfit, ScriptedModel
from engine.tasks.due import Due
from engine.tasks.kinds import Priority
from engine.tasks.rules import TaskRules
from engine.tasks.slow import (
    Matter,
    StalledProject,
    Step,
    about_project,
    about_thought,
    asked_about_project,
    asked_about_thought,
)
from engine.tasks.slow.proposed import plain_line
from engine.tasks.times import read_time

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
SAID: dict[str, Any] = {"priority": "normal", "when": "unsaid", "why": "w", "sure": 0.5, "second": "low"}
HALL = StalledProject("hall", (Step(4, "buy paint"), Step(7, "sand the door")))


def matter(text: str, when: str | None = None, priority: Priority = Priority.NORMAL) -> Matter:
    due: Due | None = read_time(when, NOON, UTC) if when else None
    return Matter(text, text, due, priority, NOON, UTC, TaskRules.base())


@pytest.mark.parametrize(
    ("thought", "priority"),
    [
        (matter("pay the bill, it is urgent"), "urgent"),
        (matter("water the fern, no rush"), "low"),
        (matter("call mum", "tomorrow"), "high"),
        (matter("call mum", "at 5 pm"), "high"),
        (matter("call mum", "next month"), None),
        (matter("call mum"), None),
        (matter("pay the bill, it is urgent", priority=Priority.LOW), None),
    ],
)
def test_rules_go_by_pressing_words_and_by_the_day(thought: Matter, priority: str | None) -> None:
    """What the person set themselves stays."""
    found = about_thought(thought)
    assert (found.change["priority"] if found else None) == priority
    assert found is None or (found.source == "rules" and bool(found.why))


def test_the_oldest_task_is_a_project_s_next_step_and_without_one_it_is_a_question() -> None:
    """The others are the alternatives."""
    found = about_project(HALL)
    assert (found.change, found.alternatives) == ({"task": 4}, ({"task": 7},))
    assert about_project(StalledProject("hall", ())).change == {}


def test_a_model_changes_only_what_was_left_open() -> None:
    """A due that was said, and a priority that was set, are the person's."""
    model = ScriptedModel(always=lambda _: {**SAID, "priority": "high", "when": "tomorrow"})
    found = asked_about_thought(model, matter("call mum", "next month"))
    assert found is not None
    assert set(found.change) == {"priority"}
    assert asked_about_thought(model, matter("call mum", "next month", Priority.LOW)) is None
    both = asked_about_thought(model, matter("call mum"))
    assert both is not None
    assert both.change["due"]["day"] == "2026-03-15"


@pytest.mark.parametrize("task", ["5", "4 ", "../4", "new task"])
def test_a_model_names_no_task_that_there_is_not(task: str) -> None:
    """The schema holds the numbers there are."""
    model = ScriptedModel({"task": task, "title": "", "why": "w", "sure": 1, "second": "new"})
    with pytest.raises(AnswerUnfit):
        asked_about_project(model, HALL)


def test_a_new_step_without_a_title_is_no_step() -> None:
    """Nothing is written down that says nothing."""
    model = ScriptedModel({"task": "new", "title": " \n", "why": "w", "sure": 1, "second": "7"})
    found = asked_about_project(model, HALL)
    assert (found.change, found.alternatives) == ({}, ({"task": 7},))


@given(st.text(max_size=300))
def test_what_a_model_wrote_is_one_short_line_without_links(text: str) -> None:
    """Whatever it wrote."""
    line = plain_line(f"{text} https://x.example/{text}", 80)
    assert len(line) <= 80
    assert "\n" not in line
    assert "://" not in line or "https" not in line

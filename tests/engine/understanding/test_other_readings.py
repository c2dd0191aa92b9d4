"""What else an unsure guess may be about, and reading words as what somebody says they are about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.understanding.interpretation import Disposition, RunnerUp
from engine.understanding.interpreter import Interpreter
from engine.understanding.other_readings import may_be_about
from engine.understanding.situation import Situation
from engine.understanding.snapshot import Snapshot


@pytest.fixture
def situation(house: Snapshot) -> Situation:
    return Situation(house)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("the lamp at nine tonight", "schedule_set"),
        ("six tomorrow morning please", "alarm_set"),
        ("twenty minutes for the rice", "timer_set"),
        ("if the door opens tell me", "notice_set"),
        ("the dentist", "reminder_set"),
        ("milk", "list_add"),
    ],
)
def test_words_that_speak_of_it_may_be_about_it(text: str, intent: str) -> None:
    assert may_be_about(text, intent)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("the pool lamp", "schedule_set"),
        ("wake me", "alarm_set"),
        ("the rice", "timer_set"),
        ("the door", "notice_set"),
        ("the lamp", "undo"),
        ("i do not need milk", "list_add"),
        ("we already have soap", "list_add"),
        ("milk on thursday", "list_add"),
        ("umbrella?", "reminder_set"),
        ("the vet at four", "calendar_query"),
        ("keys tomorrow morning", "schedule_cancel"),
        ("everything but the kitchen light", "state_query"),
        ("passport expires soon", "task_amend"),
        ("the lamp", "out_of_scope"),
        ("the lamp", "no_such_intent"),
    ],
)
def test_words_that_do_not_speak_of_it_are_not_about_it(text: str, intent: str) -> None:
    assert not may_be_about(text, intent)


def test_words_are_read_as_what_they_are_said_to_be_about(interpreter: Interpreter, situation: Situation) -> None:
    read = interpreter.read_as("bedroom light on for me", "light_control", situation)
    assert read is not None
    assert (read.intent, read.targets, read.disposition) == (
        "light_control",
        ("light.bedroom_ceiling",),
        Disposition.ACT,
    )
    assert read.text == "bedroom light on for me"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("don't turn on the bedroom light", "light_control"),
        ("turn on the light of the moon", "light_control"),
        ("no such lamp at all", "light_control"),
        ("the bedroom light", "undo"),
    ],
)
def test_what_words_forbid_or_leave_open_is_not_read_into_them(
    interpreter: Interpreter, situation: Situation, text: str, intent: str
) -> None:
    assert interpreter.read_as(text, intent, situation) is None


def test_others_are_other_intents_the_likeliest_first(interpreter: Interpreter, situation: Situation) -> None:
    found = interpreter.understand("have me think of the dentist", situation)
    others = interpreter.others(found, situation)
    assert others
    assert found.intent not in {other.intent for other in others}
    assert [other.confidence for other in others] == sorted((o.confidence for o in others), reverse=True)
    assert {other.text for other in others} == {found.text}


def test_what_names_nothing_is_no_command_for_the_only_thing_there_is(
    interpreter: Interpreter, situation: Situation
) -> None:
    found = replace(
        interpreter.understand("bung the bread on my shop thing", situation),
        runners_up=(RunnerUp("vacuum_control", 0.1), RunnerUp("list_add", 0.1)),
    )
    assert [other.intent for other in interpreter.others(found, situation)] == ["list_add"]


def test_a_guarded_thing_still_waits_for_a_press(interpreter: Interpreter, situation: Situation) -> None:
    read = interpreter.read_as("get the front door unlocked", "lock_control", situation)
    assert read is not None
    assert read.disposition is Disposition.CONFIRM

"""What a person wants to be told of is read from their words."""

from __future__ import annotations

from typing import Any

import pytest

from engine.tasks.conditions import condition_within, read_condition, stops_telling, unmutes


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tell me when the washer is done", {"thing": "the washer", "state": "done"}),
        ("if the garage stays open for 10 minutes, tell me", {"thing": "the garage", "state": "open", "for_s": 600.0}),
        ("let me know when someone opens the front door", {"thing": "the front door", "state": "open"}),
        ("tell me if anyone leaves the garage door open please", {"thing": "the garage door", "state": "open"}),
        ("keep an eye on the garage door and tell me if it opens", {"thing": "the garage door", "state": "open"}),
        ("warn me if there's a leak in the bathroom", {"thing": "the bathroom", "state": "wet"}),
        ("ping me as soon as motion is seen in the hall", {"thing": "the hall", "state": "motion"}),
        ("tell me if anyone comes into the hall", {"thing": "the hall", "state": "motion"}),
        ("tell me when the hall motion sensor is off", {"thing": "the hall motion sensor", "state": "off"}),
        ("alert me if the smoke detector goes off", {"thing": "the smoke detector", "state": "alarms"}),
        ("let me know if anyone turns the alarm off", {"thing": "the alarm", "state": "off"}),
        ("tell me when the vacuum's finished", {"thing": "the vacuum", "state": "done"}),
        ("message me when the robot is stuck", {"thing": "the robot", "state": "stuck"}),
        ("tell me when the back door is open longer than ten minutes", {"thing": "the back door", "for_s": 600.0}),
        (
            "let me know if the temperature in the nursery drops below 18",
            {"thing": "the nursery", "attribute": "temperature", "below": 18.0},
        ),
        ("tell me when the lounge reaches 21", {"thing": "the lounge", "attribute": "temperature", "reaches": 21.0}),
        ("tell us when it gets colder than 3 degrees outside", {"thing": "outside", "below": 3.0}),
        ("tell me when it's below zero in the greenhouse", {"thing": "the greenhouse", "below": 0.0}),
        ("alert me if bathroom humidity goes over 80", {"thing": "bathroom", "attribute": "humidity", "above": 80.0}),
        ("tell me when the power use goes over 3 kw", {"attribute": "power", "above": 3.0, "kilo": True}),
        ("warn me when the battery of the lock is low", {"thing": "the lock", "attribute": "battery", "below": 20.0}),
        ("inform me when the bedroom gets too hot", {"thing": "the bedroom", "vague": True}),
        ("tell me if any window is opened", {"thing": "window", "state": "open", "several": True}),
        ("warn me if the window is open after dark", {"thing": "the window", "besides": "after dark"}),
    ],
)
def test_thing_and_condition_are_read(text: str, wanted: dict[str, Any]) -> None:
    found = read_condition(text)
    assert found is not None
    assert {name: getattr(found, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "always"),
    [
        ("tell me when the gate opens", False),
        ("tell me once the gate opens", False),
        ("tell me whenever the gate opens", True),
        ("tell me if the gate opens", True),
        ("tell me every time the gate opens", True),
    ],
)
def test_if_and_whenever_mean_every_time(text: str, always: bool) -> None:
    found = read_condition(text)
    assert found is not None
    assert found.always is always


@pytest.mark.parametrize("text", ["tell me a joke", "the gate is open", "", "when", "tell me when", "!!!", "if " * 500])
def test_what_says_no_condition_is_none(text: str) -> None:
    assert read_condition(text) is None


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("if it gets below 18 turn on the heating", "if it gets below 18"),
        ("turn on the heating when it gets below 18", "when it gets below 18"),
        ("when the door opens, please turn on the light", "when the door opens"),
        ("turn on the heating", None),
    ],
)
def test_the_condition_of_a_command_is_found(text: str, condition: str | None) -> None:
    assert condition_within(text) == condition


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("stop telling me about the back door", True),
        ("mute the garage notices", True),
        ("don't notify me when the gate opens any more", True),
        ("stop the music", False),
        ("tell me when the music stops", False),
    ],
)
def test_wanting_no_more_of_it_is_told_apart(text: str, stops: bool) -> None:
    assert stops_telling(text) is stops


def test_wanting_it_back_is_told_apart() -> None:
    assert unmutes("unmute the garage notices")
    assert not unmutes("mute the garage notices")

"""The values in a command: percentages, colours, degrees, modes, durations."""

from __future__ import annotations

from typing import Any

import pytest

from engine.understanding.slots import extract, prepare, seconds_in


@pytest.mark.parametrize(
    ("said", "prepared"),
    [
        ("Set it to 21.5°C!", "set it to 21.5 degrees c"),
        ("dim to 20 % please", "dim to 20% please"),
        ("twenty two degrees", "22 degrees"),
        ("70º", "70 degrees"),
    ],
)
def test_a_text_is_prepared_for_reading_values(said: str, prepared: str) -> None:
    """It is plain, numbers are digits, and the sign for degrees is a word."""
    assert prepare(said) == prepared


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("ten minutes", 600),
        ("90 seconds", 90),
        ("an hour", 3600),
        ("a minute", 60),
        ("half an hour", 1800),
        ("a quarter of an hour", 900),
        ("three quarters of an hour", 2700),
        ("half a minute", 30),
        ("an hour and a half", 5400),
        ("one and a half minutes", 90),
        ("two and a half hours", 9000),
        ("1 and a half hours", 5400),
        ("1 hour 30 minutes", 5400),
        ("1 hour and 15 minutes", 4500),
        ("5 mins", 300),
        ("1h", 3600),
        ("2 days", 172_800),
    ],
)
def test_a_length_of_time_is_read_in_seconds(said: str, seconds: int) -> None:
    """Durations in digits, words, halves and quarters are added up."""
    assert seconds_in(prepare(said)) == seconds


@pytest.mark.parametrize("said", ["later", "at 7", "20 percent", "", "the second lamp"])
def test_no_length_of_time_is_none(said: str) -> None:
    """Clock times, percentages and places in a row are no durations."""
    assert seconds_in(prepare(said)) is None


@pytest.mark.parametrize(
    ("intent", "said", "values"),
    [
        ("light_control", "set it to 40%", {"brightness": 40}),
        ("light_control", "to seventy five percent", {"brightness": 75}),
        ("light_control", "dim it by ten percent", {"step": 10}),
        ("light_control", "half brightness", {"brightness": 50}),
        ("light_control", "max", {"brightness": 100}),
        ("light_control", "at minimum", {"brightness": 1}),
        ("light_control", "set to dim", {"brightness": 20}),
        ("light_control", "make it blue", {"color": "blue"}),
        ("light_control", "in red at 30 percent", {"color": "red", "brightness": 30}),
        ("light_control", "warm white", {"color_temp": 2700}),
        ("light_control", "neutral white", {"color_temp": 4000}),
        ("light_control", "cold white", {"color_temp": 6500}),
        ("light_control", "candlelight", {"color_temp": 2000}),
        ("light_control", "daylight", {"color_temp": 5500}),
        ("light_control", "3000 kelvin", {"color_temp": 3000}),
        ("light_control", "on for ten minutes", {"duration": 600}),
        ("fan_control", "to high", {"speed": 100}),
        ("fan_control", "medium", {"speed": 66}),
        ("fan_control", "low speed", {"speed": 33}),
        ("fan_control", "at 80%", {"speed": 80}),
        ("cover_control", "halfway", {"position": 50}),
        ("cover_control", "30 percent open", {"position": 30}),
        ("cover_control", "three quarters", {"position": 75}),
        ("valve_control", "a quarter", {"position": 25}),
        ("climate_control", "21 degrees", {"temperature": 21}),
        ("climate_control", "21.5 degrees celsius", {"temperature": 21.5, "unit": "celsius"}),
        ("climate_control", "70 degrees fahrenheit", {"temperature": 70, "unit": "fahrenheit"}),
        ("climate_control", "two degrees warmer", {"step": 2}),
        ("climate_control", "by 3 degrees", {"step": 3}),
        ("climate_control", "heat mode", {"hvac_mode": "heat"}),
        ("climate_control", "fan only", {"hvac_mode": "fan_only"}),
        ("climate_control", "dry mode", {"hvac_mode": "dry"}),
        ("media_control", "volume to 30", {"volume": 30}),
        ("media_control", "half volume", {"volume": 50}),
        ("media_control", "volume up by 5", {"step": 5}),
        ("media_control", "hdmi 2", {"source": "hdmi 2"}),
    ],
)
def test_the_values_of_an_intent_are_read(intent: str, said: str, values: dict[str, Any]) -> None:
    """Exactly the slots that were said are found, with the values of the vocabulary."""
    assert dict(extract(prepare(said), intent).values) == values


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        ("light_control", "turn on the lamp"),
        ("lock_control", "lock it at 40%"),
        ("light_control", "never mind"),
        ("light_control", "turn on the third lamp"),
        ("switch_control", "kettle on"),
        ("cover_control", "close the red blind"),
    ],
)
def test_what_is_no_value_of_the_intent_is_left(intent: str, said: str) -> None:
    """Nothing is read that the intent has no slot for, and the text is whole."""
    found = extract(prepare(said), intent)
    assert dict(found.values) == {}
    assert found.rest == prepare(said)


def test_a_value_is_taken_out_of_the_text() -> None:
    """What names the target is what remains."""
    assert extract(prepare("set the desk lamp to 40 percent"), "light_control").rest == "set the desk lamp"


@pytest.mark.parametrize("percent", [101, 150, 999])
def test_a_percentage_beyond_all_is_no_brightness(percent: int) -> None:
    """More than a hundred percent is never handed on as a brightness."""
    assert "brightness" not in extract(prepare(f"set it to {percent}%"), "light_control").values

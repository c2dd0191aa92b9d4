"""Forecasts, calendars and lists of a real Home Assistant, asked for in talk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from butler.conversation.settings import Settings
from butler.home import Home
from butler.home.assistant import AssistantHome
from tests.home_assistant.conftest import Talk
from tests.home_assistant.real_server import RealServer

pytestmark = pytest.mark.real_home_assistant
Talking = Callable[[Home, Settings], Talk]


def _day(day: int, condition: str, low: float, high: float, chance: int) -> dict[str, Any]:
    return {
        "datetime": f"2026-03-{day:02d}T00:00:00+00:00",
        "condition": condition,
        "native_temperature": high,
        "native_templow": low,
        "precipitation_probability": chance,
    }


HOUSE: dict[str, Any] = {
    "entities": [
        {
            "entity_id": "weather.home",
            "name": "Home",
            "state": "sunny",
            "attributes": {
                "temperature": 21.0,
                "humidity": 40,
                "forecast": {"daily": [_day(1, "sunny", 8, 21, 0), _day(2, "rainy", 6, 12, 80)]},
            },
        },
        {
            "entity_id": "calendar.family",
            "name": "Family",
            "attributes": {
                "events": [
                    {"start": "2026-03-02T09:30:00+00:00", "end": "2026-03-02T10:00:00+00:00", "summary": "Dentist"},
                    {"start": "2026-03-03", "end": "2026-03-04", "summary": "Bin day", "location": "Kerb"},
                ]
            },
        },
        {"entity_id": "todo.shopping_list", "name": "Shopping List", "attributes": {"items": ["bread"]}},
    ]
}


@pytest.fixture
def talk(real_home_assistant: RealServer, talking: Talking) -> Iterator[Talk]:
    """Yield a conversation at noon of 1 March 2026, a Sunday."""
    real_home_assistant.load(HOUSE)
    home = AssistantHome(real_home_assistant.address)
    yield talking(home, Settings(call_timeout_s=3.8))
    home.close()


def test_the_weather_of_now_and_of_a_day_to_come_is_told(talk: Talk) -> None:
    assert "sunny, 21" in talk.say("how's the weather")
    said = talk.say("weather tomorrow")
    assert "rainy, 6 to 12°C, 80% chance of rain" in said


def test_what_is_asked_after_is_told_first(talk: Talk) -> None:
    assert talk.say("will it rain tomorrow").startswith("Rain is forecast for tomorrow.")
    assert talk.say("do i need an umbrella").startswith("No rain is forecast for today.")


def test_the_calendar_is_read(talk: Talk) -> None:
    assert talk.say("what's on my calendar tomorrow") == "Tomorrow: 09:30–10:00 Dentist."
    assert "nothing on the calendar for today" in talk.say("what's on my calendar today")
    assert talk.say("when is the dentist again") == "Tomorrow: 09:30–10:00 Dentist."
    assert "Bin day, all day (Kerb)" in talk.say("agenda for tuesday")


def test_the_homes_own_list_is_written_read_and_undone(real_home_assistant: RealServer, talk: Talk) -> None:
    assert talk.say("add milk to the shopping list") == "Put milk on the shopping list."
    assert _lines(real_home_assistant) == ["bread", "milk"]
    said = talk.say("what's on the shopping list")
    assert "· bread" in said
    assert "· milk" in said
    assert "off the shopping list" in talk.say("take bread off the shopping list")
    assert _lines(real_home_assistant) == ["milk"]
    assert "Put bread" in talk.press("Undo")
    assert _lines(real_home_assistant) == ["milk", "bread"]


def _lines(server: RealServer) -> list[str]:
    return [item["summary"] for item in server.ask("todo/item/list", entity_id="todo.shopping_list")["items"]]

"""What a home offers besides devices, asked for in talk: the weather to come, calendars, and lists of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest

from butler.floor import Floor, SharedHome
from butler.home.errors import DeviceError, HomeUnreachableError
from butler.home.offers import Appointment, Forecast, ListItem, Offers, offers_of
from engine.understanding.snapshot import Entity, Snapshot
from store.errors import StoreFull
from tests.butler.conversation.conftest import START, Chat
from tests.butler.conversation.crashing import killed_at, pressed, received, restarted

DAY = START.replace(hour=0, minute=0, second=0, microsecond=0)


@dataclass
class Weather:
    """Forecasts as they are set."""

    daily: list[Forecast] = field(default_factory=list)
    hourly: list[Forecast] = field(default_factory=list)
    down: bool = False

    def forecasts(self, entity_id: str, *, hourly: bool) -> Sequence[Forecast]:
        if self.down:
            raise HomeUnreachableError("away")
        return self.hourly if hourly else self.daily


@dataclass
class Calendars:
    """Appointments as they are set, by span."""

    there: list[Appointment]
    down: bool = False

    def appointments(self, entity_ids: Sequence[str], start: datetime, end: datetime) -> Sequence[Appointment]:
        if self.down:
            raise HomeUnreachableError("away")
        return [one for one in self.there if start <= _instant(one.start) < end]


@dataclass
class Lists:
    """One list; `deaf` says that it takes nothing, and says nothing of it."""

    lines: list[ListItem] = field(default_factory=list)
    deaf: bool = False
    down: bool = False

    def items(self, entity_id: str) -> Sequence[ListItem]:
        if self.down:
            raise HomeUnreachableError("away")
        return tuple(self.lines)

    def put_on(self, entity_id: str, text: str) -> None:
        if self.down:
            raise DeviceError("todo.add_item", (entity_id,), "no")
        if not self.deaf:
            self.lines.append(ListItem(f"id-{text}", text))

    def tick_off(self, entity_id: str, item: str) -> None:
        self.lines = [replace(line, done=True) if line.id == item else line for line in self.lines]

    def take_off(self, entity_id: str, items: Sequence[str]) -> None:
        if not self.deaf:
            self.lines = [line for line in self.lines if line.id not in items]


def _instant(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def offer(chat: Chat, offers: Offers, *entities: Entity) -> None:
    """Have the home offer something, with the entities that belong to it."""
    real = chat.home.snapshot

    def snapshot() -> Snapshot:
        seen = real()
        names = {entity.entity_id for entity in entities}
        kept = tuple(entity for entity in seen.entities if entity.entity_id not in names)
        return seen.with_entities((*kept, *entities))

    vars(chat.home).update(snapshot=snapshot, offers=offers)


def outside(**attributes: object) -> Entity:
    return Entity(
        "weather.home", "Home", state="sunny", attributes={"temperature": 21, "temperature_unit": "°C", **attributes}
    )


@pytest.fixture
def weather(chat: Chat) -> Weather:
    told = Weather(
        daily=[
            Forecast(DAY, "sunny", 21, 9, rain_chance=5),
            Forecast(DAY + timedelta(days=1), "pouring", 14, 8, rain_chance=90),
            Forecast(DAY + timedelta(days=2), "snowy", 1, -4, wind=70),
        ]
    )
    offer(chat, Offers(weather=told), outside(wind_speed_unit="km/h"))
    return told


def test_a_day_to_come_is_told_from_its_forecast(chat: Chat, weather: Weather) -> None:
    assert chat.say("weather tomorrow") == "Tomorrow: pouring, 8 to 14°C, 90% chance of rain."


def test_the_weather_of_now_comes_with_that_of_today(chat: Chat, weather: Weather) -> None:
    assert chat.say("how's the weather") == "Outside it is sunny, 21°C. Today: sunny, 9 to 21°C, 5% chance of rain."


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("will it rain tomorrow", "Rain is forecast for tomorrow."),
        ("do i need an umbrella", "No rain is forecast for today."),
        ("is there going to be frost tonight", "No frost is forecast for tonight."),
    ],
)
def test_what_is_asked_after_is_told_first(chat: Chat, weather: Weather, text: str, lead: str) -> None:
    assert chat.say(text).startswith(lead)


def test_what_the_forecast_does_not_tell_is_not_claimed(chat: Chat, weather: Weather) -> None:
    weather.daily = [Forecast(DAY + timedelta(days=1), None, 14, 8)]
    assert chat.say("will it rain tomorrow") == "Tomorrow: 8 to 14°C."


def test_a_day_without_a_forecast_is_said_to_have_none(chat: Chat, weather: Weather) -> None:
    weather.daily = []
    assert chat.say("weather tomorrow") == "There is no forecast for tomorrow."


def test_a_forecast_out_of_reach_is_said_and_the_weather_of_now_is_told(chat: Chat, weather: Weather) -> None:
    weather.down = True
    assert "couldn't get the forecast for tomorrow" in chat.say("weather tomorrow")
    assert chat.say("how's the weather") == "Outside it is sunny, 21°C."


@pytest.fixture
def calendars(chat: Chat) -> Calendars:
    tomorrow = DAY + timedelta(days=1)
    there = [
        Appointment("Dentist", tomorrow.replace(hour=9, minute=30), tomorrow.replace(hour=10), "High Street"),
        Appointment("Bin day", tomorrow.date(), tomorrow.date() + timedelta(days=1)),
        Appointment("Piano", DAY + timedelta(days=9, hours=17), DAY + timedelta(days=9, hours=18)),
    ]
    book = Calendars(there)
    offer(chat, Offers(calendars=book), Entity("calendar.family", "Family", state="off"))
    return book


def test_a_day_of_the_calendar_is_read(chat: Chat, calendars: Calendars) -> None:
    said = chat.say("what's on my calendar tomorrow")
    assert said == "Tomorrow: 09:30–10:00 Dentist (High Street); Bin day, all day."
    assert chat.say("what's on my calendar today") == "There is nothing on the calendar for today."


def test_an_appointment_is_found_by_its_name(chat: Chat, calendars: Calendars) -> None:
    assert "09:30" in chat.say("when is the dentist again")
    assert "Dentist" in chat.say("when's my next appointment")


def test_guests_are_not_told_of_the_calendar(chat: Chat, calendars: Calendars) -> None:
    said = chat.say("what's on my calendar tomorrow", "gus")
    assert "Dentist" not in said
    assert chat.last.outcome == "refused"


def test_a_calendar_out_of_reach_is_said(chat: Chat, calendars: Calendars) -> None:
    calendars.down = True
    assert chat.say("what's on my calendar tomorrow") == "I couldn't read the calendar just now."


@pytest.fixture
def lists(chat: Chat) -> Lists:
    kept = Lists([ListItem("id-bread", "bread"), ListItem("id-tea", "tea", done=True)])
    offer(chat, Offers(lists=kept), Entity("todo.shopping", "Shopping List", state="1"))
    return kept


def test_what_is_put_on_the_homes_own_list_goes_there_and_is_taken_back(chat: Chat, lists: Lists) -> None:
    assert chat.say("add milk to the shopping list") == "Put milk on the shopping list."
    assert [line.text for line in lists.lines if not line.done] == ["bread", "milk"]
    assert "Took milk off" in chat.press("Undo")
    assert [line.text for line in lists.lines if not line.done] == ["bread"]


def test_what_is_there_already_is_not_put_there_twice(chat: Chat, lists: Lists) -> None:
    assert chat.say("add bread to the shopping list") == "Bread was on the shopping list already."


def test_another_list_is_butlers_own(chat: Chat, lists: Lists) -> None:
    chat.say("add a tent to the camping list")
    assert [line.text for line in lists.lines] == ["bread", "tea"]
    assert "tent" in chat.say("what's on the camping list")


def test_only_what_was_seen_on_the_list_is_told_as_put_there(chat: Chat, lists: Lists) -> None:
    lists.deaf = True
    assert "can't see it" in chat.say("add milk to the shopping list")
    assert "still on" in chat.say("take bread off the shopping list")


def test_a_list_of_a_home_that_is_away_is_left_alone_and_said_so(chat: Chat, lists: Lists) -> None:
    chat.say("hello")
    with patch.object(chat.home, "snapshot", side_effect=HomeUnreachableError("away")):
        assert "can't reach the home" in chat.say("add milk to the shopping list")
    assert [line.text for line in lists.lines] == ["bread", "tea"]
    assert "milk" not in chat.say("what's on the shopping list")


def test_before_the_home_was_seen_it_is_said_whose_list_is_meant(chat: Chat, lists: Lists) -> None:
    """What is put down meanwhile is on Butler's own list; nobody is left to believe that it is on the home's."""
    with patch.object(chat.home, "snapshot", side_effect=HomeUnreachableError("away")):
        again = restarted(chat)
        assert again.say("add milk to the shopping list").startswith("I can't reach the home, which may keep a list")
    assert [line.text for line in lists.lines] == ["bread", "tea"]


def test_two_requests_in_a_sentence_are_both_done(chat: Chat, lists: Lists) -> None:
    said = chat.say("add milk to the shopping list and take bread off the shopping list")
    assert said == "Put milk on the shopping list.\nTook bread off the shopping list."
    assert [line.text for line in lists.lines] == ["tea", "milk"]


def test_what_was_written_on_the_homes_list_is_undone_in_words(chat: Chat, lists: Lists) -> None:
    """All that one message did, and then what was done before it; nothing else is touched."""
    chat.say("add jam to the shopping list")
    chat.say("add milk to the shopping list and take bread off the shopping list")
    assert [line.text for line in lists.lines] == ["tea", "jam", "milk"]
    chat.say("undo")
    assert sorted(line.text for line in lists.lines) == ["bread", "jam", "tea"]
    chat.say("undo")
    assert sorted(line.text for line in lists.lines) == ["bread", "tea"]
    assert "nothing" in chat.say("undo")


def test_what_could_not_be_undone_can_be_undone_later(chat: Chat, lists: Lists) -> None:
    chat.say("add jam to the shopping list")
    lists.down = True
    assert "out of reach" in chat.say("undo")
    lists.down = False
    assert "Took jam off" in chat.say("undo")
    assert [line.text for line in lists.lines] == ["bread", "tea"]


def test_what_its_button_took_back_is_not_taken_back_once_more(chat: Chat, lists: Lists) -> None:
    chat.say("add jam to the shopping list")
    chat.press("Undo")
    lists.lines.append(ListItem("id-other", "jam"))
    assert "nothing" in chat.say("undo")
    assert [line.text for line in lists.lines] == ["bread", "tea", "jam"]


def test_a_list_is_emptied_after_a_press(chat: Chat, lists: Lists) -> None:
    assert "Shall I take" in chat.say("clear the shopping list")
    assert [line.id for line in lists.lines] == ["id-bread", "id-tea"]
    chat.press("Yes")
    assert [line.id for line in lists.lines] == ["id-tea"]


def test_one_turn_waits_for_the_homes_lists_no_longer_than_for_its_devices(
    chat: Chat, lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer takes a second and a half; however many would be needed, the turn is over in five."""
    began, read, written = chat.clock["mono"], lists.items, lists.put_on

    def items(entity_id: str) -> Sequence[ListItem]:
        chat.clock["mono"] += 1.5
        return read(entity_id)

    def put_on(entity_id: str, text: str) -> None:
        chat.clock["mono"] += 1.5
        written(entity_id, text)

    monkeypatch.setattr(lists, "items", items)
    monkeypatch.setattr(lists, "put_on", put_on)
    said = chat.say("add milk, eggs, jam and rice to the shopping list. Put soap on the shopping list too")
    assert "couldn't finish" in said
    assert chat.clock["mono"] - began <= 5.0


def test_a_list_out_of_reach_is_said(chat: Chat, lists: Lists) -> None:
    lists.down = True
    assert "out of reach" in chat.say("what's on the shopping list")


@pytest.mark.parametrize("after", [False, True])
def test_a_line_whose_writing_was_cut_off_is_told_of_and_not_written_again(
    chat: Chat, lists: Lists, *, after: bool
) -> None:
    """Whether the home got it is not known, so that is what is said; the message handed in anew writes nothing."""
    with killed_at(lists, "put_on", after=after, skip=1):
        received(chat, 7, "add milk and eggs to the shopping list")
    there = list(lists.lines)
    again = restarted(chat)
    assert "interrupted in the middle of “add milk and eggs to the shopping list”" in again.last.messages[0].text
    assert "I was putting milk and eggs on the shopping list, and don't know" in again.last.messages[0].text
    assert received(again, 7, "add milk and eggs to the shopping list") == ""
    assert lists.lines == there


def test_a_list_that_was_being_emptied_is_told_of_and_its_button_is_spent(chat: Chat, lists: Lists) -> None:
    chat.say("clear the shopping list")
    yes = chat.last.messages[0].buttons[0].id
    with killed_at(lists, "take_off", after=True):
        pressed(chat, 8, yes)
    lists.lines.append(ListItem("id-rice", "bread"))
    again = restarted(chat)
    assert "I was taking bread off the shopping list, and don't know" in again.last.messages[0].text
    pressed(again, 9, yes)
    assert [line.id for line in lists.lines] == ["id-tea", "id-rice"]


def test_what_is_only_read_of_a_list_is_asked_anew_after_a_crash(chat: Chat, lists: Lists) -> None:
    with killed_at(lists, "items"):
        received(chat, 7, "what's on the shopping list")
    again = restarted(chat)
    assert "bread" in received(again, 7, "what's on the shopping list")


def test_what_a_shared_home_writes_on_a_list_was_put_on_record_before(chat: Chat, lists: Lists) -> None:
    """A power cut takes back nothing that the journal said; where it cannot be kept, nothing is written."""

    def disk_full() -> None:
        raise StoreFull(chat.store.path, "no space left")

    shared = offers_of(SharedHome(chat.home, Floor(), disk_full)).lists
    assert shared is not None
    with pytest.raises(StoreFull):
        shared.put_on("todo.shopping", "milk")
    with pytest.raises(StoreFull):
        shared.take_off("todo.shopping", ["id-bread"])
    assert [line.text for line in shared.items("todo.shopping")] == ["bread", "tea"]


def test_a_demo_home_takes_no_names_and_residents_may_not_give_any(chat: Chat) -> None:
    assert "it is a demo home" in chat.say("/export", "adm")
    assert "demo home" not in chat.say("/export", "ana")

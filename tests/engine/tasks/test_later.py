"""A sentence about a home action for later is taken apart into what and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from engine.tasks.due import DueKind
from engine.tasks.later import read_later
from engine.tasks.planned_words import names_number, read_change
from engine.tasks.sun_times import SunTime, find_sun

NOW = datetime(2026, 11, 21, 10, tzinfo=UTC)


def one(text: str) -> tuple[str, str | None]:
    (request,) = read_later(text, NOW, UTC)
    at = request.due.at if request.due is not None else None
    return request.command, f"{at:%d %H:%M}" if at is not None else None


@pytest.mark.parametrize(
    ("text", "command", "at"),
    [
        ("turn on the heating at 6 pm", "turn on the heating", "21 18:00"),
        ("in ten minutes turn off the fan", "turn off the fan", "21 10:10"),
        ("at ten tonight start the bedtime routine", "start the bedtime routine", "21 22:00"),
        ("dim the lights to 20 at 9 pm", "dim the lights to 20", "21 21:00"),
        ("turn the porch light on at 9 pm please", "turn the porch light on please", "21 21:00"),
        ("turn off the lights and lock the door at 11 pm", "turn off the lights and lock the door", "21 23:00"),
    ],
)
def test_the_command_stands_without_its_time(text: str, command: str, at: str) -> None:
    assert one(text) == (command, at)


@pytest.mark.parametrize("text", ["turn the heating on tomorrow morning", "put the heating on every evening"])
def test_the_on_of_turn_on_is_no_part_of_the_time(text: str) -> None:
    assert one(text)[0].endswith("the heating on")


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("heating on from 6 to 8", "heating on"),
        ("the heating on between 6 and 8 tomorrow", "the heating on"),
        ("kitchen light on at 6", "kitchen light on"),
        ("kitchen light on tomorrow at 6 pm", "kitchen light on"),
        ("close the blinds on friday at 6 pm", "close the blinds"),
    ],
)
def test_the_on_behind_a_thing_says_what_is_to_be_done_but_that_before_a_day_does_not(text: str, command: str) -> None:
    assert one(text)[0] == command


def test_every_part_with_a_time_of_its_own_is_a_request_of_its_own() -> None:
    parts = read_later("turn on the fan at 6 pm and turn it off at 8 pm", NOW, UTC)
    assert [(part.command, part.due.at.hour if part.due and part.due.at else None) for part in parts] == [
        ("turn on the fan", 18),
        ("turn it off", 20),
    ]


def test_from_to_is_a_beginning_and_how_long() -> None:
    (request,) = read_later("turn on the heating from 6 pm to 8 pm", NOW, UTC)
    assert (request.command, request.lasts_s) == ("turn on the heating", 7_200.0)
    assert request.due is not None
    assert request.due.at == NOW.replace(hour=18)


@pytest.mark.parametrize(
    ("text", "seconds", "now"),
    [
        ("turn on the fan for 10 minutes", 600, True),
        ("turn on the fan for an hour and a half", 5_400, True),
        ("turn on the sprinkler at 6 pm for ten minutes", 600, False),
        ("turn on the light for the kids at 6 pm", None, False),
    ],
)
def test_for_so_long_is_when_it_ends(text: str, seconds: float | None, now: bool) -> None:
    (request,) = read_later(text, NOW, UTC)
    assert (request.lasts_s, request.begins_now) == (seconds, now)


@pytest.mark.parametrize(
    ("text", "sun"),
    [
        ("close the blinds at sunset", SunTime("sunset")),
        ("close the blinds half an hour before sunset", SunTime("sunset", -1_800.0)),
        ("open the blinds 20 minutes after sunrise", SunTime("sunrise", 1_200.0)),
        ("when it gets dark close the blinds", SunTime("dusk")),
        ("open the blinds at dawn", SunTime("dawn")),
    ],
)
def test_times_by_the_sun_are_read(text: str, sun: SunTime) -> None:
    (request,) = read_later(text, NOW, UTC)
    assert request.sun == sun
    assert request.command in {"close the blinds", "open the blinds"}
    assert SunTime.from_document(sun.to_document()) == sun


@pytest.mark.parametrize("text", ["turn on the sunset scene", "paint it the colour of dawn", "turn on the lamp at 6"])
def test_what_only_names_the_sun_is_no_time(text: str) -> None:
    assert find_sun(text) is None


def test_the_hour_that_every_evening_may_mean_says_nothing_beside_the_sun() -> None:
    (request,) = read_later("put the porch light on every evening at sunset", NOW, UTC)
    assert request.recurrence is not None
    assert request.recurrence.times == ()


def test_a_day_by_the_sun_is_kept() -> None:
    (request,) = read_later("turn on the lamp tomorrow at sunset", NOW, UTC)
    assert request.due is not None
    assert (request.due.kind, request.due.day) == (DueKind.DAY, date(2026, 11, 22))


def test_what_comes_again_keeps_its_hour() -> None:
    (request,) = read_later("every weekday at 7 am turn on the kitchen light", NOW, UTC)
    assert request.recurrence is not None
    assert request.recurrence.times == (time(7),)


@pytest.mark.parametrize("document", [{}, {"event": "noon"}, {"event": "sunset", "offset_s": "soon"}])
def test_a_document_that_is_no_time_by_the_sun_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no time by the sun"):
        SunTime.from_document(document)


@pytest.mark.parametrize(
    ("text", "verb", "number", "words"),
    [
        ("pause schedule 3", "pause", 3, ""),
        ("resume number 12", "resume", 12, ""),
        ("delete 4", "delete", 4, ""),
        ("cancel the heating schedule", "delete", None, "heating"),
        ("stop turning on the kitchen light every morning", "delete", None, "kitchen light morning"),
        ("stop telling me about the garage", "delete", None, "garage"),
    ],
)
def test_what_is_to_be_changed_is_read(text: str, verb: str, number: int | None, words: str) -> None:
    change = read_change(text)
    assert (change.verb, change.number) == (verb, number)
    if words:
        assert set(words.split()) - set(change.words.split()) <= {"kitchen"}


@pytest.mark.parametrize(
    ("text", "so"),
    [("resume schedule 3", True), ("mute notice 2", True), ("resume the music", False), ("pause", False)],
)
def test_only_a_change_by_number_is_one(text: str, so: bool) -> None:
    assert names_number(text) is so


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("turn the thermostat down to 17 at 10 pm", "turn the thermostat down to 17"),
        ("set the lamp to 7 at 9 pm", "set the lamp to 7"),
        ("set the bedroom to 20 degrees at 9", "set the bedroom to 20 degrees"),
        ("turn off the fan at 10 to 7 pm", "turn off the fan"),
    ],
)
def test_a_value_is_no_time(text: str, command: str) -> None:
    assert one(text)[0] == command


def test_until_begins_now() -> None:
    (request,) = read_later("turn on the desk lamp until 11 pm", NOW, UTC)
    assert (request.command, request.lasts_s, request.begins_now) == ("turn on the desk lamp", 13 * 3_600.0, True)


def test_on_at_one_time_and_off_at_another() -> None:
    parts = read_later("turn on the porch light at sunset and off at midnight", NOW, UTC)
    assert [part.command for part in parts] == ["turn on the porch light", "turn it off"]


def test_from_to_every_day_is_how_long_each_time() -> None:
    (request,) = read_later("turn on the thermostat from 6 to 8 pm every day", NOW, UTC)
    assert request.recurrence is not None
    assert (request.recurrence.times, request.lasts_s) == ((time(18),), 7_200.0)

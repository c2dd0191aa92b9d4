"""Home actions for later in talk: planned, asked about, shown, paused, deleted, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import schedules
from tests.acceptance.family import ADA, GUS, RIA, Family
from tests.butler.conversation.later.scene import DAY, HOUR, MINUTE, heard, planned


@pytest.mark.parametrize(
    ("text", "answer", "due"),
    [
        ("turn on the thermostat at 6", "I'll turn on the thermostat at 18:00.", "21 18:00"),
        ("turn off the bathroom fan in 10 minutes", "I'll turn off the bathroom fan at 10:10.", "21 10:10"),
        (
            "every weekday at 7 turn on the kitchen light",
            "I'll turn on the kitchen light every weekday at 07:00, first on Monday at 07:00.",
            "23 07:00",
        ),
        ("set the bedside lamp to 20% at 9 pm", "I'll set the bedside lamp to 20% at 21:00.", "21 21:00"),
        (
            "turn on the sprinkler at 6 pm for 10 minutes",
            "I'll turn on the sprinkler for 10 minutes at 18:00.",
            "21 18:00",
        ),
    ],
)
def test_what_is_to_be_done_later_is_planned_and_said_back(family: Family, text: str, answer: str, due: str) -> None:
    assert family.say(text) == answer
    assert planned(family) == [("active", due)]
    assert family.replies[-1].calls == ()


def test_two_times_in_a_sentence_are_two_plans_and_it_is_the_same_thing(family: Family) -> None:
    said = family.say("turn on the desk lamp at 11 and turn it off at 12")
    assert said == "I'll turn on the desk lamp at 11:00 and turn off the desk lamp at 12:00."
    family.app.advance(1.5 * HOUR)
    assert family.state("light.desk_lamp") == "on"
    family.app.advance(HOUR)
    assert family.state("light.desk_lamp") == "off"


def test_a_thing_that_is_on_from_an_hour_to_another_goes_on_and_off_again(family: Family) -> None:
    assert family.say("desk lamp on from 6 to 8") == "I'll turn on the desk lamp for 2 hours at 18:00."
    family.app.advance(8.5 * HOUR)
    assert family.state("light.desk_lamp") == "on"
    family.app.advance(2 * HOUR)
    assert family.state("light.desk_lamp") == "off"


def test_a_day_without_a_clock_time_is_asked_about_and_a_typed_time_is_of_that_day(family: Family) -> None:
    assert "At what time tomorrow morning" in family.say("turn the heating on tomorrow morning")
    assert planned(family) == []
    assert family.say("at 9") == "I'll turn on the thermostat tomorrow at 09:00."
    assert planned(family) == [("active", "22 09:00")]


def test_a_time_may_be_pressed_and_only_once(family: Family) -> None:
    family.say("turn the heating on tomorrow morning")
    button = family.button("At 07:00")
    assert family.press_id(button) == "I'll turn on the thermostat tomorrow at 07:00."
    assert "already answered" in family.press_id(button)
    assert planned(family) == [("active", "22 07:00")]


def test_a_time_that_is_over_is_not_planned(family: Family) -> None:
    assert "At what time" in family.say("turn on the desk lamp today at 9 am")
    assert planned(family) == []


def test_without_knowing_where_the_home_is_sunset_is_asked_for_as_a_clock_time(family: Family) -> None:
    said = family.say("close the living room blinds at sunset")
    assert "I don't know when the sun rises and sets here" in said
    assert family.press("At 18:00") == "I'll close the living room blinds at 18:00."


def test_sunset_is_known_where_the_home_is_configured(family: Family, tmp_path: Path) -> None:
    data = tmp_path / "berlin"
    data.mkdir()
    (data / "config.toml").write_text("[household]\nlatitude = 52.52\nlongitude = 13.40\n")
    berlin = Family(family.parts, data)
    assert berlin.say("close the living room blinds at sunset").startswith(
        "I'll close the living room blinds at sunset, at 15:0"
    )
    assert berlin.say("turn on the porch light every day half an hour after sunset").startswith(
        "I'll turn on the porch light every day 30 minutes after sunset, first today at 15:3"
    )
    berlin.app.advance(5.5 * HOUR)
    assert berlin.state("cover.living_room_blinds") == "closed"
    assert [state for state, _ in planned(berlin)] == ["done", "active"]
    berlin.app.advance(2 * DAY)
    again = [text for text in heard(berlin) if "porch" in text.lower()]
    assert len(again) == 2
    berlin.close()


def test_which_thing_is_meant_is_asked_and_nothing_is_done_by_the_answer(family: Family) -> None:
    assert family.say("turn off the lamp at 3 pm") == "Which one do you mean?"
    assert family.press("Floor Lamp") == "I'll turn off the floor lamp at 15:00."
    assert family.state("light.floor_lamp") == "on"


@pytest.mark.parametrize("text", ["every minute toggle the desk lamp", "turn the desk lamp off every 2 minutes"])
def test_nothing_is_planned_that_would_never_rest(family: Family, text: str) -> None:
    assert "not" in family.say(text) or "don't" in family.replies[-1].messages[0].text
    assert planned(family) == []


def test_undo_of_a_pause_that_is_over_says_so(family: Family) -> None:
    family.say("every day at 7 am turn on the kitchen light")
    family.say("pause schedule 1")
    family.say("resume schedule 1")
    assert family.say("undo") == "That is planned already."


def test_what_cannot_be_skipped_once_is_said_to_rest(family: Family) -> None:
    family.say("every day at 7 am turn on the kitchen light")
    said = family.say("skip schedule 1 tomorrow")
    assert said.endswith("I can't skip single times, so it rests until you say “resume schedule 1”.")


def test_what_is_planned_is_shown_paused_resumed_deleted_and_put_back(family: Family) -> None:
    family.say("every day at 7 am turn on the kitchen light")
    family.say("turn on the desk lamp at 6 pm")
    said = family.say("what is scheduled")
    assert "1. Turn on the kitchen light, every day at 07:00, next tomorrow at 07:00" in said
    assert "2. Turn on the desk lamp, today at 18:00" in said
    assert family.say("pause schedule 1").startswith("Paused: turn on the kitchen light every day at 07:00.")
    assert family.say("pause schedule 1") == "That rests already."
    family.app.advance(DAY)
    assert family.state("light.kitchen") == "off"
    assert family.say("resume schedule 1").startswith("Going on: turn on the kitchen light")
    family.app.advance(DAY)
    assert family.state("light.kitchen") == "on"
    assert family.say("/schedules delete 1").startswith("Deleted: turn on the kitchen light")
    assert family.say("undo").startswith("Planned again: turn on the kitchen light")
    assert planned(family)[0][0] == "active"


def test_delete_by_a_press_counts_once(family: Family) -> None:
    family.say("turn on the desk lamp at 6 pm")
    family.say("/schedules")
    button = family.button("Delete 1")
    assert family.press_id(button) == "Deleted: turn on the desk lamp today at 18:00."
    assert "already answered" in family.press_id(button)
    family.app.advance(DAY)
    assert family.state("light.desk_lamp") == "off"


def test_undo_takes_back_a_plan(family: Family) -> None:
    family.say("turn on the desk lamp at 6 pm")
    assert family.say("undo") == "I won't do that later, then."
    family.app.advance(DAY)
    assert family.state("light.desk_lamp") == "off"


def test_a_resident_sees_what_others_planned_and_only_they_or_an_admin_change_it(family: Family) -> None:
    family.say("turn on the desk lamp at 6 pm", ADA)
    assert "for Ada" in family.say("/schedules", RIA)
    assert "only they or an admin can change it" in family.say("/schedules delete 1", RIA)
    family.say("turn on the porch light at 6 pm", RIA)
    assert family.say("/schedules delete 2", ADA).startswith("Deleted")
    assert "Nothing is planned" in family.say("/schedules", GUS)


def test_a_guest_plans_a_light_and_nothing_guarded(family: Family) -> None:
    assert family.say("turn on the desk lamp at 6 pm", GUS) == "I'll turn on the desk lamp at 18:00."
    assert "I'll" not in family.say("unlock the front door at 8 pm", GUS)
    assert len(planned(family, GUS)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "turn off the heating oil delivery tomorrow",
        "remind me to turn off the oven at 6",
        "don't turn on the kitchen light at 6",
        "should I turn on the kitchen light at 6?",
    ],
)
def test_what_is_no_home_action_is_not_planned(family: Family, text: str) -> None:
    family.say(text)
    assert planned(family) == []
    assert family.replies[-1].calls == ()


def test_what_was_planned_is_traced_with_its_number(family: Family) -> None:
    family.say("turn on the desk lamp at 6 pm")
    family.app.advance(DAY)
    store = family.app.store
    told = store.database.fetch("SELECT decision, metadata FROM execution_logs WHERE stage = 'later' ORDER BY id")
    assert [row[0] for row in told] == ["set", "run"]
    assert all('"schedule":1' in row[1].replace(" ", "") for row in told)
    assert schedules.get(store, 1) is not None


def test_for_a_while_begins_now_and_is_ended(family: Family) -> None:
    said = family.say("turn on the bedroom fan for 10 minutes")
    assert said == "Bedroom fan is on at 50%. I'll turn off the bedroom fan at 10:10."
    family.app.advance(9 * MINUTE)
    assert family.state("fan.bedroom") == "on"
    family.app.advance(2 * MINUTE)
    assert family.state("fan.bedroom") == "off"


def test_for_a_while_brings_back_the_values_of_before(family: Family) -> None:
    before = family.app.home.snapshot().by_id["light.floor_lamp"].attributes["brightness"]
    family.say("set the floor lamp to 20% for 10 minutes")
    family.app.advance(11 * MINUTE)
    now = family.app.home.snapshot().by_id["light.floor_lamp"]
    assert now.state == "on"
    assert abs(now.attributes["brightness"] - before) <= 2


def test_the_end_of_a_while_is_called_off_when_the_thing_is_used_otherwise(family: Family) -> None:
    family.say("turn on the bedroom fan for 10 minutes")
    family.say("turn off the bedroom fan")
    family.say("turn on the bedroom fan")
    family.app.advance(HOUR)
    assert family.state("fan.bedroom") == "on"
    assert heard(family) == []


def test_undo_after_a_while_begins_leaves_nothing_to_end(family: Family) -> None:
    family.say("turn on the bedroom fan for 10 minutes")
    family.say("undo")
    assert family.state("fan.bedroom") == "off"
    family.app.advance(HOUR)
    assert heard(family) == []

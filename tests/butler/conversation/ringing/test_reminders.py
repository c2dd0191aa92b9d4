"""Reminders and alarms in talk: set, asked about, called off, moved, and answered when they ring."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store import rings, tasks
from tests.acceptance.family import ADA, GUS, RIA, Family
from tests.butler.conversation.ringing.scene import buttons_of, rung

HOUR, DAY = 3_600.0, 86_400.0


def waiting(family: Family, who: str = RIA) -> list[str]:
    found = rings.of_user(family.app.store, who)
    return [f"{ring.kind} {ring.title} {ring.due_at:%d %H:%M}".replace("  ", " ") for ring in found]


def test_a_reminder_rings_at_the_time_that_was_said(family: Family) -> None:
    assert family.say("remind me to call mum tomorrow at 5pm") == "I'll remind you tomorrow at 17:00: call mum."
    family.app.advance(2 * DAY)
    assert rung(family) == [(31 * HOUR, "⏰ Reminder: call mum")]
    assert list(buttons_of(family)) == ["Done", "Snooze 10 min", "Snooze 1 h", "Tomorrow"]


def test_done_ends_the_reminder_and_its_task(family: Family) -> None:
    family.say("remind me to call mum in 20 minutes")
    (task,) = tasks.open_of(family.app.store, RIA)
    family.app.advance(HOUR)
    done = buttons_of(family)["Done"]
    assert family.press_id(done) == "Done: call mum."
    assert tasks.open_of(family.app.store, RIA) == []
    assert "already answered" in family.press_id(done)
    after = tasks.get(family.app.store, task.id)
    assert after is not None
    assert after.status == "done"


def test_what_comes_again_is_done_before_it_rings_and_rings_at_its_next(family: Family) -> None:
    """What rings goes on with the task: it is moved with it, and called off with it."""
    family.say("remind me every day at 9am to take pills")
    assert "It comes again" in family.say("done with the pills")
    family.app.advance(1.5 * DAY)
    assert rung(family) == []
    family.app.advance(DAY)
    assert len(rung(family)) == 1
    (task,) = tasks.open_of(family.app.store, RIA)
    family.say(f"delete task {task.id}")
    family.app.advance(3 * DAY)
    assert len(rung(family)) == 1


def test_what_comes_again_and_was_put_off_is_still_when_it_is_done(family: Family) -> None:
    family.say("remind me every day at 11am to take pills")
    family.app.advance(HOUR)
    family.press_id(buttons_of(family)["Snooze 10 min"])
    family.say("done with the pills")
    family.app.advance(HOUR)
    assert len(rung(family)) == 1
    family.app.advance(DAY)
    assert len(rung(family)) == 2


def test_done_of_what_comes_again_is_undone_with_what_rings(family: Family) -> None:
    family.say("remind me every day at 9am to take pills")
    before = waiting(family)
    family.say("done with the pills")
    family.say("undo")
    assert waiting(family) == before
    family.app.advance(2 * DAY)
    assert len(rung(family)) == 2


@pytest.mark.parametrize(
    ("label", "said", "seconds"),
    [
        ("Snooze 10 min", "at 10:30", 600.0),
        ("Snooze 1 h", "at 11:20", HOUR),
        ("Tomorrow", "tomorrow at 10:20", DAY),
    ],
)
def test_a_snooze_rings_once_more(family: Family, label: str, said: str, seconds: float) -> None:
    family.say("remind me to call mum in 20 minutes")
    family.app.advance(1_200)
    assert family.press_id(buttons_of(family)[label]) == f"I'll remind you again {said}."
    family.app.advance(3 * DAY)
    assert [at for at, _ in rung(family)] == [1_200, 1_200 + seconds]


def test_a_snooze_pressed_twice_late_by_another_or_after_a_restart_is_sensible(family: Family) -> None:
    family.say("remind me to call mum in 20 minutes")
    family.app.advance(1_200)
    snooze, done = buttons_of(family)["Snooze 10 min"], buttons_of(family)["Done"]
    assert "for someone else" in family.press_id(snooze, ADA)
    family.app.advance(2 * HOUR)
    family.restart()
    assert family.press_id(snooze).startswith("I'll remind you again at 12:30")
    assert "already answered" in family.press_id(snooze)
    assert "already answered" in family.press_id(done)
    family.app.advance(DAY)
    assert len(rung(family)) == 2


def test_what_was_put_off_by_words_cannot_be_done_by_the_old_button_of_another_ring(family: Family) -> None:
    family.say("remind me to call mum in 20 minutes")
    family.app.advance(1_200)
    assert family.say("snooze for 20 minutes") == "I'll remind you again at 10:40."
    assert family.press_id(buttons_of(family)["Snooze 10 min"]) == "That one is to ring again at 10:40 already."
    assert [ring.snoozed for ring in rings.of_user(family.app.store, RIA)] == [1]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("done", "Done: call mum."),
        ("I did it!", "Done: call mum."),
        ("snooze", "I'll remind you again at 10:30."),
        ("snooze 25 minutes", "I'll remind you again at 10:45."),
        ("remind me again in an hour", "I'll remind you again at 11:20."),
        ("snooze until tomorrow", "I'll remind you again tomorrow at 10:20."),
    ],
)
def test_what_rang_is_answered_in_words(family: Family, text: str, answer: str) -> None:
    family.say("remind me to call mum in 20 minutes")
    family.app.advance(1_200)
    assert family.say(text) == answer


def test_without_a_time_it_asks_when(family: Family) -> None:
    said = family.say("remind me to call mum")
    assert "When shall I remind you?" in said
    labels = [button.label for message in family.messages for button in message.buttons]
    assert labels[:3] == ["In an hour", "This evening", "Tomorrow morning"]
    assert rings.of_user(family.app.store, RIA) == []
    family.press("In an hour")
    assert waiting(family) == ["reminder call mum 21 11:00"]


@pytest.mark.parametrize(
    ("answer", "due"), [("at 5pm", "21 17:00"), ("tomorrow", "22 09:00"), ("in 20 minutes", "21 10:20")]
)
def test_when_is_answered_in_words_also_after_a_restart(family: Family, answer: str, due: str) -> None:
    family.say("remind me to call mum")
    family.restart()
    family.say(answer)
    assert waiting(family) == [f"reminder call mum {due}"]


def test_nobody_who_answers_is_asked_for_ever(family: Family) -> None:
    family.say("remind me to call mum")
    family.app.advance(2 * DAY)
    assert rung(family) == []
    assert "over" in family.press("In an hour")
    assert rings.of_user(family.app.store, RIA) == []
    assert [task.title for task in tasks.open_of(family.app.store, RIA)] == ["call mum"]


def test_a_time_that_has_passed_is_asked_about(family: Family) -> None:
    said = family.say("remind me today at 5am to call mum")
    assert "at 05:00 is over already" in said.lower()
    assert "When shall I remind you?" in said
    assert rings.of_user(family.app.store, RIA) == []


def test_a_day_rings_at_the_usual_hour(family: Family) -> None:
    assert "on Monday at 09:00" in family.say("remind me on monday to put the bins out")


def test_what_recurs_says_so_and_comes_again(family: Family) -> None:
    said = family.say("remind me every day at 9pm to take my pills")
    assert "every day" in said
    family.app.advance(3 * DAY)
    assert [at for at, _ in rung(family)] == [11 * HOUR, 11 * HOUR + DAY, 11 * HOUR + 2 * DAY]
    family.press_id(buttons_of(family)["Done"])
    family.app.advance(DAY)
    assert len(rung(family)) == 4


def test_reminders_are_told(family: Family) -> None:
    assert family.say("what reminders do I have").startswith("You have no reminders.")
    family.say("remind me to call mum tomorrow at 5pm")
    assert family.say("what reminders do I have") == "You have one reminder: tomorrow at 17:00: call mum."
    family.say("remind me to water the plants at 6pm")
    assert family.say("show my reminders") == (
        "You have 2 reminders:\n· today at 18:00: water the plants\n· tomorrow at 17:00: call mum"
    )
    assert family.say("/reminders").startswith("You have 2 reminders:")


def test_one_is_called_off_by_its_words(family: Family) -> None:
    family.say("remind me to call mum tomorrow at 5pm")
    family.say("remind me to water the plants at 6pm")
    said = family.say("cancel the reminder to water the plants")
    assert said == "I've called off your reminder: today at 18:00: water the plants."
    assert waiting(family) == ["reminder call mum 22 17:00"]
    assert [task.title for task in tasks.open_of(family.app.store, RIA)] == ["call mum"]
    family.say("undo")
    assert len(waiting(family)) == 2


def test_several_that_could_be_meant_are_chosen_among(family: Family) -> None:
    family.say("remind me to call mum tomorrow at 5pm")
    family.say("remind me to call the dentist at 6pm")
    assert family.say("cancel the reminder") == "Which reminder shall I call off?"
    family.press("Call the dentist")
    assert waiting(family) == ["reminder call mum 22 17:00"]


def test_all_are_called_off_at_once(family: Family) -> None:
    family.say("remind me to call mum tomorrow at 5pm")
    family.say("remind me to call the dentist at 6pm")
    assert family.say("cancel all my reminders") == "I've called off 2 reminders."
    assert waiting(family) == []


def test_what_there_is_not_cannot_be_called_off(family: Family) -> None:
    assert family.say("cancel the reminder to call mum") == "There is no reminder to call off."
    family.say("remind me to call mum tomorrow at 5pm")
    assert family.say("cancel the reminder to buy a boat").startswith("I found no such reminder.")
    assert len(waiting(family)) == 1


def test_an_alarm_wakes_on_the_days_that_were_said(family: Family) -> None:
    said = family.say("wake me at 7 on weekdays")
    assert said.startswith("Your alarm is set: every weekday")
    family.app.advance(4 * DAY)
    assert [text for _, text in rung(family)] == ["⏰ It's 07:00, your alarm."] * 3
    assert list(buttons_of(family)) == ["I'm up", "Snooze 10 min", "Snooze 1 h", "Tomorrow"]
    assert family.press_id(buttons_of(family)["I'm up"]) == "Good. Have a nice day!"


def test_an_alarm_is_called_off_by_its_time(family: Family) -> None:
    family.say("set an alarm for 6:30 tomorrow")
    family.say("set an alarm for 8 tomorrow")
    assert "06:30" in family.say("cancel the 6:30 alarm")
    assert waiting(family) == ["alarm 22 08:00"]
    assert family.say("what alarms do I have") == "You have one alarm: tomorrow at 08:00."


def test_turning_off_the_alarm_that_rings_answers_it(family: Family) -> None:
    family.say("set an alarm for 10:20")
    family.app.advance(1_200)
    assert family.say("turn off the alarm") == "Good. Have a nice day!"


@pytest.mark.parametrize("how", ["undo", None])
def test_a_reminder_is_taken_back(family: Family, how: str | None) -> None:
    family.say("remind me to call mum tomorrow at 5pm")
    assert (family.say(how) if how else family.press("Undo")) == "Taken back: call mum."
    assert (waiting(family), tasks.open_of(family.app.store, RIA)) == ([], [])


def test_a_guest_may_be_reminded(family: Family) -> None:
    family.say("remind me to feed the cat in 20 minutes", GUS)
    family.app.advance(HOUR)
    assert [text for _, text in rung(family, GUS)] == ["⏰ Reminder: feed the cat"]


def test_a_reminder_of_a_group_rings_there_and_tells_nothing_of_others(family: Family) -> None:
    family.say("remind me to buy a present for Ada at 6pm")
    family.say("remind me to bring the cake at 5pm", chat="telegram:-77")
    assert "present" not in family.say("what reminders do I have", chat="telegram:-77")
    family.app.advance(8 * HOUR)
    assert [(row.chat, row.payload["text"]) for row in family.told(RIA)] == [
        ("telegram:-77", "⏰ @ria: reminder: bring the cake"),
        (RIA, "⏰ Reminder: buy a present for Ada"),
    ]


def test_nobody_has_more_waiting_than_anyone_needs(family: Family) -> None:
    for minute in range(100):
        rings.add(
            family.app.store,
            rings.NewRing("reminder", "x", family.at + timedelta(days=1, minutes=minute), RIA, RIA, family.at),
        )
    assert family.say("remind me to call mum tomorrow at 5pm").startswith("100 things of yours wait to ring already.")
    assert len(rings.of_user(family.app.store, RIA, limit=200)) == 100


def test_a_snooze_hours_later_still_means_what_rang_and_means_nothing_where_nothing_did(family: Family) -> None:
    assert family.say("snooze") == "Nothing rang lately that I could put off."
    family.say("remind me to call mum in 20 minutes")
    family.app.advance(6 * HOUR)
    assert family.say("snooze") == "I'll remind you again at 16:10."


def test_an_alarm_that_rang_leaves_nothing_to_do(family: Family) -> None:
    family.say("set an alarm for 10:20")
    family.app.advance(HOUR)
    assert tasks.open_of(family.app.store, RIA) == []
    assert family.press_id(buttons_of(family)["Snooze 10 min"]) == "I'll wake you again at 11:10."
    family.app.advance(HOUR)
    assert len(rung(family)) == 2


def test_a_task_that_is_moved_rings_then_and_one_that_is_done_not_at_all(family: Family) -> None:
    family.say("remind me to call the dentist tomorrow at 5pm")
    family.say("remind me to water the plants tomorrow at 6pm")
    family.say("move the dentist to monday")
    assert waiting(family) == ["reminder water the plants 22 18:00", "reminder call the dentist 23 17:00"]
    family.say("done with the plants")
    family.app.advance(3 * DAY)
    assert [text for _, text in rung(family)] == ["⏰ Reminder: call the dentist"]


def test_a_reminder_that_needs_a_time_is_asked_about_whatever_else_is_open(family: Family) -> None:
    """The question before is given up, and what it was about stays as it was understood."""
    family.say("remind me to call mum")
    assert "When shall I remind you?" in family.say("remind me to buy milk")
    assert "over" in family.press_id(family.replies[0].messages[-1].buttons[0].id)
    family.say("at 5pm")
    assert waiting(family) == ["reminder buy milk 21 17:00"]
    assert {task.title for task in tasks.open_of(family.app.store, RIA)} == {"call mum", "buy milk"}

"""What was written while Butler was away is asked about before the home is touched."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.butler.conversation.conftest import Chat

KITCHEN = "light.kitchen"
FRONT = "lock.front_door"


def say_late(chat: Chat, text: str, minutes: float = 180, who: str = "ana", **more: Any) -> str:
    """Send what was written some minutes ago."""
    return chat.say(text, who, sent_at=chat.clock["now"] - timedelta(minutes=minutes), **more)


@pytest.mark.parametrize(
    ("minutes", "ago"),
    [(11, "11 minutes"), (60, "an hour"), (180, "3 hours"), (2880, "2 days")],
)
def test_a_late_command_is_asked_about(chat: Chat, minutes: float, ago: str) -> None:
    """It says what was written and when, and does nothing."""
    said = say_late(chat, "turn on the kitchen light", minutes)
    assert f"You wrote “turn on the kitchen light” {ago} ago, while I was away." in said
    assert chat.state(KITCHEN) == "off"
    assert chat.labels == ["Yes, turn on the kitchen light", "No"]


def test_what_is_ten_minutes_old_is_simply_done(chat: Chat) -> None:
    """A slow network is no reason to ask."""
    say_late(chat, "turn on the kitchen light", 10)
    assert chat.state(KITCHEN) == "on"


def test_yes_does_it_and_it_can_be_undone(chat: Chat) -> None:
    """By typing as by pressing, also a good while later."""
    say_late(chat, "turn on the kitchen light")
    chat.wait(3600)
    chat.say("yes")
    assert chat.state(KITCHEN) == "on"
    chat.say("undo")
    assert chat.state(KITCHEN) == "off"


def test_no_leaves_it(chat: Chat) -> None:
    """Nothing happens."""
    say_late(chat, "turn on the kitchen light")
    chat.press("No")
    assert chat.state(KITCHEN) == "off"


def test_several_late_commands_can_each_be_answered(chat: Chat) -> None:
    """The second does not take the first one's buttons away, nor talk of dropping it."""
    say_late(chat, "turn on the kitchen light")
    assert "dropped" not in say_late(chat, "turn on the desk lamp")
    chat.press("Yes, turn on the kitchen light")
    chat.press("Yes, turn on the desk lamp")
    assert (chat.state(KITCHEN), chat.state("light.desk_lamp")) == ("on", "on")


def test_a_late_question_about_the_home_is_answered_now(chat: Chat) -> None:
    """Looking does no harm."""
    assert "off" in say_late(chat, "is the kitchen light on?")


def test_a_late_lesson_is_learned(chat: Chat) -> None:
    """A word means the same three hours later."""
    assert "Got it" in say_late(chat, "when I say bertha I mean the floor lamp")


def test_a_late_compound_is_one_question(chat: Chat) -> None:
    """One press does all of it."""
    say_late(chat, "turn on the kitchen light and turn on the desk lamp")
    chat.press("Yes")
    assert (chat.state(KITCHEN), chat.state("light.desk_lamp")) == ("on", "on")


def test_a_late_guarded_command_holds_for_a_short_while_only(chat: Chat) -> None:
    """The question is asked once, and as strictly as ever."""
    assert "while I was away" in say_late(chat, "unlock the front door")
    chat.wait(3600)
    chat.press("Yes")
    assert chat.state(FRONT) == "locked"
    say_late(chat, "unlock the front door")
    chat.press("Yes")
    assert chat.state(FRONT) == "unlocked"


def test_a_guests_late_guarded_command_is_refused(chat: Chat) -> None:
    """Lateness gives no rights."""
    say_late(chat, "unlock the front door", who="gus")
    assert chat.labels == []


def test_a_guests_late_command_is_done_after_a_press(chat: Chat) -> None:
    """What a guest may do, they may do late as well; what has become guarded since is asked about again."""
    say_late(chat, "turn on the kitchen light", who="gus")
    chat.press("Yes", "gus")
    assert chat.state(KITCHEN) == "on"


def test_a_late_undo_is_asked_about(chat: Chat) -> None:
    """Taking back touches the home, too."""
    chat.say("turn on the kitchen light")
    chat.wait(10_000)
    said = say_late(chat, "undo", 60)
    assert "Shall I still turn off the kitchen light?" in said
    assert chat.state(KITCHEN) == "on"
    chat.press("Yes")
    assert chat.state(KITCHEN) == "off"


def test_a_late_correction_of_a_late_command_does_nothing_unasked(chat: Chat) -> None:
    """Both came after the outage: what was meant is asked about."""
    say_late(chat, "turn on the kitchen light")
    say_late(chat, "no, I meant the desk lamp")
    assert (chat.state(KITCHEN), chat.state("light.desk_lamp")) == ("off", "off")
    chat.press("Yes, turn on the desk lamp")
    assert chat.state("light.desk_lamp") == "on"


def test_a_late_correction_by_reply_asks_before_it_takes_anything_back(chat: Chat) -> None:
    """What was done and what was meant are both left until a press."""
    chat.say("turn on the kitchen light")
    first = chat.last.messages[0].id
    chat.wait(10_000)
    say_late(chat, "no, I meant the desk lamp", 60, reply_to=first)
    assert (chat.state(KITCHEN), chat.state("light.desk_lamp")) == ("on", "off")


def test_a_late_choice_asks_once_more(chat: Chat) -> None:
    """A typed answer that was written long ago acts on nothing by itself."""
    chat.say("turn on the lamp")
    label = chat.last.messages[-1].buttons[0].label
    on_before = {e.entity_id for e in chat.home.snapshot().entities if e.state == "on"}
    chat.wait(10_000)
    say_late(chat, label, 60)
    assert {e.entity_id for e in chat.home.snapshot().entities if e.state == "on"} == on_before

"""A turn that a crash cut off is never repeated when it did something, and dealt with anew when it did not."""

from __future__ import annotations

import pytest

from engine.api import Engine
from store import buttons, inbox, outbox, turns
from tests.butler.conversation.conftest import Chat
from tests.butler.conversation.crashing import NoHome, killed_at, pressed, received, restarted

KITCHEN = "light.kitchen"


def outcome(chat: Chat, number: int) -> str | None:
    """Return how a turn ended."""
    row = turns.get(chat.store, number)
    return row.outcome if row else None


def told(chat: Chat, number: int, channel: str) -> str:
    """Return what waits in the outbox about a turn."""
    return " ".join(
        row.payload["text"] for row in outbox.of_message(chat.store, f"t{number}m0") if row.channel == channel
    )


@pytest.mark.parametrize(("after", "state"), [(False, "off"), (True, "on")])
def test_a_call_that_was_cut_off_is_looked_at_and_told(chat: Chat, *, after: bool, state: str) -> None:
    """One message says what was interrupted and what is so now, whether the call got through or not."""
    with killed_at(chat.home, "call", after=after):
        received(chat, 7, "turn on the kitchen light")
    again = restarted(chat)
    said = told(again, 1, "telegram")
    assert "interrupted in the middle of “turn on the kitchen light”" in said
    assert f"The kitchen light is {state}" in said
    assert outcome(again, 1) == "interrupted"
    update = inbox.get(again.store, 7)
    assert update is not None
    assert update.done_at is not None


def test_what_was_cut_off_is_not_called_again(chat: Chat) -> None:
    """Handing the update in once more does nothing."""
    with killed_at(chat.home, "call", after=True):
        received(chat, 7, "toggle the kitchen light")
    again = restarted(chat)
    assert received(again, 7, "toggle the kitchen light") == ""
    assert again.state(KITCHEN) == "on"


def test_what_was_cut_off_can_be_undone(chat: Chat) -> None:
    """The states before the call were on record."""
    with killed_at(chat.home, "call", after=True):
        chat.say("turn on the kitchen light")
    again = restarted(chat)
    again.say("undo")
    assert again.state(KITCHEN) == "off"


def test_the_undo_button_of_the_message_works(chat: Chat) -> None:
    """What changed is offered to be taken back at once."""
    with killed_at(chat.home, "call", after=True):
        chat.say("turn on the kitchen light")
    again = restarted(chat)
    again.press("Undo")
    assert again.state(KITCHEN) == "off"


def test_what_was_cut_off_can_be_corrected(chat: Chat) -> None:
    """It is the last command that was tried."""
    with killed_at(chat.home, "call", after=True):
        chat.say("turn on the kitchen light")
    again = restarted(chat)
    again.say("no, I meant the desk lamp")
    assert (again.state(KITCHEN), again.state("light.desk_lamp")) == ("off", "on")


def test_of_two_calls_both_are_told_of(chat: Chat) -> None:
    """What was done before the cut and what was not are both said."""
    with killed_at(chat.home, "call", skip=1):
        chat.say("turn on the kitchen light and turn on the desk lamp")
    again = restarted(chat)
    said = told(again, 1, "local")
    assert "kitchen light is on" in said
    assert "desk lamp" not in said or "desk lamp is off" in said


def test_a_scene_that_was_cut_off_is_told_by_what_it_moved(chat: Chat) -> None:
    """A scene's things are not named beforehand: they are found by comparing."""
    before = {e.entity_id: e.state for e in chat.home.snapshot().entities if e.domain == "light"}
    with killed_at(chat.home, "call", after=True):
        chat.say("activate movie night")
    again = restarted(chat)
    assert told(again, 1, "local").count(" is ") + told(again, 1, "local").count(" are ") > 1
    again.say("undo")
    assert {e.entity_id: e.state for e in again.home.snapshot().entities if e.domain == "light"} == before


def test_a_home_that_does_not_answer_is_said_honestly(chat: Chat) -> None:
    """Nothing is claimed of what could not be looked at, and it can be undone once the home is back."""
    with killed_at(chat.home, "call", after=True):
        chat.say("turn on the kitchen light")
    restarted(chat, NoHome())
    assert "can't reach the home" in told(chat, 1, "local")
    again = restarted(chat)
    again.say("undo")
    assert again.state(KITCHEN) == "off"


def test_a_turn_that_did_nothing_is_dealt_with_anew(chat: Chat) -> None:
    """It says nothing of the crash; the same update leads to a turn of its own."""
    with killed_at(chat.engine, "understand"):
        received(chat, 7, "turn on the kitchen light")
    again = restarted(chat)
    assert outcome(again, 1) == "abandoned"
    assert [update.update_id for update in inbox.waiting(again.store)] == [7]
    assert "on" in received(again, 7, "turn on the kitchen light")
    assert again.state(KITCHEN) == "on"
    update = inbox.get(again.store, 7)
    assert update is not None
    assert update.turn == 2


def test_a_press_that_did_nothing_can_be_dealt_with_anew(chat: Chat) -> None:
    """The button it used is given back, and so are those beside it."""
    chat.say("unlock the front door")
    yes = chat.button("Yes")
    with killed_at(chat.home, "snapshot", skip=1):
        pressed(chat, 8, yes)
    assert buttons.remaining(chat.store, [yes], chat.clock["now"]) == []
    again = restarted(chat)
    assert buttons.remaining(again.store, [yes, chat.button("No")], chat.clock["now"]) == [yes, chat.button("No")]
    pressed(again, 8, yes)
    assert again.state("lock.front_door") == "unlocked"


def test_a_press_that_acted_is_not_done_again(chat: Chat) -> None:
    """The door is told of, its question is over, and a typed yes answers nothing."""
    chat.say("unlock the front door")
    with killed_at(chat.home, "call", after=True):
        pressed(chat, 8, chat.button("Yes"))
    again = restarted(chat)
    assert "middle of what you pressed" in told(again, 2, "telegram")
    again.say("lock the front door")
    again.say("yes")
    assert again.state("lock.front_door") == "locked"


@pytest.mark.parametrize("after", [False, True])
def test_a_lesson_that_was_cut_off_is_told_or_learned_anew(chat: Chat, *, after: bool) -> None:
    """When it went live that is said; when nothing of it was written it is simply dealt with again."""
    with killed_at(chat.engine, "lesson", after=after):
        received(chat, 7, "when I say bertha I mean the floor lamp")
    again = restarted(chat)
    if after:
        assert "#1 (“bertha”) is in use" in told(again, 1, "telegram")
    else:
        assert "Got it" in received(again, 7, "when I say bertha I mean the floor lamp")
    again.say("turn on bertha")
    assert again.state("light.floor_lamp") == "on"
    assert len(again.engine.history()) == 1


def test_a_lesson_that_was_cut_off_after_it_went_live_can_be_undone(chat: Chat) -> None:
    """Undo means the lesson."""
    with killed_at(chat.engine, "lesson", after=True):
        chat.say("when I say bertha I mean the floor lamp")
    again = restarted(chat)
    assert "Rolled back #1" in again.say("undo")


def test_a_lesson_that_was_only_proposed_is_said_not_to_be_in_use(chat: Chat) -> None:
    """It waits; nobody is told that it was learned."""
    with killed_at(chat.engine._deployer, "go_live"):  # between proposing and deploying
        chat.say("when I say bertha I mean the floor lamp")
    again = restarted(chat)
    assert "#1 (“bertha”) isn't in use" in told(again, 1, "local")


def test_a_rollback_that_was_cut_off_is_told(chat: Chat) -> None:
    """Taken back once, and said so."""
    chat.say("when I say bertha I mean the floor lamp")
    with killed_at(chat.engine, "roll_back", after=True):
        received(chat, 7, "/rollback 1", "adm")
    again = restarted(chat)
    assert "#1 (“bertha”) was taken back" in told(again, 2, "telegram")
    assert isinstance(again.engine, Engine)
    assert received(again, 7, "/rollback 1", "adm") == ""


def test_an_update_handed_in_again_in_the_same_process_is_not_acted_on_twice(chat: Chat) -> None:
    """When keeping the turn failed, the next try tells what happened instead of doing it."""
    with killed_at(inbox, "done"):
        received(chat, 7, "toggle the kitchen light")
    assert "interrupted" in received(chat, 7, "toggle the kitchen light")
    assert chat.state(KITCHEN) == "on"


def test_recovering_twice_says_it_once(chat: Chat) -> None:
    """Another start finds nothing more to do."""
    with killed_at(chat.home, "call", after=True):
        chat.say("turn on the kitchen light")
    restarted(chat)
    assert restarted(chat).conversation.recover(chat.clock["now"]) == []
    assert len(outbox.of_message(chat.store, "t1m0")) == 1

"""What is done with one update, from the door to the answer in the outbox."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from telegram.error import TimedOut

from butler.channels.telegram import reception
from butler.channels.telegram.arrivals import Kind, Recording
from butler.channels.telegram.doors import STRANGER
from butler.conversation.messages import Role
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from store import StoreFull, inbox, invitations, outbox
from store.outbox import Outgoing
from tests.acceptance.family import ADA, GUS, RIA, Family
from tests.acceptance.household import Parts, few
from tests.butler.channels.telegram.reception_scene import Scene, ears

EVE, GROUP, TOPIC = "telegram:5100099", "telegram:-100500", "telegram:-100500/7"
NOTE = Recording("file-1", 1_000, 2.0)


@pytest.fixture
def scene(interpreter: Interpreter, golden: GoldenSet, tmp_path: Path) -> Iterator[Scene]:
    """Return a family at the reception."""
    family = Family(Parts(interpreter, few(golden)), tmp_path / "data")
    yield Scene(family)
    family.close()


def test_a_members_words_become_a_turn_that_answers_through_the_outbox(scene: Scene) -> None:
    """Its update is over, the sender is woken, and the menu can be made to fit the role."""
    assert "Kitchen light is on" in scene.says(RIA, "turn on the kitchen light")
    assert scene.family.state("light.kitchen") == "on"
    assert (scene.waiting(), scene.sent, scene.roles) == ([], 1, [(RIA, Role.RESIDENT)])


def test_an_update_that_is_dealt_with_again_does_nothing(scene: Scene) -> None:
    arrival = scene.received(RIA, "toggle the kitchen light")
    assert scene.deal(arrival)
    assert scene.deal(arrival) == ""
    assert scene.family.state("light.kitchen") == "on"


def test_a_strangers_words_become_no_turn(scene: Scene) -> None:
    """They are told one sentence; should they have had a menu of their own, it can be taken back."""
    assert scene.says(EVE, "turn on the kitchen light") == STRANGER
    assert scene.says(EVE, "turn on the kitchen light") == ""
    assert (scene.turns(), scene.waiting(), scene.roles) == (0, [], [(EVE, None), (EVE, None)])


def test_who_comes_in_by_a_code_is_welcomed_and_told_what_there_is(scene: Scene) -> None:
    now = scene.app.clock.now()
    invitations.create(scene.store, "ABCDE-FGHIJ", "guest", by=ADA, at=now, expires_at=now + timedelta(hours=1))
    told = scene.says(EVE, "/start ABCDE-FGHIJ")
    assert "Welcome, Somebody!" in told
    assert "/help" in told
    assert scene.roles == [(EVE, Role.GUEST)]


def test_who_is_removed_has_the_menu_of_no_member_at_once(scene: Scene) -> None:
    """Not only when they write again."""
    scene.says(ADA, "/remove Ria")
    scene.roles.clear()
    assert "can't talk to me any more" in scene.deal(scene.pressed(ADA, scene.last_button("Yes")))
    assert scene.roles == [(ADA, Role.ADMIN), (RIA, None)]


def test_who_has_themselves_forgotten_has_the_menu_of_no_member(scene: Scene) -> None:
    scene.says(RIA, "/forgetme")
    scene.deal(scene.pressed(RIA, scene.last_button("Forget me, keep")))
    assert scene.roles[-1] == (RIA, None)


def test_a_reply_to_a_message_of_butlers_speaks_of_its_turn(scene: Scene) -> None:
    scene.says(RIA, "turn on the kitchen light")
    scene.sent_as(77)
    scene.says(RIA, "turn on the hall light")
    scene.says(RIA, "undo", reply=77)
    assert [scene.family.state(f"light.{room}") for room in ("kitchen", "hall")] == ["off", "on"]


def test_a_reply_to_an_own_message_speaks_of_what_came_of_it(scene: Scene) -> None:
    first = scene.received(RIA, "turn on the kitchen light")
    scene.deal(first)
    scene.says(RIA, "turn on the hall light")
    scene.says(RIA, "undo", reply=first.message)
    assert [scene.family.state(f"light.{room}") for room in ("kitchen", "hall")] == ["off", "on"]


@pytest.mark.parametrize("how", ["edited", "forwarded"])
def test_what_is_edited_or_forwarded_is_answered_and_not_carried_out(scene: Scene, how: str) -> None:
    assert how in scene.says(RIA, "turn on the kitchen light", edited=how == "edited", forwarded=how == "forwarded")
    assert scene.family.state("light.kitchen") == "off"


def test_a_press_is_answered_before_its_turn_and_leads_to_it(scene: Scene) -> None:
    scene.says(RIA, "unlock the front door")
    pressed = scene.pressed(RIA, scene.last_button("Yes"))
    assert "unlocked" in scene.deal(pressed)
    assert scene.line.log == [("answer", pressed.callback, "")]


def test_a_press_that_can_do_nothing_is_answered_and_leads_to_no_turn(scene: Scene) -> None:
    scene.says(RIA, "unlock the front door")
    before = scene.turns()
    assert scene.deal(scene.pressed(GUS, scene.last_button("Yes"))) == ""
    assert [said for _, _, said in scene.line.log] == [
        "That question was for someone else, so I did nothing. You can ask me yourself."
    ]
    assert (scene.turns(), scene.waiting()) == (before, [])


def test_words_of_a_voice_note_are_shown_and_carried_out(scene: Scene) -> None:
    note = scene.received(RIA, medium="voice", voice=NOTE)
    told = scene.deal(note, listener=ears("turn on the kitchen light"))
    assert "I heard “turn on the kitchen light”." in told
    assert scene.family.state("light.kitchen") == "on"
    assert scene.fetched == ["file-1"]


def test_what_is_wrong_with_a_voice_note_is_said_and_is_all(scene: Scene) -> None:
    assert (
        scene.deal(scene.received(RIA, medium="voice", voice=NOTE), listener=ears(problem="No words.")) == "No words."
    )
    assert (scene.turns(), scene.waiting()) == (0, [])


def test_a_voice_note_that_cannot_be_fetched_is_said_to_be(scene: Scene) -> None:
    async def lost(_: str) -> bytes:
        raise TimedOut

    scene.fetch = lost
    note = scene.received(RIA, medium="voice", voice=NOTE)
    assert scene.deal(note, listener=ears("turn on the kitchen light")) == reception.NOT_FETCHED
    assert scene.waiting() == []


@pytest.mark.parametrize("how", ["edited", "forwarded"])
def test_a_voice_note_that_is_not_the_persons_own_is_not_listened_to(scene: Scene, how: str) -> None:
    note = scene.received(RIA, medium="voice", voice=NOTE, edited=how == "edited", forwarded=how == "forwarded")
    assert scene.deal(note, listener=ears("turn on the kitchen light")) != ""
    assert (scene.fetched, scene.family.state("light.kitchen")) == ([], "off")


def test_a_strangers_voice_note_is_not_listened_to(scene: Scene) -> None:
    scene.deal(scene.received(EVE, medium="voice", voice=NOTE), listener=ears("turn on the kitchen light"))
    assert scene.fetched == []


def test_typing_is_shown_in_the_topic_where_something_takes_long(scene: Scene) -> None:
    """The note is fetched only once typing was shown; nothing shows it for what is quick."""
    shown = asyncio.Event()
    scene.line.typed = shown.set

    async def slowly(_: str) -> bytes:
        await asyncio.wait_for(shown.wait(), 20)
        return b""

    scene.says(RIA, "turn on the hall light")
    assert scene.line.log == []
    scene.fetch = slowly
    note = scene.received(RIA, medium="voice", voice=NOTE, chat=TOPIC, private=False)
    assert "Kitchen light is on" in scene.deal(note, listener=ears("turn on the kitchen light"))
    assert scene.line.log == [("typing", TOPIC)]


def test_an_error_of_butlers_own_is_told_and_the_update_is_over(scene: Scene) -> None:
    with patch.object(type(scene.app), "handle", side_effect=RuntimeError("broken")):
        assert scene.says(RIA, "turn on the kitchen light") == reception.FAILED
    assert (scene.waiting(), scene.sent) == ([], 1)


def test_a_store_that_cannot_be_written_leaves_the_update_to_another_try(scene: Scene) -> None:
    arrival = scene.received(RIA, "turn on the kitchen light")
    full = StoreFull(scene.store.path, "the disk is full")
    with patch.object(type(scene.app), "handle", side_effect=full), pytest.raises(StoreFull):
        scene.deal(arrival)
    assert scene.waiting() == [arrival.update]
    assert "Kitchen light is on" in scene.deal(arrival)


def test_what_waits_for_a_chat_that_is_gone_is_dropped(scene: Scene) -> None:
    now = scene.app.clock.now()
    waits = outbox.add(scene.store, Outgoing("telegram", TOPIC, RIA, {"text": "hello"}, now, now))
    scene.deal(scene.received(RIA, kind=Kind.GONE, chat=GROUP, private=False))
    row = outbox.get(scene.store, waits)
    assert row is not None
    assert (row.state, scene.waiting()) == ("dropped", [])


def test_what_waits_for_a_group_that_moved_goes_to_its_new_number(scene: Scene) -> None:
    now = scene.app.clock.now()
    waits = outbox.add(scene.store, Outgoing("telegram", GROUP, RIA, {"text": "hello"}, now, now))
    scene.deal(scene.received(GROUP, kind=Kind.MOVED, chat=GROUP, private=False, moved_to="telegram:-100501"))
    row = outbox.get(scene.store, waits)
    assert row is not None
    assert (row.chat, row.state, scene.waiting()) == ("telegram:-100501", "waiting", [])


def test_an_answer_in_a_group_points_at_what_it_answers(scene: Scene) -> None:
    """Also one that no turn gives."""
    arrival = scene.received(RIA, "turn on the hall light", chat=GROUP, private=False)
    note = scene.received(RIA, chat=GROUP, private=False, medium="voice", voice=NOTE)
    scene.deal(arrival, note, listener=ears(problem="No words."))
    rows = [outbox.get(scene.store, number) for number in (1, 2)]
    assert [row.reply_to for row in rows if row is not None] == [arrival.message, note.message]
    assert inbox.turn_of(scene.store, GROUP, arrival.message or 0) == 1

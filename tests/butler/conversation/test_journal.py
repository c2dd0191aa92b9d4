"""What a turn is about to do is on record before it does it, and its answer leaves with the turn or not at all."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from butler.home.port import Call
from store import inbox, outbox, turns
from tests.butler.conversation.conftest import Chat
from tests.butler.conversation.crashing import Killed, killed_at, pressed, received

KITCHEN = "light.kitchen"


def seen_while(chat: Chat, text: str, who: str = "ana") -> list[turns.Turn]:
    """Return the turn's record as it stood at each call to the home."""
    records: list[turns.Turn] = []
    real = chat.home.call

    def call(asked: Call, timeout_s: float) -> None:
        records.extend(turns.begun(chat.store))
        real(asked, timeout_s)

    with patch.object(chat.home, "call", call):
        chat.say(text, who)
    return records


def test_calls_and_the_states_before_are_on_record_before_the_home_is_called(chat: Chat) -> None:
    """Whoever looks at the store at that moment sees what is about to happen."""
    (record,) = seen_while(chat, "turn on the kitchen light")
    assert record.outcome == "acting"
    assert [call["service"] for call in record.effect["home"]["calls"]] == ["light.turn_on"]
    assert record.effect["home"]["before"][KITCHEN]["state"] == "off"
    assert record.interpretation["intent"] == "light_control"


def test_a_compound_adds_to_the_record_and_keeps_the_first_states(chat: Chat) -> None:
    """The second call's record holds both calls."""
    records = seen_while(chat, "turn on the kitchen light and turn on the desk lamp")
    assert [len(record.effect["home"]["calls"]) for record in records] == [1, 2]
    assert records[1].effect["home"]["before"][KITCHEN]["state"] == "off"


def test_a_turn_that_is_over_keeps_no_journal(chat: Chat) -> None:
    """What was planned is replaced by what was done."""
    chat.say("turn on the kitchen light")
    done = turns.get(chat.store, 1)
    assert done is not None
    assert (done.outcome, done.effect) == ("acted", None)


def test_a_question_leaves_no_journal(chat: Chat) -> None:
    """Only what changes something is put on record beforehand."""
    with patch.object(turns, "amend", wraps=turns.amend) as amend:
        chat.say("is the kitchen light on?")
    assert [called.kwargs["outcome"] for called in amend.call_args_list] == ["answered"]


def test_the_answer_to_an_update_is_in_the_outbox_and_the_update_is_done(chat: Chat) -> None:
    """One message, in order, pointing at nothing in a private chat."""
    received(chat, 7, "turn on the kitchen light")
    (queued,) = outbox.of_message(chat.store, "t1m0")
    assert queued.payload["text"] == chat.last.messages[0].text
    assert (queued.channel, queued.reply_to, queued.user) == ("telegram", None, "ana")
    update = inbox.get(chat.store, 7)
    assert update is not None
    assert update.done_at is not None
    assert (update.turn, update.payload) == (1, None)


def test_in_a_group_the_answer_points_at_what_it_answers(chat: Chat) -> None:
    """Where several people talk, each sees whose question was answered."""
    received(chat, 7, "turn on the kitchen light", private=False)
    assert outbox.of_message(chat.store, "t1m0")[0].reply_to == 70


def test_without_an_update_nothing_is_put_into_the_outbox(chat: Chat) -> None:
    """Channels that wait for the reply get it once."""
    chat.say("turn on the kitchen light")
    assert outbox.of_message(chat.store, "t1m0") == []


def test_an_update_is_dealt_with_once(chat: Chat) -> None:
    """Given a second time, it changes nothing and says nothing."""
    received(chat, 7, "toggle the kitchen light")
    assert received(chat, 7, "toggle the kitchen light") == ""
    assert chat.state(KITCHEN) == "on"
    assert turns.count(chat.store) == 1


def test_a_crash_while_the_turn_is_kept_leaves_neither_answer_nor_done_update(chat: Chat) -> None:
    """The turn's end, its messages and the update's are one step."""
    with killed_at(inbox, "done"):
        received(chat, 7, "what time is it?")
    update = inbox.get(chat.store, 7)
    assert update is not None
    assert update.done_at is None
    assert outbox.of_message(chat.store, "t1m0") == []
    begun = turns.get(chat.store, 1)
    assert begun is not None
    assert begun.outcome == "begun"


def test_an_answered_question_is_shown_with_what_was_chosen(chat: Chat) -> None:
    """The keyboard of a question that went out is replaced, ahead of the answer."""
    received(chat, 7, "unlock the front door")
    pressed(chat, 8, chat.button("No"))
    question, edit, answer = rows(chat)
    assert (edit.kind, edit.edits, edit.message) == ("edit", question.message, None)
    assert (edit.payload["text"], edit.payload["chosen"]) == (question.payload["text"], "No")
    assert edit.payload["buttons"] == []
    assert answer.kind == "message"


def test_a_dropped_question_loses_its_buttons(chat: Chat) -> None:
    """What a new command cancels can be seen to be cancelled; nothing was chosen."""
    received(chat, 7, "unlock the front door")
    received(chat, 8, "turn on the kitchen light")
    edit = rows(chat)[1]
    assert (edit.kind, edit.payload["buttons"], edit.payload["chosen"]) == ("edit", [], None)


def test_buttons_on_offer_stay_when_another_was_pressed(chat: Chat) -> None:
    """Undo and "don't remember" are independent of each other."""
    chat.say("turn on the thinking corner lamp")
    received(chat, 7, "no, I meant the desk lamp")
    pressed(chat, 8, chat.button("Undo"))
    edit = rows(chat)[1]
    assert [label for _, label in edit.payload["buttons"]] == ["Don't remember"]
    assert edit.payload["chosen"] == "Undo"


def rows(chat: Chat) -> list[outbox.Queued]:
    """Return all that is in the outbox, in order."""
    found = (outbox.get(chat.store, number) for number in range(1, 20))
    return [row for row in found if row is not None]


def test_killed_is_not_caught(chat: Chat) -> None:
    """The broad catch of a turn lets the end of the process through."""
    with pytest.raises(Killed), patch.object(chat.home, "call", side_effect=Killed):
        chat.say("turn on the kitchen light")

"""What was written down as it was understood is a turn like any other that went well: changes are tested on it."""

from __future__ import annotations

from engine.learning.household import Household
from engine.understanding.situation import Situation
from store import improvements, turns
from tests.butler.conversation.conftest import Chat


def accepted(chat: Chat) -> dict[str, str]:
    """Return what went well, with the intent of each."""
    history = [turn for turn in Household(chat.store).history() if turn.accepted]
    kept = {turn.turn: turns.get(chat.store, turn.turn) for turn in history}
    return {turn.text: row.interpretation["intent"] for turn in history if (row := kept[turn.turn]) is not None}


def test_what_was_written_down_counts_as_it_was_understood(chat: Chat) -> None:
    """The reply shows what was read of the words; the same words tried again give what the turn is kept with."""
    for said in ("buy milk tomorrow", "add eggs to the shopping list", "wake me at 7", "set a timer for 5 minutes"):
        chat.say(said)
    shown = [reply.interpretation.slots for reply in chat.replies if reply.interpretation]
    assert shown[0]["kind"] == "task"
    history = Household(chat.store).history()
    assert [turn.text for turn in history if turn.accepted] == [turn.text for turn in history]
    assert len(history) == 4
    assert accepted(chat)["buy milk tomorrow"] == "task_add"
    snapshot = chat.home.snapshot()
    for turn in history:
        found = chat.engine.understand(turn.text, Situation(snapshot, turn.speaker, turn.at, turn.previous))
        assert turn.fault(found) == ""


def test_what_was_taken_back_or_was_another_kind_of_thing_is_no_turn_that_went_well(chat: Chat) -> None:
    chat.say("buy milk")
    chat.say("undo")
    chat.say("buy stamps")
    chat.say("no, that's a note")
    chat.say("buy bread")
    assert list(accepted(chat)) == ["buy bread"]


def test_a_word_that_would_break_what_somebody_wrote_down_is_not_learned(chat: Chat) -> None:
    chat.say("buy milk")
    answer = chat.say("when i say buy i mean turn on", who="ben")
    assert "buy milk" not in answer
    assert "something that works for somebody else" in answer
    row = improvements.get(chat.store, 1)
    assert row is not None
    assert row.status == "rejected"
    assert {case["family"] for case in row.shadow_test_results["cases"]} == {"history"}

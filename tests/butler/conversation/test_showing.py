"""What is told people on this machine: shown once, or once more and marked where a crash came in between."""

from __future__ import annotations

from butler.conversation.notices import Notice
from butler.conversation.wording import SENT_AGAIN
from store import people
from tests.acceptance.family import ADA, RIA, Family

RING = Notice("reminder", "Call mum.", to="ana", held=False, repeatable=True)


def taken(family: Family) -> list[str]:
    return [message.text for message in family.app.take_notices()]


def test_a_reminder_that_was_taken_and_never_shown_is_shown_again_and_says_so(family: Family) -> None:
    family.app.notify(RING, family.clock.now())
    assert taken(family) == ["Call mum."]
    family.restart()
    assert taken(family) == [f"{SENT_AGAIN}\nCall mum."]
    family.restart()
    assert taken(family) == [f"{SENT_AGAIN}\nCall mum."]


def test_what_was_shown_is_not_shown_again(family: Family) -> None:
    family.app.notify(RING, family.clock.now())
    assert taken(family) == ["Call mum."]
    family.app.notices_shown()
    family.restart()
    assert taken(family) == []


def test_what_was_taken_before_the_last_was_shown(family: Family) -> None:
    family.app.notify(RING, family.clock.now())
    assert taken(family) == ["Call mum."]
    assert taken(family) == []
    family.restart()
    assert taken(family) == []


def test_what_need_not_be_repeated_is_not(family: Family) -> None:
    family.app.notify(Notice("report", "A week of lamps.", to="ana", held=False), family.clock.now())
    assert taken(family) == ["A week of lamps."]
    family.restart()
    assert taken(family) == []


def test_several_that_are_due_are_shown_at_once_in_their_order(family: Family) -> None:
    for text in ("One.", "Two.", "Three."):
        family.app.notify(Notice("reminder", text, to="ana", held=False, repeatable=True), family.clock.now())
    assert taken(family) == ["One.", "Two.", "Three."]


def test_a_notice_is_said_in_the_chat_it_names(family: Family) -> None:
    family.app.notify(Notice("reminder", "Bins!", to=RIA, held=False, chat="telegram:-77"), family.clock.now())
    assert [(row.channel, row.chat, row.user) for row in family.told(RIA)] == [("telegram", "telegram:-77", RIA)]


def test_a_notice_for_somebody_who_left_is_said_nowhere(family: Family) -> None:
    people.remove(family.app.store, RIA)
    numbers = family.app.notify(Notice("reminder", "Bins!", to=RIA, chat="telegram:-77"), family.clock.now())
    assert (numbers, family.told(RIA), family.told(ADA)) == ([], [], [])

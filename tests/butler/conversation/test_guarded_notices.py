"""The admins hear at once of what somebody opened through Butler that is guarded."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store import inbox
from tests.acceptance.family import ADA, BEN, GUS, RIA, Family
from tests.butler.conversation.crashing import killed_at

NIGHT = datetime(2026, 11, 21, 23, 10, tzinfo=UTC)
UNLOCKED = "The front door was unlocked by Ria at 23:10."


@pytest.fixture
def night(family: Family) -> Family:
    """Return the household at ten past eleven, when it is quiet."""
    family.clock.move_to(NIGHT)
    return family


def told(family: Family, user: str = ADA) -> list[str]:
    """Return the notices that wait for somebody."""
    return [str(row.payload["text"]) for row in family.told(user)]


def test_who_unlocked_a_door_and_when_is_told_at_once_though_it_is_quiet(night: Family) -> None:
    night.say("unlock the front door")
    assert told(night) == []
    night.press("Yes")
    (row,) = night.told(ADA)
    assert (row.payload["text"], row.due_at, row.urgent, row.chat) == (UNLOCKED, NIGHT, True, ADA)
    assert [message.text for message in night.app.take_notices()] == [UNLOCKED]
    assert (told(night, RIA), told(night, GUS)) == ([], [])


def test_an_admin_hears_nothing_of_their_own_doing_and_the_others_do(night: Family) -> None:
    night.admit(BEN, "admin", "Ben")
    night.say("open the garage door", BEN)
    night.press("Yes", BEN)
    assert (told(night, ADA), told(night, BEN)) == (["The garage door was opened by Ben at 23:10."], [])


@pytest.mark.parametrize("text", ["turn on the kitchen light", "lock the front door", "close the water main"])
def test_what_harms_nobody_is_no_news(night: Family, text: str) -> None:
    night.say(text)
    if night.messages[-1].buttons:
        night.press("Yes")
    assert told(night) == []


def test_what_was_open_already_and_what_was_declined_are_no_news(night: Family) -> None:
    night.app.home.set("lock.front_door", "unlocked")
    night.say("unlock the front door")
    night.press("Yes")
    night.say("unlock the back door")
    night.press("No")
    assert told(night) == []


def test_two_doors_of_one_press_are_told_of_together(night: Family) -> None:
    night.say("unlock the front door and unlock the back door and open the garage door")
    night.press("Yes")
    assert told(night) == [
        "The garage door was opened by Ria at 23:10. The back door and the front door were unlocked by Ria at 23:10."
    ]


def test_undoing_a_lock_is_unlocking(night: Family) -> None:
    night.app.home.set("lock.front_door", "unlocked")
    night.say("lock the front door")
    night.press("Yes")
    night.say("undo")
    night.press("Yes")
    assert told(night) == [UNLOCKED]


def test_a_door_that_did_not_open_is_no_news(night: Family) -> None:
    night.app.home.fault("lock.front_door", "error")
    night.say("unlock the front door")
    night.press("Yes")
    assert told(night) == []


def test_a_door_that_may_still_open_is_told_of_as_such(night: Family) -> None:
    night.app.home.fault("lock.front_door", "slow:60")
    night.say("unlock the front door")
    night.press("Yes")
    (text,) = told(night)
    assert text.startswith("Ria asked me to unlock the front door at 23:10, and I can't tell")


@pytest.mark.parametrize("way", ["before the notice is kept", "after it was kept and before the turn is over"])
def test_a_kill_neither_loses_nor_doubles_it(night: Family, way: str) -> None:
    """The door stays as it is while Butler starts anew, later."""
    night.say("unlock the front door")
    inbox.receive(night.app.store, 7, sender=RIA, chat=RIA, message=1, payload="press", at=NIGHT)
    yes = night.button("Yes")
    where = (night.app.home, "call") if way.startswith("before") else (inbox, "done")
    with killed_at(*where, after=True):
        night.app.handle(night.app.member(RIA), RIA, press=yes, receipt=7)  # type: ignore[arg-type]  # she is a member
    assert told(night) == []
    assert night.state("lock.front_door") == "unlocked"
    night.clock.move_to(NIGHT.replace(minute=40))
    night.app.recover()
    night.app.recover()
    assert told(night) == [UNLOCKED]

"""A process that ends in the middle of setting, calling off or answering something: once, and told of."""

from __future__ import annotations

from typing import Any

import pytest

from butler.conversation import dialogue
from store import inbox, outbox, rings, tasks
from store.database import Store
from tests.acceptance.family import RIA, Family
from tests.butler.conversation.crashing import killed_at
from tests.butler.conversation.ringing.scene import buttons_of, put_down, rung

UPDATE = 7


def received(family: Family, update: int, **said: Any) -> None:
    """Have something dealt with that lies in the inbox."""
    person = family.app.member(RIA)
    assert person is not None
    inbox.receive(family.app.store, update, sender=RIA, chat=RIA, message=update, payload="{}", at=family.clock.now())
    family.app.handle(person, RIA, receipt=update, **said)


def again(family: Family, update: int, **said: Any) -> None:
    """Start anew, and have dealt with what still lies in the inbox."""
    family.restart()
    person = family.app.member(RIA)
    assert person is not None
    family.app.handle(person, RIA, receipt=update, **said)


def told(store: Store) -> str:
    return " ".join(text for (text,) in store.database.fetch("SELECT payload FROM outbox WHERE message LIKE 't%'"))


@pytest.mark.parametrize("after", [False, True])
def test_a_reminder_is_set_once_and_told_of(family: Family, after: bool) -> None:
    text = "remind me to call mum in 20 minutes"
    with killed_at(outbox if after else dialogue, "add" if after else "save"):
        received(family, UPDATE, text=text)
    again(family, UPDATE, text=text)
    assert [ring.title for ring in rings.of_user(family.app.store, RIA)] == ["call mum"]
    assert [task.title for task in tasks.open_of(family.app.store, RIA)] == ["call mum"]
    assert "I'll remind you at 10:20: call mum." in told(family.app.store)
    family.app.advance(3_600)
    assert len(rung(family)) == 1


def test_a_reminder_that_a_crash_kept_from_being_set_is_set_by_the_next_process(family: Family) -> None:
    text = "remind me to call mum in 20 minutes"
    with killed_at(rings, "add"):
        received(family, UPDATE, text=text)
    assert rings.of_user(family.app.store, RIA) == []
    again(family, UPDATE, text=text)
    assert [ring.title for ring in rings.of_user(family.app.store, RIA)] == ["call mum"]
    assert [task.title for task in tasks.open_of(family.app.store, RIA)] == ["call mum"]


def test_a_snooze_that_was_cut_off_is_not_a_second_one(family: Family) -> None:
    put_down(family, 10)
    family.app.advance(10)
    snooze = buttons_of(family)["Snooze 10 min"]
    with killed_at(dialogue, "save"):
        received(family, UPDATE, press=snooze)
    again(family, UPDATE, press=snooze)
    assert [ring.snoozed for ring in rings.of_user(family.app.store, RIA)] == [1]
    assert "I'll remind you again at 10:10." in told(family.app.store)

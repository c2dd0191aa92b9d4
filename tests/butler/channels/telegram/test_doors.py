"""Who may come in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from butler.channels.telegram import doors, pairing
from butler.channels.telegram.arrivals import Arrival, Kind
from butler.conversation import wording
from butler.conversation.messages import Role
from store import Store, inbox, invitations, open_store, outbox, people

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
CODE = "ABCDE-FGHIJ"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Open an empty store."""
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


class _Door:
    """Somebody at the door; every message is a new update."""

    def __init__(self, store: Store) -> None:
        self.store, self.count, self.at = store, 0, NOW

    def says(self, text: str, **more: Any) -> doors.Visitor:
        """Say something to Butler."""
        self.count += 1
        values = {"sender": "telegram:7", "chat": "telegram:7", "name": "Ana", "username": "ana", **more}
        arrival = Arrival(self.count, Kind.MESSAGE, message=self.count, text=text, **values)
        inbox.receive(
            self.store, self.count, sender="telegram:7", chat="telegram:7", message=1, payload=text, at=self.at
        )
        return doors.receive(self.store, arrival, self.at)

    def heard(self) -> list[str]:
        """Return what is on its way to them."""
        rows = [outbox.get(self.store, number) for number in range(1, 50)]
        return [str(row.payload["text"]) for row in rows if row is not None]


@pytest.fixture
def door(store: Store) -> _Door:
    """Return the door of a household that made one code."""
    invitations.create(store, CODE, "resident", by="telegram:1", at=NOW, expires_at=NOW + timedelta(hours=1))
    return _Door(store)


def test_a_stranger_hears_one_sentence_and_then_nothing(door: _Door) -> None:
    """Their updates are done."""
    assert [door.says("hello").person, door.says("open the door").person, door.says("hello?").person] == [None] * 3
    assert door.heard() == [doors.STRANGER]
    assert not inbox.waiting(door.store)


def test_strangers_in_a_group_hear_nothing_even_with_a_code(door: _Door) -> None:
    """A code said in a group stays unused."""
    assert door.says(f"/start {CODE}", private=False, chat="telegram:-5").person is None
    assert door.heard() == []
    assert door.says(f"/start {CODE}").new


def test_a_good_code_lets_one_person_in_with_its_role(door: _Door) -> None:
    """The update stays open for the welcome that follows, and the code is used up."""
    visitor = door.says(f"/start {CODE.lower()}")
    assert visitor.new
    assert visitor.person is not None
    assert (visitor.person.id, visitor.person.role) == ("telegram:7", Role.RESIDENT)
    assert len(inbox.waiting(door.store)) == 1
    assert door.says(f"/start {CODE}", sender="telegram:8", chat="telegram:8").person is None


def test_a_bad_code_is_said_to_be_bad_five_times_an_hour(door: _Door) -> None:
    """Guessing is slow; not even the right code is looked at then."""
    for _ in range(7):
        assert door.says("/start ZZZZZ-ZZZZZ").person is None
    assert door.heard() == [wording.NO_SUCH_CODE] * 5
    assert door.says(f"/start {CODE}").person is None
    door.at += timedelta(minutes=50)
    invitations.create(door.store, "BBBBB-BBBBB", "guest", by="x", at=NOW, expires_at=NOW + timedelta(hours=9))
    door.at += timedelta(minutes=11)
    assert door.says("/start BBBBB-BBBBB").new


def test_who_began_with_a_wrong_code_has_had_their_answer(door: _Door) -> None:
    """What else they say gets none; another code is looked at all the same."""
    door.says("/start ZZZZZ-ZZZZZ")
    door.says("hello?")
    door.says("open the door")
    assert door.heard() == [wording.NO_SUCH_CODE]
    assert door.says(f"/start {CODE}").new


@pytest.mark.parametrize("how", ["edited", "forwarded"])
def test_a_code_that_was_edited_in_or_forwarded_opens_nothing(door: _Door, how: str) -> None:
    """Whoever forwards a link did not ask to come in."""
    assert door.says(f"/start {CODE}", **{how: True}).person is None


def test_a_members_name_is_kept_fresh(door: _Door) -> None:
    """People rename themselves."""
    people.admit(door.store, "telegram:7", "guest", name="Old", username=None, at=NOW)
    visitor = door.says("hi")
    assert visitor.person is not None
    assert visitor.person.role is Role.GUEST
    assert people.name_of(door.store, "telegram:7") == "Ana"


def test_somebody_who_was_removed_is_a_stranger(door: _Door) -> None:
    """And hears the one sentence."""
    people.admit(door.store, "telegram:7", "admin", name="Ana", username=None, at=NOW)
    people.remove(door.store, "telegram:7")
    assert door.says("open the door").person is None
    assert door.heard() == [doors.STRANGER]


def test_the_pairing_code_is_printed_makes_an_admin_and_ends_the_older_one(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only its hash is kept."""
    door = _Door(store)
    codes = []
    for _ in range(2):
        assert pairing.needed(store)
        assert pairing.offer(store, "butler_bot", NOW) == NOW + timedelta(hours=24)
        codes.append(capsys.readouterr().out.split("/start ")[1].split()[0])
        kept = store.path.read_bytes() + store.path.with_name("butler.db-wal").read_bytes()
        assert codes[-1].encode() not in kept
    assert door.says(f"/start {codes[0]}").person is None
    visitor = door.says(f"/start {codes[1]}")
    assert visitor.person is not None
    assert visitor.person.role is Role.ADMIN
    assert not pairing.needed(store)

"""Who may talk: members, strangers, and the codes that turn one into the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from store import Store, StoreConstraint, facts, invitations, notices, people, strangers
from tests.store.conftest import NOW

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ANA, BOB = "telegram:1001", "telegram:1002"


@pytest.fixture
def two(store: Store) -> Store:
    """Give a store with an admin and a guest."""
    people.admit(store, ANA, "admin", name="Ana Silva", username="AnaS", at=NOW)
    people.admit(store, BOB, "guest", name="Bob", username=None, at=NOW + MINUTE)
    return store


def test_who_was_removed_is_no_member_but_keeps_a_name(two: Store) -> None:
    """A removed person may not talk, is found nowhere, and is still called by name."""
    assert [people.remove(two, BOB), people.remove(two, BOB), people.remove(two, "telegram:9")] == [True, False, False]
    assert people.get(two, BOB) is None
    assert people.get(two, BOB, anyone=True) == people.Person(BOB, "guest", NOW + MINUTE, "Bob", None, member=False)
    assert ([person.user for person in people.everyone(two)], people.find(two, "bob")) == ([ANA], [])
    assert people.name_of(two, BOB) == "Bob"
    assert people.set_role(two, BOB, "admin") is False


def test_who_comes_back_is_a_member_again(two: Store) -> None:
    """The day somebody was first seen stays, the role and the name are the new ones."""
    people.remove(two, BOB)
    people.admit(two, BOB, "resident", name="Robert", username="bobby", at=NOW + HOUR)
    assert people.get(two, BOB) == people.Person(BOB, "resident", NOW + MINUTE, "Robert", "bobby")


def test_only_members_in_that_role_are_admins(two: Store) -> None:
    """A new role counts at once, a removed admin no longer."""
    assert [person.user for person in people.admins(two)] == [ANA]
    assert people.set_role(two, BOB, "admin")
    people.remove(two, ANA)
    assert [person.user for person in people.admins(two)] == [BOB]


def test_a_role_that_does_not_exist_is_refused(two: Store) -> None:
    """Nobody becomes something else than admin, resident or guest."""
    with pytest.raises(StoreConstraint):
        people.set_role(two, BOB, "stranger")
    assert [person.role for person in people.everyone(two)] == ["admin", "guest"]


def test_a_new_name_is_written_only_when_it_is_new(two: Store) -> None:
    """Every message brings the sender's name; the store is not written each time."""
    before = two.database.fetch("SELECT total_changes()")
    assert people.rename(two, ANA, name="Ana Silva", username="AnaS") is False
    assert people.rename(two, "telegram:9", name="Eve", username=None) is False
    assert two.database.fetch("SELECT total_changes()") == before
    assert people.rename(two, ANA, name="Ana \ud800", username=None)
    assert people.name_of(two, ANA) == "Ana \ufffd"


def test_a_name_is_the_best_there_is(store: Store) -> None:
    """The display name, else the username, else the id."""
    people.admit(store, ANA, "guest", name="", username="anas", at=NOW)
    people.admit(store, BOB, "guest", name="", username=None, at=NOW)
    assert [people.name_of(store, user) for user in (ANA, BOB, "cleo")] == ["@anas", BOB, "cleo"]


@pytest.mark.parametrize("text", ["@anas", "ANAS", "ana silva", " Ana Silva ", "silva", "telegram:1001", "1001"])
def test_a_person_is_found_by_what_people_write(two: Store, text: str) -> None:
    """Username, name, a part of it and the number all find the one who is meant."""
    assert [person.user for person in people.find(two, text)] == [ANA]


@pytest.mark.parametrize("text", ["", "@", "@bob", "an", "1", "telegram:100", "%", "nobody"])
def test_nobody_is_found_by_less(two: Store, text: str) -> None:
    """A piece of a word, a name after @ that is no username, and nothing at all find nobody."""
    assert people.find(two, text) == []


def test_two_of_one_name_are_both_found(two: Store) -> None:
    """Who is meant is for the caller to ask; an exact name wins over a part of one."""
    people.admit(two, "telegram:1003", "guest", name="Ana Bob", username=None, at=NOW)
    assert [person.name for person in people.find(two, "ana")] == ["Ana Silva", "Ana Bob"]
    assert [person.name for person in people.find(two, "bob")] == ["Bob"]


def test_a_stranger_is_spoken_to_once(store: Store) -> None:
    """Of any number of messages, also at the same moment, one is answered."""
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(lambda _: strangers.meet(store, ANA, NOW), range(12)))
    assert sorted(told) == [False] * 11 + [True]
    assert [strangers.meet(store, BOB, NOW), strangers.meet(store, ANA, NOW + HOUR)] == [True, False]


def test_codes_are_looked_at_five_times_an_hour(store: Store) -> None:
    """The sixth try within an hour is not looked at; an hour after the first of them tries count anew."""
    assert [strangers.try_code(store, ANA, NOW + n * MINUTE) for n in range(7)] == [True] * 5 + [False] * 2
    assert strangers.try_code(store, BOB, NOW)
    assert strangers.try_code(store, ANA, NOW + HOUR - MINUTE) is False
    assert [strangers.try_code(store, ANA, NOW + HOUR) for _ in range(6)] == [True] * 5 + [False]


def test_a_try_does_not_count_as_the_one_sentence(store: Store) -> None:
    """Who began with a wrong code is still told once where they are."""
    strangers.try_code(store, ANA, NOW)
    assert [strangers.meet(store, ANA, NOW), strangers.meet(store, ANA, NOW)] == [True, False]
    strangers.forget(store, ANA)
    assert strangers.meet(store, ANA, NOW)


def _invited(store: Store, code: str, kind: str = "invitation") -> None:
    invitations.create(store, code, "resident", by=ANA, at=NOW, expires_at=NOW + HOUR, kind=kind)


def test_a_code_lets_one_person_in(store: Store) -> None:
    """Of many who try it at the same moment one is let in, and the terms say how."""
    _invited(store, "green-boat-7")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: invitations.redeem(store, "green-boat-7", f"telegram:{n}", NOW), range(8)))
    (used,) = [invitation for invitation in found if invitation]
    assert (used.role, used.created_by, used.kind, used.used_at) == ("resident", ANA, "invitation", NOW)
    assert used.used_by in {f"telegram:{n}" for n in range(8)}


def test_a_code_ends_at_its_hour(store: Store) -> None:
    """A moment before it still lets in; at the hour, and with another code, nobody comes in."""
    _invited(store, "one")
    _invited(store, "two")
    assert invitations.redeem(store, "one", BOB, NOW + HOUR) is None
    assert invitations.redeem(store, "three", BOB, NOW) is None
    assert invitations.redeem(store, " two ", BOB, NOW + HOUR - timedelta(microseconds=1))


def test_older_pairing_codes_end_with_a_new_start(store: Store) -> None:
    """Only the code printed last pairs; invitations go on."""
    for code, kind in (("old", "pairing"), ("friend", "invitation")):
        _invited(store, code, kind)
    assert invitations.retire_pairing(store, NOW) == 1
    assert invitations.redeem(store, "old", BOB, NOW) is None
    assert invitations.redeem(store, "friend", BOB, NOW)


def test_no_code_lies_in_the_file(store: Store) -> None:
    """Only the hash is stored."""
    _invited(store, "green-boat-7")
    store.close()
    content = b"".join(path.read_bytes() for path in store.path.parent.iterdir())
    assert b"green-boat-7" not in content
    with pytest.raises(StoreConstraint):
        _invited(store, "green-boat-7")


def test_a_notice_is_answered_once(store: Store) -> None:
    """The first answer stays; a notice that does not exist has none."""
    buttons = [{"label": "Approve", "effect": {"kind": "approve", "improvement": 4}}]
    number = notices.plan(store, kind="held", user=ANA, text="#4 waits", at=NOW, buttons=buttons, urgent=True)
    assert [notices.answer(store, number, label, NOW + MINUTE) for label in ("Approve", "Reject")] == [True, False]
    assert notices.answer(store, 99, "Approve", NOW) is False
    answered = notices.Notice(number, "held", ANA, "#4 waits", buttons, True, NOW, "Approve", NOW + MINUTE)
    assert (notices.get(store, number), notices.of_user(store, ANA), notices.get(store, 99)) == (
        answered,
        [answered],
        None,
    )


def test_a_fact_is_what_was_put_last(store: Store) -> None:
    """A new value takes the place of the old one."""
    for value in ("one", "two"):
        facts.put(store, "menu", value)
    assert (facts.get(store, "menu"), facts.get(store, "name")) == ("two", None)


def test_those_who_were_removed_are_known_as_such(store: Store) -> None:
    """Until they come back."""
    for user in ("ana", "bob"):
        people.admit(store, user, "guest", name=user, username=None, at=NOW)
        people.remove(store, user)
    people.admit(store, "ana", "guest", name="ana", username=None, at=NOW)
    assert [person.user for person in people.former(store)] == ["bob"]

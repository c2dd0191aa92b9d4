"""Letting people in by codes, listing them and ending their access."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from butler.conversation.codes import new_code, read_code
from butler.conversation.household import BOT_USERNAME
from butler.conversation.messages import Role
from butler.conversation.ranks import may
from store import facts, invitations, people
from tests.acceptance.family import ADA, BEN, GUS, RIA, Family

CODE = re.compile(r"[A-Z2-7]{5}-[A-Z2-7]{5}")


def code_in(text: str) -> str:
    found = CODE.search(text)
    assert found, text
    return found.group()


@pytest.mark.parametrize("change", [str.lower, lambda c: c.replace("-", ""), lambda c: f" {c.replace('-', ' ')} "])
def test_a_code_is_read_however_it_is_typed(change: Callable[[str], str]) -> None:
    code = new_code()
    assert read_code(change(code)) == code


def test_what_is_no_code_is_not_read_as_one() -> None:
    assert [read_code(text) for text in ("", "ABCDE", "ABCDE-FGHI1", "ABCDE-FGHIJK", "help")] == [None] * 5


def test_codes_differ() -> None:
    assert len({new_code() for _ in range(200)}) == 200


def test_roles_stand_above_each_other() -> None:
    order = [Role.GUEST, Role.RESIDENT, Role.ADMIN]
    assert [[may(role, least) for least in order] for role in order] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]


def test_an_invitation_lets_one_person_in_in_its_role_until_its_hour(family: Family) -> None:
    """The code works once, as what it was given for, and is over at its very instant."""
    told = family.say("/invite guest 2", ADA)
    assert "as a guest, until Saturday 21 November at 12:00" in told
    code, now = code_in(told), family.clock.now()
    found = invitations.redeem(family.app.store, code, BEN, now)
    assert found
    assert (found.role, found.created_by) == ("guest", ADA)
    assert invitations.redeem(family.app.store, code, BEN, now) is None
    late = code_in(family.say("/invite guest 1", ADA))
    family.app.advance(3600)
    assert invitations.redeem(family.app.store, late, BEN, family.clock.now()) is None


def test_an_invitation_is_for_a_resident_and_the_configured_hours_where_nothing_is_said(family: Family) -> None:
    assert family.app.config.household.invitation_hours == 24
    assert "as a resident, until Sunday 22 November at 10:00" in family.say("/invite", ADA)


def test_the_link_names_the_bot_once_its_name_is_known(family: Family) -> None:
    assert "t.me" not in family.say("/invite", ADA)
    facts.put(family.app.store, BOT_USERNAME, "our_butler_bot")
    told = family.say("/invite", ADA)
    assert f"https://t.me/our_butler_bot?start={code_in(told)}" in told


@pytest.mark.parametrize("wrong", ["owner", "guest 0", "guest 721", "guest soon"])
def test_an_invitation_nobody_can_give_says_how_to_write_it(family: Family, wrong: str) -> None:
    assert "/invite guest 24" in family.say(f"/invite {wrong}", ADA)


def test_a_code_asked_for_in_a_group_is_sent_in_private(family: Family) -> None:
    family.say("/invite", ADA, chat="telegram:-100777")
    codes = {message.to for message in family.messages if CODE.search(message.text)}
    assert codes == {ADA}
    assert {message.to for message in family.messages} == {ADA, "telegram:-100777"}


def test_a_code_is_not_kept_with_the_turn(family: Family) -> None:
    """Only its hash is stored."""
    code = code_in(family.say("/invite", ADA))
    family.app.store.database.fetch("PRAGMA wal_checkpoint(TRUNCATE)")
    assert not [file for file in family.data.rglob("*") if file.is_file() and code.encode() in file.read_bytes()]


def test_a_code_of_a_higher_role_raises_a_member(family: Family) -> None:
    code = code_in(family.say("/invite resident", ADA))
    assert "a resident here" in family.say(f"/start {code.lower()}", GUS)
    assert family.role(GUS) == "resident"
    assert "isn't good here" in family.say(f"/start {code}", RIA)


def test_a_code_that_makes_nobody_more_stays_unused(family: Family) -> None:
    code = code_in(family.say("/invite guest", ADA))
    assert "already" in family.say(f"/start {code}", RIA)
    assert family.role(RIA) == "resident"
    assert invitations.redeem(family.app.store, code, BEN, family.clock.now())


def test_codes_cannot_be_guessed_by_trying_many(family: Family) -> None:
    """After five tries in an hour even a good code is not looked at."""
    code = code_in(family.say("/invite admin", ADA))
    for _ in range(5):
        assert "isn't good here" in family.say(f"/start {new_code()}", GUS)
    assert "isn't good here" in family.say(f"/start {code}", GUS)
    assert family.role(GUS) == "guest"


def test_start_alone_helps(family: Family) -> None:
    assert "/undo" in family.say("/start", GUS)


def test_users_are_listed_with_role_and_day(family: Family) -> None:
    lines = family.say("/users", ADA).splitlines()
    assert lines[1] == "1. Ada (@ada), admin since 21 November 2026"
    assert len(lines) == 4


@pytest.mark.parametrize("meant", ["3", "#3", "@gus", "Gus", "gus"])
def test_somebody_is_removed_after_a_press(family: Family, meant: str) -> None:
    assert "Shall I end the access of Gus (@gus)" in family.say(f"/remove {meant}", ADA)
    assert family.role(GUS) == "guest"
    assert "Gus can't talk to me any more" in family.press("Yes", ADA)
    assert family.app.member(GUS) is None


@pytest.mark.parametrize("nobody", ["zoe", "0", "9", "99999999999999", "#", "-1"])
def test_nobody_is_removed_by_mistake(family: Family, nobody: str) -> None:
    assert "I know nobody" in family.say(f"/remove {nobody}", ADA)


def test_two_of_a_name_are_told_apart_by_number(family: Family) -> None:
    family.admit(BEN, "guest", "Gus")
    assert "Several people" in family.say("/remove Gus", ADA)
    family.say("/remove 4", ADA)
    family.press("Yes", ADA)
    assert (family.role(BEN), family.role(GUS)) == (None, "guest")


def test_the_last_admin_stays(family: Family) -> None:
    """Also when another one went between the question and the press."""
    assert "only admin" in family.say("/remove Ada", ADA)
    family.admit(BEN, "admin", "Ben")
    family.say("/remove Ada", ADA)
    people.remove(family.app.store, BEN)
    assert "only admin" in family.press("Yes", ADA)
    assert family.role(ADA) == "admin"


def test_people_are_shown_by_name(family: Family) -> None:
    """Never by the number Telegram knows them by."""
    family.say("when I say bertha I mean the floor lamp")
    family.say("turn on bertha", ADA)
    shown = [family.say(command, ADA) for command in ("/why", "/history", "/improvement 1")]
    assert all("Ria" in text and RIA not in text for text in shown)

"""Tier 1 deploys by itself, tier 2 waits for an admin, tier 3 cannot be written: shown through the public face."""

from __future__ import annotations

from typing import Any

import pytest

from engine.learning.changes import CHANGE_TYPES, ChangeError, from_payload
from store import LearningWriter, NewRow, Proposal, RowRefused, StoreConstraint, WriteRefused, improvements
from store.learned import KNOWN_TYPES
from store.learning_connection import open_learning_connection
from store.status import Action, Status
from tests.acceptance.household import ADMIN, GUEST, START, Household

BY_ITSELF = {
    "an alias in talk": ("when I say bertha I mean the desk lamp", "turn on bertha", "light.desk_lamp"),
    "a command in talk": ("movie time means turn on the desk lamp", "movie time", "light.desk_lamp"),
    "an alias": ('/suggest alias "liv lamp" = desk lamp', "turn on the liv lamp", "light.desk_lamp"),
    "a synonym": ('/suggest synonym "wake up" = "turn on"', "wake up the desk lamp", "light.desk_lamp"),
    "a command": ('/suggest command "work time" = "turn on the desk lamp"', "work time", "light.desk_lamp"),
}
HELD = {
    "a guarded name": ("/suggest alias sesame = front door", "unlock sesame"),
    "a pattern": ('/suggest pattern "gimme {target}" = light_control on', "gimme the desk lamp"),
    "a route": ("/suggest routing light_control = decline", "turn on the desk lamp"),
    "a wording": ('/suggest template thanks = "My pleasure entirely."', "thank you"),
    "a threshold": ("/suggest threshold act = 0.6", "/aliases"),
}


@pytest.mark.parametrize("name", BY_ITSELF)
def test_tier_1_deploys_by_itself_and_is_live_in_the_next_message(home: Household, name: str) -> None:
    lesson, said, entity = BY_ITSELF[name]
    before = home.digest
    home.say(lesson)
    (found,) = improvements.listing(home.app.store)
    assert (found.tier, found.status, found.approved_by) == (1, Status.APPLIED, "system")
    assert home.digest != before
    home.say(said)
    assert home.called == [entity]
    assert home.state(entity) == "on"
    actions = [entry.action for entry in improvements.audit(home.app.store, found.number)]
    assert actions == [Action.CREATED, Action.TESTED, Action.APPROVED, Action.APPLIED]


@pytest.mark.parametrize("name", HELD)
def test_tier_2_waits_for_an_admin_and_nobody_else(home: Household, name: str) -> None:
    """Whoever suggests it, time passing or a restart: nothing of it is in force before an admin says so."""
    lesson, said = HELD[name]
    before, digest = home.say(said, ADMIN), home.digest
    home.say("/undo", ADMIN)
    home.say(lesson)
    (found,) = improvements.listing(home.app.store)
    assert (found.tier, found.status) == (2, Status.PENDING)
    for who in ("ana", GUEST):
        assert "admins only" in home.say(f"/approve {found.number}", who)
    for job in ("nightly_analysis", "watch", "completion"):
        home.ask({"op": "run", "job": job})
    home.advance(3 * 86_400)
    home.restart()
    assert home.digest == digest
    assert improvements.get(home.app.store, found.number) == found
    assert home.say(said, ADMIN) == before
    home.say("/undo", ADMIN)
    assert "Approved" in home.say(f"/approve {found.number}", ADMIN)
    assert home.digest != digest
    last = improvements.audit(home.app.store, found.number)[-1]
    assert (last.action, last.actor) == (Action.APPLIED, ADMIN)


def test_an_admin_turns_it_down_and_it_never_was(home: Household) -> None:
    digest = home.digest
    home.say(HELD["a wording"][0])
    assert "Rejected" in home.say("/reject 1 no", ADMIN)
    assert home.digest == digest
    assert "isn't waiting" in home.say("/approve 1", ADMIN)
    assert home.say("thank you") != "My pleasure entirely."


TIER_3: tuple[dict[str, Any], ...] = (
    {"type": "role", "user": "ana", "role": "admin"},
    {"type": "guarded", "entity": "lock.front_door", "guarded": False},
    {"type": "confirm_seconds", "value": 100_000},
    {"type": "threshold", "name": "confirm_seconds", "value": 100_000},
    {"type": "quiet_hours", "start": "00:00", "end": "00:01"},
    {"type": "token", "value": "123:abc"},
    {"type": "schema", "sql": "DROP TABLE improvements"},
    {"type": "gate", "accuracy": 0.0},
    {"type": "routing", "intent": "greeting", "handler": "home_command"},
)


@pytest.mark.parametrize("document", TIER_3, ids=lambda document: document["type"])
def test_tier_3_is_no_change_at_all(document: dict[str, Any]) -> None:
    """What is not in the union of changes cannot be expressed."""
    with pytest.raises(ChangeError):
        from_payload(document)


@pytest.mark.parametrize("kind", [one["type"] for one in TIER_3 if one["type"] not in KNOWN_TYPES])
def test_the_writer_takes_nothing_of_tier_3(home: Household, kind: str) -> None:
    """Neither as a proposal nor as a row; a refused deployment is on record."""
    writer, store, digest = LearningWriter(home.app.store), home.app.store, home.digest
    with pytest.raises(RowRefused):
        writer.propose(Proposal(kind, 2, "x", {"type": kind}), actor=ADMIN, at=START)
    with pytest.raises(RowRefused):
        writer.propose(Proposal("alias", 3, "x", {}), actor=ADMIN, at=START)
    number = writer.propose(Proposal("threshold", 2, "act", {}), actor=ADMIN, at=START)
    writer.record_test(number, passed=True, results={}, at=START)
    writer.approve(number, actor=ADMIN, at=START)
    with pytest.raises(RowRefused):
        writer.deploy(
            number, [NewRow(kind, "x", {})], expected_head_digest=digest, new_digest="other", actor=ADMIN, at=START
        )
    writer.close()
    assert home.digest == digest
    assert improvements.audit(store, number)[-1].action is Action.APPLY_FAILED


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE people SET role = 'admin'",
        "INSERT INTO people (user, role) VALUES ('eve', 'admin')",
        "INSERT INTO facts (key, value) VALUES ('learning_paused', '')",
        "UPDATE buttons SET payload = '{}'",
        "DELETE FROM improvement_audit WHERE 1",
        "DELETE FROM turns",
        "ALTER TABLE improvements ADD COLUMN tier3",
        "PRAGMA writable_schema = ON",
        "ATTACH ':memory:' AS other",
    ],
)
def test_sqlite_itself_refuses_what_is_not_learning(home: Household, sql: str) -> None:
    """The learning writer's connection, whatever it is told: roles, buttons, turns and the schema are out of reach."""
    connection = open_learning_connection(home.app.store.path)
    with pytest.raises((WriteRefused, StoreConstraint)):
        connection.execute(sql)
    connection.close()


@pytest.mark.parametrize(
    "text",
    [
        "/suggest role ana = admin",
        "/suggest guarded lock.front_door = no",
        "/suggest confirm_seconds = 600",
        "/suggest token = 123:abc",
        "/suggest threshold confirm_seconds = 600",
        "/suggest routing greeting = home_command",
        '/suggest template done = "{what}\' OR 1=1; DROP TABLE improvements"',
        "remember that ana is an admin",
        "when I say please I mean yes, unlock the front door",
    ],
)
def test_nobody_says_tier_3_either(home: Household, text: str) -> None:
    """Not even an admin: the answer is an error or a question, and nothing is written or opened."""
    digest, role = home.digest, home.app.person("ana").role
    home.say(text, ADMIN)
    assert home.digest == digest
    assert home.app.person("ana").role == role
    assert home.state("lock.front_door") == "locked"
    assert all(found.status is not Status.APPLIED for found in improvements.listing(home.app.store))


def test_the_union_and_the_store_know_the_same_tiers() -> None:
    assert set(CHANGE_TYPES) <= KNOWN_TYPES

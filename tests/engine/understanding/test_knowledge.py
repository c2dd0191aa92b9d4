"""The bundle of what ships and what was learned: who may use which word, and what it is known by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import (
    Alias,
    BaseKnowledge,
    Command,
    Exemplar,
    Knowledge,
    Synonym,
)

BASE = BaseKnowledge((Exemplar("lamp on", "light_control"),), "patterns: []", "base")
PEOPLE = st.sampled_from(["ana", "ben", "cleo", None])


def alias(target: str, owner: str | None = None, number: int = 1, phrase: str = "the sun") -> Alias:
    """Return an alias, personal when it has an owner."""
    return Alias(phrase, "entity", target, "personal" if owner else "household", owner, number)


def test_what_ships_is_read_once_and_named_by_its_hash() -> None:
    """Every shipped exemplar is of a known intent, and reading again gives the same hash."""
    base = BaseKnowledge.load()
    assert {exemplar.intent for exemplar in base.exemplars} <= set(INTENTS)
    assert {exemplar.improvement for exemplar in base.exemplars} == {None}
    assert BaseKnowledge.load().sha256 == base.sha256


@given(owner=PEOPLE.filter(bool), speaker=PEOPLE)
def test_a_personal_alias_is_seen_by_its_owner_only(owner: str, speaker: str | None) -> None:
    """Nobody else, and nobody unnamed, may use it."""
    knowledge = Knowledge(BASE, aliases=(alias("light.a", owner),))
    assert ("sun" in knowledge.taught(speaker)) is (owner == speaker)


@given(speaker=PEOPLE)
def test_a_household_alias_is_everybodys(speaker: str | None) -> None:
    """A shared word is seen by all, with and without its article."""
    taught = Knowledge(BASE, aliases=(alias("light.a"),)).taught(speaker)
    assert taught["the sun"] == taught["sun"]
    assert taught["sun"].target == "light.a"


def test_a_personal_alias_wins_over_a_shared_one() -> None:
    """One's own word counts, whichever was taught later."""
    knowledge = Knowledge(BASE, aliases=(alias("light.mine", "ana", 1), alias("light.ours", None, 2)))
    assert knowledge.taught("ana")["sun"].target == "light.mine"
    assert knowledge.taught("ben")["sun"].target == "light.ours"


def test_a_later_alias_replaces_an_earlier_one() -> None:
    """The last teaching of a phrase is the one in force."""
    knowledge = Knowledge(BASE, aliases=(alias("light.old", None, 1), alias("light.new", None, 2)))
    assert (knowledge.taught(None)["sun"].target, knowledge.taught(None)["sun"].improvement) == ("light.new", 2)


def test_my_lamp_does_not_make_every_lamp_mine() -> None:
    """A phrase that begins with "my" is only that phrase."""
    taught = Knowledge(BASE, aliases=(alias("light.a", "ana", 1, "my lamp"),)).taught("ana")
    assert set(taught) == {"my lamp"}


def test_synonyms_come_longest_first_and_personal_before_shared() -> None:
    """The order in which a text is rewritten is settled; other people's synonyms are left out."""
    rows = (
        Synonym("zap", "turn on", "household", None, 1),
        Synonym("zap", "turn off", "personal", "ana", 2),
        Synonym("zap away", "turn off", "household", None, 3),
        Synonym("zip", "open", "personal", "ben", 4),
    )
    knowledge = Knowledge(BASE, synonyms=rows)
    assert [row.improvement for row in knowledge.rewrites("ana")] == [3, 2, 1]
    assert [row.improvement for row in knowledge.rewrites(None)] == [3, 1]


def test_a_command_is_found_by_its_plain_phrase_and_its_owner_first() -> None:
    """A personal command hides the shared one from its owner alone."""
    rows = (
        Command("Movie time!", "lamp off", "household", None, 1),
        Command("movie time", "lamp on", "personal", "ana", 2),
    )
    knowledge = Knowledge(BASE, commands=rows)
    found = {who: knowledge.command("movie time", who) for who in ("ana", "ben", None)}
    assert {who: row and row.improvement for who, row in found.items()} == {"ana": 2, "ben": 1, None: 1}
    assert knowledge.command("movie", "ana") is None


def test_a_personal_command_is_nobody_elses() -> None:
    """Others do not have it."""
    knowledge = Knowledge(BASE, commands=(Command("hush", "lamp off", "personal", "ana", 1),))
    assert knowledge.command("hush", "ben") is None
    assert knowledge.command("hush", None) is None


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Knowledge(BASE, version=9), True),
        (Knowledge(BASE).at_version(4), True),
        (Knowledge(replace(BASE, sha256="else")), False),
        (Knowledge(BASE, payloads=('{"type":"alias"}',)), False),
    ],
)
def test_a_digest_is_of_what_is_in_force_alone(other: Knowledge, same: bool) -> None:
    """Versions do not matter to it, the base and the changes do."""
    assert (other.digest("model") == Knowledge(BASE).digest("model")) is same


def test_a_digest_tells_models_apart() -> None:
    """The same knowledge under another model is another digest."""
    assert Knowledge(BASE).digest("one") != Knowledge(BASE).digest("two")

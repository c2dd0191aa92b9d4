"""One change more or less is folded the short way, and comes to what folding everything afresh comes to."""

from __future__ import annotations

import random
from dataclasses import fields

import pytest

from engine.learning.changes import AliasChange, Change, CommandChange, ExemplarChange, SynonymChange, ThresholdChange
from engine.learning.fold import ActiveChange, fold, in_order, without
from engine.learning.refold import refolded
from engine.understanding.knowledge import BaseKnowledge, Exemplar, Knowledge, Ownership

BASE = BaseKnowledge((Exemplar("turn on the lamp", "light_control"),), "", "base")
PEOPLE = (None, "ana", "ben")


def some_change(chance: random.Random) -> Change:
    owner = chance.choice(PEOPLE)
    scope: Ownership = "personal" if owner else "household"
    phrase = f"{chance.choice(('the ', 'my ', ''))}word{chance.randrange(12)}"
    kind = chance.randrange(12)
    if kind == 0:
        return ThresholdChange("act", 0.6)
    if kind < 3:
        return ExemplarChange(phrase, "light_control")
    if kind < 5:
        return SynonymChange(phrase, "turn on", scope, owner)
    if kind < 7:
        return CommandChange(phrase, "turn on the lamp", scope, owner)
    return AliasChange(phrase, "entity", f"light.{chance.randrange(3)}", scope, owner)


def same(one: Knowledge, other: Knowledge) -> bool:
    facts = all(getattr(one, field.name) == getattr(other, field.name) for field in fields(Knowledge) if field.compare)
    names = all(dict(one.taught(person)) == dict(other.taught(person)) for person in (*PEOPLE, "cara"))
    return facts and names and one.digest("model") == other.digest("model")


@pytest.mark.parametrize("seed", range(20))
def test_the_short_way_comes_to_what_the_long_way_comes_to(seed: int) -> None:
    """Names, wordings, commands, examples and rules come and go in any order, with words that stand for several."""
    chance = random.Random(seed)
    active: tuple[ActiveChange, ...] = ()
    known, short_ways = fold(BASE, active), 0
    for version in range(1, 80):
        if active and chance.random() < 0.4:
            gone = chance.choice(active)
            after = tuple(one for one in active if one is not gone)
        else:
            free = sorted({*range(1, 100)} - {one.number for one in active})
            more = ActiveChange(chance.choice(free), some_change(chance))
            after = tuple(sorted((*active, more), key=lambda one: one.number))
        short = refolded(known, active, after, version)
        long = fold(BASE, after, version=version)
        if short is not None:
            short_ways += 1
            assert same(short, long)
        active, known = after, short or long
    assert short_ways > 20


def test_two_changes_at_once_are_folded_the_long_way() -> None:
    """Where more than one change came, nothing is guessed."""
    both = tuple(ActiveChange(n, AliasChange(f"word{n}", "entity", "light.a")) for n in (1, 2))
    assert refolded(fold(BASE, ()), (), both, 1) is None


def test_of_two_meanings_the_older_is_back_when_the_newer_goes() -> None:
    """Taking back a word that replaced another one gives the other its meaning again."""
    older, newer = (ActiveChange(n, AliasChange("box", "entity", f"light.{n}")) for n in (1, 2))
    known = fold(BASE, (older, newer))
    found = refolded(known, (older, newer), (older,), 2) or fold(BASE, (older,), near=known)
    assert [alias.target for alias in found.aliases] == ["light.1"]
    assert found.taught(None)["box"].target == "light.1"


@pytest.mark.parametrize("gone", [{7}, {1, 2, 40}, {99}, set(range(5, 30))], ids=["one", "ends", "none", "many"])
def test_taking_improvements_out_leaves_all_others_in_their_order(gone: set[int]) -> None:
    """Also where an improvement brought several changes, or none that is in force."""
    brought = [
        ActiveChange(n, AliasChange(f"word{n}{part}", "entity", "light.a")) for n in range(1, 41) for part in "ab"
    ]
    active = in_order(brought)
    assert without(active, frozenset(gone)) == tuple(one for one in active if one.number not in gone)

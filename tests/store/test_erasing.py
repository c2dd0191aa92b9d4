"""Somebody who leaves becomes a number: their words and talk go, what is shared stays, others are not touched."""

import pytest

from store import (
    LearningWriter,
    Proposal,
    Store,
    active_rows,
    buttons,
    dialogue,
    erasing,
    facts,
    head,
    improvements,
    inbox,
    notices,
    outbox,
    people,
    traces,
    turns,
)
from tests.store.conftest import NOW
from tests.store.leaving_scene import ANA, BOB, SECRETS, erase, live_in


@pytest.fixture
def lived_in(store: Store, writer: LearningWriter) -> Store:
    """Return a store in which two people lived."""
    return live_in(store, writer)


def test_nothing_of_them_is_left_in_any_file(lived_in: Store, writer: LearningWriter) -> None:
    """Neither id, name nor words lie in the store, its log or beside it: not even while it is open."""
    content = b"".join(path.read_bytes() for path in lived_in.path.parent.iterdir())
    assert all(secret in content for secret in SECRETS)
    erase(lived_in, writer)
    for path in lived_in.path.parent.iterdir():
        found = path.read_bytes().lower()
        assert [secret for secret in SECRETS if secret.lower() in found] == [], path.name


def test_they_become_a_number(lived_in: Store, writer: LearningWriter) -> None:
    """The number is a person nobody can talk as; turns are still counted and the audit still has an actor."""
    name = erase(lived_in, writer)
    assert name == "person-1"
    assert (people.get(lived_in, ANA, anyone=True), people.get(lived_in, name)) == (None, None)
    assert people.name_of(lived_in, name) == "person 1"
    assert [turn.user for turn in turns.recent(lived_in, 9)] == [name, name, BOB, BOB]
    assert [turn.chat for turn in turns.recent(lived_in, 2, until=2)] == [name, "telegram:-5"]
    assert {entry.actor for entry in improvements.audit(lived_in, 1)} == {name, "system"}
    assert erasing.unfinished(lived_in) == []


def test_what_is_shared_stays_without_their_sentence(lived_in: Store, writer: LearningWriter) -> None:
    """The household's word is still in force and still passed its test; its teacher is a number."""
    before, before_head = active_rows(lived_in), head(lived_in)
    name = erase(lived_in, writer)
    shared = improvements.get(lived_in, 2)
    assert shared is not None
    assert (shared.rationale, shared.submitted_by, shared.target) == (None, name, "our lamp")
    assert (shared.shadow_test_passed, shared.proposed_value["phrase"]) == (True, "our lamp")
    assert active_rows(lived_in) == [row for row in before if row.owner != ANA]
    assert head(lived_in).version == before_head.version + 1


def test_their_own_words_are_taken_out_of_the_improvement(lived_in: Store, writer: LearningWriter) -> None:
    """The number and the dates stay; what was learned, why, and how it was tested do not; it cannot come back."""
    erase(lived_in, writer)
    own = improvements.get(lived_in, 1)
    assert own is not None
    assert (own.target, own.proposed_value, own.rationale, own.shadow_test_results) == (
        "",
        {"erased": True},
        None,
        None,
    )
    assert (own.number, own.applied_at) == (1, NOW)
    assert {str(entry.details) for entry in improvements.audit(lived_in, 1)} == {"{'erased': True}", "None"}


def test_a_proposal_of_their_own_that_never_was_in_force_goes_too(store: Store, writer: LearningWriter) -> None:
    """Pending and rejected words of one's own are erased, shared proposals only lose their reason."""
    own = {"type": "alias", "phrase": "xylo", "target": "light.x", "scope": "personal", "owner": ANA}
    for value in (own, {**own, "scope": "household", "owner": None}):
        writer.propose(Proposal("alias", 1, "xylo", value, rationale="because", submitted_by=ANA), actor=ANA, at=NOW)
    assert writer.erase(ANA, "person-1") == (1,)
    erased, shared = improvements.get(store, 1), improvements.get(store, 2)
    assert erased is not None
    assert shared is not None
    assert (erased.proposed_value, shared.target, shared.rationale) == ({"erased": True}, "xylo", None)


def test_nobody_else_is_touched(lived_in: Store, writer: LearningWriter) -> None:
    """Bob's words, turns, traces, buttons, dialogue and messages are what they were."""
    before = all_of_bob(lived_in)
    erase(lived_in, writer)
    assert all_of_bob(lived_in) == before


def all_of_bob(store: Store) -> list[object]:
    return [
        turns.get(store, 3),
        traces.by_turn(store, 3),
        dialogue.load(store, BOB, BOB),
        buttons.get(store, "t3b0"),
        notices.get(store, 3),
        inbox.get(store, 3),
        outbox.of_message(store, "t3m0"),
        improvements.get(store, 3),
        improvements.audit(store, 3),
        facts.get(store, "menu"),
    ]


def test_what_others_were_told_of_them_names_the_number(lived_in: Store, writer: LearningWriter) -> None:
    """A notice and an answer that named them read on; a command that named them too."""
    erase(lived_in, writer)
    assert [notice.text for notice in notices.of_user(lived_in, BOB)][1:] == ["person 1 (person 1) is in now"]
    told = turns.get(lived_in, 4)
    assert told is not None
    assert (told.reply["text"], told.text) == ("1. person 1, resident\n2. Bob", "/remove person 1")

"""Who leaves is taken out of the evidence too: signals, what the watch saw, verdicts, and where a test quoted them."""

from dataclasses import replace
from typing import Any

import pytest

from store import (
    LearningWriter,
    NewRow,
    Proposal,
    Store,
    belongings,
    erasing,
    head,
    improvements,
    observations,
    people,
    reviews,
    signals,
    turns,
)
from store.observations import Observation
from store.own_words import OwnWords
from store.signals import NewSignal, SignalType
from tests.store.conftest import NOW

ANA, BOB = "telegram:4711001", "telegram:4711002"
SAID, BOBS = "xylo on please", "the bertha on"
MEANT = {"intent": "light_control", "slots": {"item": "xylo"}, "targets": ["light.x"]}


def _turn(store: Store, user: str, text: str, **more: Any) -> int:
    said = turns.NewTurn(user, user, NOW, text, interpretation=MEANT, previous=MEANT, outcome="acted", role="resident")
    number = turns.append(store, replace(said, **more))
    turns.judge(store, number, "corrected", MEANT)
    return number


def _signal(turn: int, user: str, text: str, of_turn: int, *, expected: Any = MEANT) -> NewSignal:
    return NewSignal(
        SignalType.CORRECTION, text, user, turn, NOW, expected, expected, {"of_turn": of_turn, "mention": text}
    )


@pytest.fixture
def evident(store: Store, writer: LearningWriter) -> Store:
    """Give a store in which two people's turns gave evidence for an improvement that both are watched for."""
    people.admit(store, ANA, "resident", name="Zsazsa", username="zsazsagabor", at=NOW)
    people.admit(store, BOB, "admin", name="Bob", username=None, at=NOW)
    hers, his = _turn(store, ANA, SAID), _turn(store, BOB, BOBS)
    ids = signals.add(
        store, [_signal(hers, ANA, SAID, hers), _signal(his, BOB, BOBS, his), _signal(9, BOB, BOBS, hers)]
    )
    for number, evidence in ((1, ids[:2]), (2, ids[1:2])):
        value = {"type": "alias", "phrase": "the bertha", "target": "light.x", "scope": "household", "owner": None}
        reason = f"said like “{SAID if number == 1 else BOBS}”"
        proposed = Proposal("alias", 1, "the bertha", value, rationale=reason, signal_ids=evidence)
        writer.propose(proposed, actor="system", at=NOW)
        cases = [{"id": "g-1", "text": "lamp on"}, {"id": "turn-1", "text": SAID.upper() if number == 1 else BOBS}]
        writer.record_test(number, passed=True, results={"cases": cases}, at=NOW)
        writer.approve(number, actor="system", at=NOW)
        before = head(store).digest
        row = NewRow("alias", "the bertha", {"target": "light.x"})
        after = f"{before}+{number}"
        writer.deploy(number, [row], expected_head_digest=before, new_digest=after, actor="system", at=NOW)
    signals.mark(store, ids[1:2], 2)
    observations.add(store, [Observation(1, hers, NOW, without=MEANT), Observation(1, his, NOW, without=MEANT)])
    observations.settle(store, hers, "R", NOW)
    reviews.close(store, ids[0], "closed", ANA, NOW)
    return store


def _erase(store: Store, writer: LearningWriter) -> None:
    name = erasing.begin(store, ANA, at=NOW)
    assert writer.erase(ANA, name) == ()
    erasing.erase(store, ANA, name)


def test_nothing_of_theirs_is_left_in_any_file(evident: Store, writer: LearningWriter) -> None:
    """Neither their id nor their sentence lies in the store or beside it."""
    secrets = (ANA.encode(), SAID.encode())
    content = b"".join(path.read_bytes() for path in evident.path.parent.iterdir())
    assert all(secret in content for secret in secrets)
    _erase(evident, writer)
    for path in evident.path.parent.iterdir():
        found = path.read_bytes().lower()
        assert [secret for secret in secrets if secret.lower() in found] == [], path.name


def test_their_evidence_is_empty_and_counts_no_more(evident: Store, writer: LearningWriter) -> None:
    """Its kind, turn and date stay; what others said of their turn goes too; what others said of their own stays."""
    his = signals.of_turn(evident, 2)
    _erase(evident, writer)
    for turn in (1, 9):
        (found,) = signals.of_turn(evident, turn)
        assert (found.utterance, found.context, found.expected, found.actual) == ("", {}, None, None)
        assert (found.speaker, found.processed, found.created_at) == ("person-1", True, NOW)
    assert signals.of_turn(evident, 2) == his
    assert signals.since(evident, NOW) == []


def test_what_came_of_a_turn_stays_and_what_it_was_goes(evident: Store, writer: LearningWriter) -> None:
    """The watch decides as before; a verdict and role are no words."""
    before = observations.counts(evident, 1)
    _erase(evident, writer)
    assert observations.counts(evident, 1) == before
    hers, his = observations.of_improvement(evident, 1)
    assert (hers.without, hers.outcome, his.without) == (None, "R", MEANT)
    turn, other = turns.get(evident, 1), turns.get(evident, 2)
    assert turn is not None
    assert other is not None
    assert (turn.meant, turn.previous, turn.verdict, turn.role) == (None, None, "corrected", "resident")
    assert (other.meant, other.previous) == (MEANT, MEANT)
    closed = reviews.get(evident, "sig-1-correction")
    assert closed is not None
    assert closed.by == "person-1"


def test_reasons_and_tests_that_quote_them_lose_the_quote(evident: Store, writer: LearningWriter) -> None:
    """What was learned stays, by the same digest; an improvement that rests on others is what it was."""
    before, untouched = head(evident), (improvements.get(evident, 2), improvements.audit(evident, 2))
    _erase(evident, writer)
    found = improvements.get(evident, 1)
    assert found is not None
    assert (found.rationale, found.proposed_value["phrase"], found.status) == (None, "the bertha", "applied")
    assert found.shadow_test_results == {"cases": [{"id": "g-1", "text": "lamp on"}, {"id": "turn-1", "text": ""}]}
    assert [entry.details for entry in improvements.audit(evident, 1) if entry.action == "tested"] == [{"erased": True}]
    assert head(evident) == before
    assert (improvements.get(evident, 2), improvements.audit(evident, 2)) == untouched


def test_a_signal_that_names_them_by_id_says_nothing_any_more(evident: Store, writer: LearningWriter) -> None:
    """Others keep who they are; a signal is blanked, never rewritten."""
    signals.add(evident, [_signal(20, BOB, "tell @ZsazsaGabor", 19), _signal(21, BOB, "tell Bob", 19)])
    _erase(evident, writer)
    (named,), (other,) = signals.of_turn(evident, 20), signals.of_turn(evident, 21)
    assert (named.utterance, named.expected, named.speaker, named.processed) == ("", None, BOB, True)
    assert (other.utterance, other.processed) == ("tell Bob", False)


def test_erasing_may_be_done_again(evident: Store, writer: LearningWriter) -> None:
    """A second time changes nothing."""
    _erase(evident, writer)
    tables = evident.database.get_tables()
    before = [evident.database.fetch(f"SELECT * FROM {table}") for table in tables]
    writer.erase(ANA, "person-1")
    erasing.erase(evident, ANA, "person-1")
    assert [evident.database.fetch(f"SELECT * FROM {table}") for table in tables] == before


def test_a_person_reads_their_own_evidence(evident: Store) -> None:
    """Their signals, what the watch saw of their turns, verdicts and what they closed; nobody else's."""
    found = belongings.of_person(evident, ANA)
    assert [(row["id"], row["expected_outcome"]) for row in found["signals"]] == [("sig-1-correction", MEANT)]
    assert [(row["improvement"], row["turn"], row["outcome"]) for row in found["watched"]] == [(1, 1, "R")]
    assert [row["key"] for row in found["reviewed"]] == ["sig-1-correction"]
    assert [(row["verdict"], row["meant"], row["previous"]) for row in found["turns"]] == [("corrected", MEANT, MEANT)]
    assert [row["key"] for row in belongings.of_person(evident, BOB)["reviewed"]] == []


@pytest.mark.parametrize(
    ("value", "after"),
    [
        ({"text": "Xylo  on!"}, {"text": ""}),
        ({"word": "xylo on"}, {"word": "xylo on"}),
        (["it was “xylo on”, twice", 3], ["", 3]),
        ('as "Xylo on." went', ""),
        ("the xylo on the shelf", "the xylo on the shelf"),
        ({"utterance": ["xylo on", "lamp on"]}, {"utterance": ["", "lamp on"]}),
        (None, None),
    ],
)
def test_own_words_are_found_as_sentences_and_quotes(value: Any, after: Any) -> None:
    """A sentence of its own or one in quotation marks is theirs; a word inside of another text is not."""
    words = OwnWords.of(["xylo on", None, ""])
    assert words.without(value) == after
    assert words.are_in(value) == (value != after)
    assert not OwnWords.of([]).are_in(value)

"""Whose corrections had to be put right again and again is believed no more, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.learning.changes import ExemplarChange, to_payload, to_row
from engine.learning.trust import doubted
from store import LearningWriter, Proposal, Store, head, signals
from store.signals import NewSignal, SignalType
from tests.engine.learning.conftest import AT


@pytest.fixture
def writer(store: Store) -> Iterator[LearningWriter]:
    opened = LearningWriter(store)
    yield opened
    opened.close()


def learned(store: Store, writer: LearningWriter, turn: int, *people: str, back: str | None = None) -> None:
    """Let what people pressed for go live, and be taken back by somebody."""
    change = ExemplarChange(f"saying {turn}", "list_add")
    meant = {"intent": "list_add", "slots": {}, "targets": []}
    context = {"evidence": "correction", "pressed": True, "of_turn": turn}
    told = [
        NewSignal(SignalType.CORRECTION, change.text, who, turn * 10 + at, AT, meant, {}, context)
        for at, who in enumerate(people)
    ]
    ids = signals.add(store, told)
    number = writer.propose(Proposal("exemplar", 1, change.text, to_payload(change), signal_ids=ids), actor="x", at=AT)
    writer.record_test(number, passed=True, results={}, at=AT)
    writer.approve(number, actor="system", at=AT)
    over, then = head(store).digest, f"with {number}"
    writer.deploy(number, [to_row(change)], expected_head_digest=over, new_digest=then, actor="system", at=AT)
    if back is not None:
        writer.roll_back(number, expected_head_digest=then, new_digest=over, actor=back, reason="wrong", at=AT)


def test_who_was_put_right_twice_is_doubted_for_ninety_days(store: Store, writer: LearningWriter) -> None:
    learned(store, writer, 1, "eve", back="system")
    assert doubted(store, AT) == frozenset()
    learned(store, writer, 2, "eve", back="system")
    assert doubted(store, AT) == {"eve"}
    assert doubted(store, AT + timedelta(days=91)) == frozenset()


def test_who_was_right_far_more_often_is_not_doubted(store: Store, writer: LearningWriter) -> None:
    learned(store, writer, 1, "ana", back="system")
    learned(store, writer, 2, "ana", back="system")
    for turn in range(3, 21):
        learned(store, writer, turn, "ana")
    assert doubted(store, AT) == {"ana"}
    learned(store, writer, 21, "ana")
    assert doubted(store, AT) == frozenset()


def test_nobody_is_doubted_for_what_several_agreed_on_or_a_person_took_back(
    store: Store, writer: LearningWriter
) -> None:
    for turn in range(1, 4):
        learned(store, writer, turn, "ana", "ben", back="system")
        learned(store, writer, turn + 10, "cleo", back="cleo")
    assert doubted(store, AT) == frozenset()

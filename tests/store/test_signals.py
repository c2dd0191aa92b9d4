"""Signals: recorded once, read oldest first, marked once, and never changed."""

from datetime import timedelta

import pytest

from store import Store, StoreConstraint, signals
from store.signals import NewSignal, SignalType
from tests.store.conftest import NOW

LABEL = {"intent": "light_control", "slots": {"action": "on"}, "targets": ["light.x"]}


def correction(turn: int, *, minutes: int = 0, evidence: str | None = "correction", speaker: str = "ana") -> NewSignal:
    """Return a correction as a turn gives it."""
    context = {"role": "resident", "chat": "c", "of_turn": turn - 1, "evidence": evidence, "pressed": False}
    at = NOW + timedelta(minutes=minutes)
    return NewSignal(SignalType.CORRECTION, "the bertha", speaker, turn, at, LABEL, None, context)


def test_a_signal_is_read_back_as_it_was_made(store: Store) -> None:
    """Its documents, person, turn and instant come back; it is processed by nobody yet."""
    (identifier,) = signals.add(store, [correction(7)])
    (found,) = signals.of_turn(store, 7)
    assert (found.id, identifier) == ("sig-7-correction-correction", "sig-7-correction-correction")
    assert (found.type, found.utterance, found.speaker, found.turn) == (SignalType.CORRECTION, "the bertha", "ana", 7)
    assert (found.expected, found.actual, found.created_at) == (LABEL, None, NOW)
    assert (found.context["of_turn"], found.processed, found.improvement) == (6, False, None)


def test_the_same_turn_looked_at_twice_gives_its_signals_once(store: Store) -> None:
    """A second recording changes nothing, whatever it says; another kind of evidence is a signal of its own."""
    fallback = NewSignal(SignalType.LLM_FALLBACK, "make it cosy", "ana", 7, NOW)
    first = signals.add(store, [correction(7), fallback])
    again = NewSignal(SignalType.LLM_FALLBACK, "other words", "bob", 7, NOW)
    assert signals.add(store, [correction(7), again]) == first
    signals.add(store, [correction(7, evidence="press")])
    assert [(one.id, one.utterance) for one in signals.of_turn(store, 7)] == [
        ("sig-7-correction-correction", "the bertha"),
        ("sig-7-correction-press", "the bertha"),
        ("sig-7-llm_fallback", "make it cosy"),
    ]
    counted = signals.counts(store)
    assert (counted[SignalType.CORRECTION], counted[SignalType.LLM_FALLBACK], counted[SignalType.FEEDBACK]) == (2, 1, 0)


def test_no_signals_are_no_transaction(store: Store) -> None:
    """Most turns give none, and pay nothing for it."""
    before = store.database.fetch("PRAGMA data_version")
    assert signals.add(store, []) == []
    signals.mark(store, [], 1)
    assert store.database.fetch("PRAGMA data_version") == before
    assert signals.since(store, NOW) == []


def test_signals_come_oldest_first_from_an_instant_on(store: Store) -> None:
    """The instant itself is included, and what a proposal used is left out unless asked for."""
    signals.add(store, [correction(n, minutes=m) for n, m in ((3, 2), (1, 1), (2, 1), (9, 0))])
    after = NOW + timedelta(minutes=1)
    assert [one.turn for one in signals.since(store, after)] == [1, 2, 3]
    signals.mark(store, ["sig-1-correction-correction"], 4)
    assert [one.turn for one in signals.since(store, after)] == [2, 3]
    assert [(one.turn, one.improvement) for one in signals.since(store, after, unprocessed=False)] == [
        (1, 4),
        (2, None),
        (3, None),
    ]


def test_a_signal_stays_with_the_first_improvement_that_used_it(store: Store) -> None:
    """Marking again, also by another improvement, changes nothing; unknown ids are passed over."""
    ids = signals.add(store, [correction(1), correction(2)])
    for number in (4, 4, 5):
        signals.mark(store, [*ids, "sig-404-feedback"], number)
    assert [one.id for one in signals.of_improvement(store, 4)] == ids
    assert signals.of_improvement(store, 5) == []


def test_signals_are_found_by_any_number_of_ids(store: Store) -> None:
    """More ids than a statement takes parameters at once, in any order and doubled, give each signal once."""
    ids = signals.add(store, [correction(n) for n in range(1, 1203)])
    found = signals.get(store, [*reversed(ids), *ids[:3], "sig-0-feedback"])
    assert [one.id for one in found] == ids


def test_a_lone_surrogate_is_stored(store: Store) -> None:
    """What UTF-8 cannot hold does not lose the evidence."""
    signals.add(store, [NewSignal(SignalType.FEEDBACK, "\ud800 lamp", "ana", 1, NOW, {"t": "\ud800"})])
    (found,) = signals.of_turn(store, 1)
    assert (found.utterance, found.expected) == ("\ufffd lamp", {"t": "\ud800"})


CHANGES = [
    "id = 'sig-9'",
    "signal_type = 'feedback'",
    "utterance = 'other words'",
    "context = '{}'",
    "expected_outcome = '{}'",
    "actual_outcome = '{}'",
    "speaker_id = 'bob'",
    "speaker_id = NULL",
    "speaker_id = 'person-1 or bob'",
    "turn = 9",
    "created_at = '2027'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_signal_never_changes(store: Store, change: str) -> None:
    """No connection can rewrite evidence."""
    signals.add(store, [correction(7)])
    before = signals.of_turn(store, 7)
    with pytest.raises(StoreConstraint, match="never changed"):
        store.database.fetch(f"UPDATE improvement_signals SET {change}")
    assert signals.of_turn(store, 7) == before

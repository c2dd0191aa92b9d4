"""Turns as evidence: what was said of them later, and the history that changes are tested against."""

from dataclasses import replace

import pytest

from store import Store, StoreConstraint, turns
from store.turns import NewTurn
from tests.store.conftest import NOW

MEANT = {"intent": "light_control", "slots": {}, "targets": ["light.x"]}
GOOD = NewTurn("ana", "c", NOW, "lamp on", interpretation={"intent": "light_control"}, outcome="acted", role="resident")


def test_what_learning_needs_of_a_turn_is_kept(store: Store) -> None:
    """The role, whether it may be learned from and what "it" spoke of come back; by default a turn may be."""
    number = turns.append(store, replace(GOOD, learnable=False, previous=MEANT))
    found = turns.get(store, number)
    assert found is not None
    assert (found.role, found.learnable, found.previous, found.verdict, found.meant) == (
        "resident",
        False,
        MEANT,
        None,
        None,
    )
    plain = turns.get(store, turns.append(store, NewTurn("ana", "c", NOW)))
    assert plain is not None
    assert (plain.role, plain.learnable, plain.previous) == (None, True, None)


def test_a_verdict_takes_the_place_of_the_one_before(store: Store) -> None:
    """With what was meant, or without; of an unknown turn there is nothing to say."""
    number = turns.append(store, GOOD)
    assert turns.judge(store, number, "corrected", MEANT)
    found = turns.get(store, number)
    assert found is not None
    assert (found.verdict, found.meant, found.text) == ("corrected", MEANT, "lamp on")
    assert turns.judge(store, number, "confirmed")
    found = turns.get(store, number)
    assert found is not None
    assert (found.verdict, found.meant) == ("confirmed", None)
    assert not turns.judge(store, 404, "accepted")


def test_a_verdict_or_role_nobody_knows_is_refused(store: Store) -> None:
    """Both are closed lists."""
    number = turns.append(store, GOOD)
    with pytest.raises(StoreConstraint):
        turns.judge(store, number, "liked")  # type: ignore[arg-type]
    with pytest.raises(StoreConstraint):
        turns.amend(store, number, role="king")


@pytest.mark.parametrize(
    "other",
    [
        replace(GOOD, text=None, press="t1b0"),
        replace(GOOD, interpretation=None),
        replace(GOOD, learnable=False),
        *(
            replace(GOOD, outcome=outcome)
            for outcome in (None, "begun", "asked", "refused", "not_understood", "lesson_live", "disputed", "failed")
        ),
    ],
)
def test_only_turns_that_were_understood_and_carried_out_are_history(store: Store, other: NewTurn) -> None:
    """Presses, what was not understood, outages, questions and lessons are left out."""
    turns.append(store, other)
    for outcome in ("acted", "answered", "confirmed"):
        turns.append(store, replace(GOOD, text=outcome, outcome=outcome))
    assert [turn.text for turn in turns.history(store)] == ["acted", "answered", "confirmed"]


def test_history_is_oldest_first_whatever_was_said_of_the_turns(store: Store) -> None:
    """Each is as it is read by itself, its verdict among the rest, but for what it did and answered."""
    deeds = {"snapshot": {"n": 1}, "calls": [{}], "prior_states": {"light.x": "off"}, "reply": [{}], "effect": {}}
    full = replace(GOOD, trace_id="t", knowledge_version=3, knowledge_digest="d", improvements=[4], previous=MEANT)
    numbers = [turns.append(store, replace(full, text=f"phrase {n}", **deeds)) for n in range(6)]
    for number, verdict in zip(numbers, turns.VERDICTS, strict=True):
        turns.judge(store, number, verdict, MEANT if verdict == "corrected" else None)
    found = [turns.get(store, number) for number in numbers]
    assert turns.history(store) == [replace(turn, **dict.fromkeys(deeds)) for turn in found if turn]
    assert [turn.verdict for turn in turns.history(store)] == list(turns.VERDICTS)


def test_a_phrase_counts_once_a_person_as_it_went_last(store: Store) -> None:
    """Spelling of case, blanks and the stop at the end makes no other phrase; another person does."""
    said = ["Lamp  ON", "lamp on.", "lamp off", "lamp on!"]
    for text in said:
        turns.append(store, replace(GOOD, text=text))
    turns.append(store, replace(GOOD, user="bob"))
    assert [(turn.user, turn.text) for turn in turns.history(store)] == [
        ("ana", "lamp off"),
        ("ana", "lamp on!"),
        ("bob", "lamp on"),
    ]


def test_history_is_cut_at_a_turn_and_a_length(store: Store) -> None:
    """The same number gives the same history, whatever came later; a limit keeps the newest."""
    for n in range(1, 9):
        turns.append(store, replace(GOOD, text=f"phrase {n}"))
    before = turns.history(store, until=5)
    assert [turn.number for turn in before] == [1, 2, 3, 4, 5]
    turns.append(store, replace(GOOD, text="phrase 2"))
    assert turns.history(store, until=5) == before
    assert [turn.number for turn in turns.history(store, 3, until=5)] == [3, 4, 5]


def test_history_reads_an_index_and_sorts_nothing(store: Store) -> None:
    """However many turns were no such turns, only those that count are looked at."""
    plan = store.database.fetch(f"EXPLAIN QUERY PLAN {turns.HISTORY_SQL}", (9, 9))
    assert [row[3] for row in plan] == ["SEARCH turns USING INDEX turns_history (number<?)"]

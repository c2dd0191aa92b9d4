"""What the store tells of words that were said before: whether they were doubted, and what may be offered instead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from engine.embedding import HashedEncoder
from engine.learning.documents import to_document
from engine.learning.doubts import Doubts
from engine.learning.signals import KEPT
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from store import Store, open_store, turns
from store.turns import NewTurn, Verdict
from tests.engine.learning.conftest import AT

COSY = "make it cosy in here"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def found(text: str, intent: str, stage: Stage = Stage.EXEMPLAR, *targets: str) -> Interpretation:
    return Interpretation(text, intent, 0.8, stage, targets=targets, disposition=Disposition.ACT)


def said(
    store: Store,
    text: str,
    intent: str,
    at: datetime,
    *,
    user: str = "ana",
    verdict: Verdict | None = None,
    meant: Interpretation | None = None,
    learnable: bool = True,
) -> int:
    document = to_document(found(text, intent))
    row = NewTurn(user, user, at, text=text, interpretation=document, outcome="acted", learnable=learnable)
    number = turns.append(store, row)
    if verdict is not None:
        turns.judge(store, number, verdict, to_document(meant) if meant else None)
    return number


def offered(store: Store, *, user: str = "ana", at: datetime = AT, stage: Stage = Stage.EXEMPLAR) -> list[str] | None:
    doubt = Doubts(store, HashedEncoder()).of(found(COSY, "climate_control", stage), COSY, (user, user), at)
    return None if doubt is None else [one.found.text for one in doubt.instead]


def before(**span: float) -> datetime:
    return AT - timedelta(**span)


DIM = found("dim the floor lamp", "light_control", Stage.PATTERN, "light.floor_lamp")
NOTE = found("note that ana wants a quilt", "note_add")


def test_nothing_was_said_before(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=1))
    assert offered(store) is None


def test_what_a_correction_named_is_offered_to_everybody(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=1), verdict="corrected", meant=DIM)
    assert offered(store) == ["dim the floor lamp"]
    assert offered(store, user="ben") == ["dim the floor lamp"]


def test_capitals_do_not_matter(store: Store) -> None:
    said(store, "Make it COSY in here", "climate_control", before(days=1), verdict="corrected", meant=DIM)
    assert offered(store) == ["dim the floor lamp"]


def test_its_words_are_shown_only_to_whom_and_where_they_were_said(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=1), verdict="corrected", meant=DIM)
    doubts = Doubts(store, HashedEncoder())
    own = []
    for who in (("ana", "ana"), ("ana", "family"), ("ben", "ana")):
        doubt = doubts.of(found(COSY, "climate_control"), COSY, who, AT)
        assert doubt is not None
        own.append([one.own for one in doubt.instead])
    assert own == [[True], [False], [False]]


def test_what_somebody_keeps_is_offered_to_nobody_else(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=1), verdict="corrected", meant=NOTE)
    assert offered(store) == [NOTE.text]
    assert offered(store, user="ben") == []


@pytest.mark.parametrize("verdict", ["undone", "disputed"])
def test_who_only_took_it_back_leaves_a_doubt_and_no_offer(store: Store, verdict: Verdict) -> None:
    said(store, COSY, "climate_control", before(days=1), verdict=verdict)
    assert offered(store) == []


def test_confirmed_words_are_not_doubted_any_more(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=2), verdict="corrected", meant=DIM)
    said(store, COSY, "climate_control", before(days=1), user="ben", verdict="confirmed")
    assert offered(store) is None


def test_what_was_understood_otherwise_then_says_nothing_of_now(store: Store) -> None:
    said(store, COSY, "media_control", before(days=1), verdict="corrected", meant=DIM)
    assert offered(store) is None


def test_patterns_do_not_guess(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=1), verdict="undone")
    assert offered(store, stage=Stage.PATTERN) is None


def test_evidence_ends_after_three_months(store: Store) -> None:
    said(store, COSY, "climate_control", AT - KEPT - timedelta(hours=1), verdict="undone")
    assert offered(store) is None


def test_what_nothing_may_be_learned_from_raises_no_doubt(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=1), verdict="undone", learnable=False)
    assert offered(store) is None


def test_of_several_the_latest_two_are_offered(store: Store) -> None:
    for number, one in enumerate(("light.a", "light.b", "light.b", "light.c")):
        meant = found(f"dim {one}", "light_control", Stage.PATTERN, one)
        said(store, COSY, "climate_control", before(days=9 - number), verdict="corrected", meant=meant)
    assert offered(store) == ["dim light.c", "dim light.b"]


def test_the_same_said_again_in_other_words_is_offered(store: Store) -> None:
    said(store, COSY, "climate_control", before(days=1))
    said(store, "cosy light in here please", "light_control", before(days=1) + timedelta(seconds=60))
    assert offered(store) == ["cosy light in here please"]


@pytest.mark.parametrize(
    ("text", "intent", "seconds", "user"),
    [
        ("cosy light in here please", "light_control", 121, "ana"),
        ("cosy light in here please", "light_control", 60, "ben"),
        ("make it very cosy in here", "climate_control", 60, "ana"),
        (COSY, "light_control", 60, "ana"),
        ("what is on the shopping list", "list_query", 60, "ana"),
        ("is it cosy in here now", "state_query", 60, "ana"),
        ("how cosy it is in here", "smalltalk", 60, "ana"),
    ],
)
def test_other_talk_is_no_doubt(store: Store, text: str, intent: str, seconds: int, user: str) -> None:
    """Too late, of somebody else, of the same kind, in the same words, of something else, only asked or told."""
    said(store, COSY, "climate_control", before(days=1))
    said(store, text, intent, before(days=1) + timedelta(seconds=seconds), user=user)
    assert offered(store) is None


def test_saying_it_in_other_words_again_and_again_does_not_prolong_the_asking(store: Store) -> None:
    asked = []
    for day in range(5):
        at = before(days=9 - day)
        said(store, COSY, "climate_control", at)
        said(store, "cosy light in here please", "light_control", at + timedelta(seconds=60))
        asked.append(offered(store) is not None)
    assert asked == [True, True, True, False, False]


def test_what_is_said_against_it_does(store: Store) -> None:
    for day in range(5):
        said(store, COSY, "climate_control", before(days=9 - day), verdict="undone")
    assert offered(store) == []


def test_the_search_goes_by_an_index(store: Store) -> None:
    """A year of talk must not be read at every guess."""
    sql = "EXPLAIN QUERY PLAN SELECT number FROM turns WHERE lower(text) IN (?, ?) AND interpretation IS NOT NULL"
    assert "turns_words" in str(store.database.fetch(sql, ("a", "b")))

"""What was learned of examples costs the next start neither a model nor a fit, and never changes what is understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from engine.embedding import HashedEncoder, VectorCache
from engine.embedding.port import Vectors
from engine.learning.changes import ExemplarChange
from engine.learning.fold import ActiveChange, fold
from engine.learning.kept import Kept
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.solution import KnownSolution
from store import LearningWriter, NewRow, Proposal, Store, vectors
from tests.engine.learning.conftest import AT

TEXTS = ["turn on the lamp", "dim the cosy corner", "brew up for us", "what time is it"]
LEARNED = (ActiveChange(1, ExemplarChange("brew up for the crew", "light_control")),)


class Counting(HashedEncoder):
    """An encoder that notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)


Start = Callable[..., Interpreter]


@pytest.fixture
def start(base: BaseKnowledge, store: Store, tmp_path: Path) -> Start:
    """Return what an interpreter is after a start, with what was kept at hand."""

    def begin(learned: tuple[ActiveChange, ...] = LEARNED) -> Interpreter:
        fresh = Interpreter.build(Knowledge(base), VectorCache(HashedEncoder()))
        return kept(store, tmp_path).handed(fresh).with_knowledge(fold(base, learned))

    return begin


def kept(store: Store, folder: Path, encoder: HashedEncoder | None = None) -> Kept:
    return Kept(store, VectorCache(encoder or HashedEncoder()), folder / "verdicts.json")


def scores(interpreter: Interpreter) -> list[float]:
    return [found.score for found in interpreter.classifier.predict_many(interpreter.encoder.encode(TEXTS), TEXTS)]


@pytest.mark.parametrize("count", [1, 40], ids=["as many as are edited", "as many as are fitted"])
def test_a_start_with_the_same_examples_fits_nothing_and_understands_the_same(
    count: int, start: Start, store: Store, tmp_path: Path
) -> None:
    learned = tuple(ActiveChange(n, ExemplarChange(f"brew up for crew {n}", "light_control")) for n in range(1, count))
    first = start((*LEARNED, *learned))
    assert first.classifier.inverse.factor.is_made
    kept(store, tmp_path).keep(first)
    second = start((*LEARNED, *learned))
    assert not second.classifier.inverse.factor.is_made
    assert scores(second) == pytest.approx(scores(first), abs=1e-5)
    assert second.classifier.key == first.classifier.key


def test_an_example_that_came_meanwhile_is_understood_as_without_what_was_kept(
    start: Start, store: Store, tmp_path: Path
) -> None:
    """Another example, another label of the same words or another λ are no reason to take what does not fit."""
    kept(store, tmp_path).keep(start())
    for learned in (
        (*LEARNED, ActiveChange(2, ExemplarChange("what hour have we got", "time_query"))),
        (ActiveChange(1, ExemplarChange("brew up for the crew", "time_query")),),
        (),
    ):
        found = start(learned)
        file = tmp_path / "solution.npz"
        hidden = file.rename(tmp_path / "hidden")
        assert scores(found) == pytest.approx(scores(start(learned)), abs=1e-6)
        hidden.rename(file)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04 and no more"])
def test_a_file_that_cannot_be_read_is_made_again(content: bytes, start: Start, store: Store, tmp_path: Path) -> None:
    first = start()
    kept(store, tmp_path).keep(first)
    (tmp_path / "solution.npz").write_bytes(content)
    second = start()
    assert scores(second) == pytest.approx(scores(first), abs=1e-6)
    kept(store, tmp_path).keep(second)
    assert not start().classifier.inverse.factor.is_made


def test_weights_that_are_no_numbers_are_not_taken(start: Start, store: Store, tmp_path: Path) -> None:
    first = start()
    kept(store, tmp_path).keep(first)
    file = tmp_path / "solution.npz"
    known = KnownSolution.load(first.encoder.id, file)
    assert known is not None
    for weights in (known.weights * float("nan"), known.weights[:, :1]):
        replace(known, weights=weights).save(file)
        assert scores(start()) == pytest.approx(scores(first), abs=1e-6)


def test_vectors_are_kept_with_the_solution(base: BaseKnowledge, store: Store, tmp_path: Path) -> None:
    """A start asks the model for nothing that was learned."""
    text = "brew up for the crew"
    teach(store, text)
    for asked in (True, False):
        counting = Counting()
        mine = Kept(store, VectorCache(counting), tmp_path / "verdicts.json")
        fresh = mine.handed(Interpreter.build(Knowledge(base), mine.encoder))
        mine.keep(fresh.with_knowledge(fold(base, LEARNED)))
        assert (text in counting.asked) is asked


def teach(store: Store, text: str) -> None:
    writer = LearningWriter(store)
    number = writer.propose(Proposal("exemplar", 1, text, {"text": text}), actor="system", at=AT)
    writer.record_test(number, passed=True, results={}, at=AT)
    writer.approve(number, actor="system", at=AT)
    row = NewRow("exemplar", text, {"intent": "light_control"})
    writer.deploy(number, [row], expected_head_digest="", new_digest="one", actor="system", at=AT)
    writer.close()


def test_nothing_is_kept_of_examples_that_are_gone(start: Start, store: Store, tmp_path: Path) -> None:
    taught = start()
    kept(store, tmp_path).keep(taught)
    kept(store, tmp_path).keep(taught.with_knowledge(fold(taught.knowledge.base, ())))
    assert not (tmp_path / "solution.npz").exists()


def test_a_store_that_takes_no_vectors_keeps_nobody_from_talking(start: Start, store: Store, tmp_path: Path) -> None:
    """A full disk costs the next start time, and no more."""
    taught = start()
    store.database.execute_sql("CREATE TRIGGER full BEFORE INSERT ON vectors BEGIN SELECT RAISE(ABORT, 'full'); END")
    mine = Kept(store, taught.encoder, tmp_path / "verdicts.json")
    mine.keep(taught)
    assert (tmp_path / "solution.npz").is_file()
    assert vectors.count(store, taught.encoder.id) == 0

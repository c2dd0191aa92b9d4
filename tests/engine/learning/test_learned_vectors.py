"""What was learned needs no embedding model at the next start."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from engine.embedding import HashedEncoder, VectorCache
from engine.embedding.port import Vectors
from engine.learning import learned_vectors
from store import LearningWriter, NewRow, Proposal, open_store

NOW = datetime(2026, 3, 14, 12, 0, tzinfo=UTC)
TEXT = "Make the cellar cosy!"


class Counting(HashedEncoder):
    """An encoder that notes what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return super().encode(texts)


def test_the_vector_of_a_learned_exemplar_is_the_same_after_a_start_and_costs_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "butler.db") as store:
        writer = LearningWriter(store)
        number = writer.propose(Proposal("exemplar", 1, TEXT, {"text": TEXT}), actor="system", at=NOW)
        writer.record_test(number, passed=True, results={}, at=NOW)
        writer.approve(number, actor="system", at=NOW)
        row = NewRow("exemplar", TEXT, {"intent": "light_control"})
        writer.deploy(number, [row], expected_head_digest="", new_digest="one", actor="system", at=NOW)
        writer.close()
        first, asked = VectorCache(Counting()), Counting()
        learned_vectors.keep(store, first, [TEXT])
        second = VectorCache(asked)
        learned_vectors.restore(store, second)
        assert second.encode([TEXT]).tobytes() == first.encode([TEXT]).tobytes()
        assert asked.asked == []

"""What is kept of an experience: the verdict on an earlier turn, and the signals that understanding fell short."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from engine.learning.documents import plain_json, to_document
from engine.learning.experience import Experience, Later, Saying
from store import turns
from store.database import Store
from store.turns import Verdict

_VERDICTS: Mapping[Saying, Verdict] = MappingProxyType(
    {
        Saying.CORRECTION: "corrected",
        Saying.UNDO: "undone",
        Saying.PRESS: "disputed",
        Saying.COMPLAINT: "disputed",
        Saying.PRAISE: "confirmed",
        Saying.REPHRASE: "rephrased",
    }
)


def record(store: Store, experience: Experience) -> None:
    """Keep what there is to learn from a turn, within the transaction that ends it."""
    if experience.later is not None:
        _judge(store, experience.later)


def _judge(store: Store, later: Later) -> None:
    verdict = _VERDICTS.get(later.saying)
    if verdict is not None:
        turns.judge(store, later.of_turn, verdict, plain_json(to_document(later.meant)) if later.meant else None)

"""Evidence as it would have been recorded, of turns that fell short."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.learning.analysis import analyse
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.changes import AliasChange, Change
from engine.learning.documents import to_document
from engine.learning.experience import meant_document
from engine.learning.history import HistoryTurn, essence
from store.signals import Signal, SignalType

AT = datetime(2026, 11, 2, 18, 0, tzinfo=UTC)
FLOOR_LAMP = "turn on the floor lamp"
WORD = AliasChange("zorblax", "entity", "light.floor_lamp")


class Said:
    """Makes the signals of turns as they would have been recorded."""

    def __init__(self, against: AnalysisGrounds) -> None:
        self.against = against
        self.turn = 0

    def wrong(
        self,
        text: str,
        meant: str | None = FLOOR_LAMP,
        *,
        by: str = "ana",
        day: int = 0,
        evidence: str = "correction",
        kind: SignalType = SignalType.ENTITY_FAIL,
        **more: Any,
    ) -> Signal:
        """Return the signal of a turn that fell short; without `meant` nobody said what it should have been."""
        self.turn += 1
        found = self.against.understand(text, by)
        expected = meant_document(self.against.understand(meant, by)) if meant else None
        context = {"role": "resident", "of_turn": self.turn, "evidence": evidence if meant else None, **more}
        actual = to_document(found) | {"outcome": "asked"}
        at = AT + timedelta(days=day, minutes=self.turn)
        name = f"sig-{self.turn}-{kind.value}-{evidence}"
        return Signal(name, kind, text, context, expected, actual, by, self.turn, at, processed=False, improvement=None)


def three(said: Said, text: str = "turn on the zorblax", **more: Any) -> list[Signal]:
    """Return the same shortfall from two people on three days."""
    return [said.wrong(text, by=who, day=day, **more) for day, who in enumerate(("ana", "ben", "ana"))]


def changes(signals: Sequence[Signal], against: AnalysisGrounds) -> list[Change]:
    return [draft.change for draft in analyse(signals, against).drafts]


def history(against: AnalysisGrounds, text: str, meant: str, *, by: str, day: int, number: int) -> HistoryTurn:
    found = against.understand(meant, by)
    return HistoryTurn(number, by, text, AT + timedelta(days=day), essence(found), ("act",))

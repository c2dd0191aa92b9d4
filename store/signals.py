"""Named reads and writes of signals: evidence that understanding fell short, which stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from store.database import Store
from store.fields import canonical_json, storable_text, utc_datetime, utc_text
from store.status import improvement_id, improvement_number

_AT_ONCE = 500  # parameters of one statement
_PAGE = 200  # read in a few milliseconds
_INSERT = (
    "INSERT INTO improvement_signals (id, signal_type, utterance, context, expected_outcome, actual_outcome, "
    "speaker_id, turn, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING"
)
_SELECT = (
    "SELECT id, signal_type, utterance, context, expected_outcome, actual_outcome, speaker_id, turn, created_at, "
    "processed, improvement_id FROM improvement_signals"
)
_MARK = "UPDATE improvement_signals SET processed = 1, improvement_id = ? WHERE id = ? AND improvement_id IS NULL"


def _go_on() -> None:
    return None


class SignalType(StrEnum):
    """The kinds of evidence."""

    LLM_FALLBACK = "llm_fallback"
    CORRECTION = "correction"
    ENTITY_FAIL = "entity_fail"
    LOW_CONFIDENCE = "low_confidence"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class NewSignal:
    """A signal as it is recorded; what was expected and what happened are JSON documents."""

    type: SignalType
    utterance: str
    speaker: str
    turn: int
    at: datetime
    expected: Any = None
    actual: Any = None
    context: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id, the same whenever the same turn is looked at again."""
        evidence = self.context.get("evidence")
        return f"sig-{self.turn}-{self.type}" + (f"-{evidence}" if evidence else "")


@dataclass(frozen=True)
class Signal:
    """A recorded signal; what a proposal used is processed and bears the improvement's number."""

    id: str
    type: SignalType
    utterance: str
    context: Mapping[str, Any]
    expected: Any
    actual: Any
    speaker: str | None
    turn: int | None
    created_at: datetime
    processed: bool
    improvement: int | None


def add(store: Store, signals: Sequence[NewSignal]) -> list[str]:
    """Record signals, each exactly once however often it comes, and return their ids."""
    if signals:
        with store.atomic():
            store.database.seam().cursor().executemany(_INSERT, [_values(signal) for signal in signals])
    return [signal.id for signal in signals]


def since(store: Store, at: datetime, *, unprocessed: bool = True, pause: Callable[[], None] = _go_on) -> list[Signal]:
    """Return the signals from an instant on, oldest first: those no proposal used, or all.

    There may be so many that it takes a second; `pause` is called now and then.
    """
    only = " AND processed = 0" if unprocessed else ""
    sql = f"{_SELECT} WHERE created_at >= ?{only} ORDER BY created_at, turn, id"
    found: list[Signal] = []
    rows = store.database.seam().execute(sql, (utc_text(at),))
    while page := rows.fetchmany(_PAGE):
        found += _signals(page)
        pause()
    return found


def get(store: Store, ids: Iterable[str]) -> list[Signal]:
    """Return signals by their ids, oldest first; unknown ids are left out."""
    wanted = sorted(set(ids))
    rows: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), _AT_ONCE):
        part = tuple(wanted[start : start + _AT_ONCE])
        rows += store.database.fetch(f"{_SELECT} WHERE id IN ({', '.join('?' * len(part))})", part)
    return sorted(_signals(rows), key=_age)


def of_turn(store: Store, turn: int) -> list[Signal]:
    """Return the signals a turn gave."""
    return _signals(store.database.fetch(f"{_SELECT} WHERE turn = ? ORDER BY id", (turn,)))


def of_improvement(store: Store, improvement: int) -> list[Signal]:
    """Return the signals that are marked with an improvement, oldest first."""
    sql = f"{_SELECT} WHERE improvement_id = ?"
    return sorted(_signals(store.database.fetch(sql, (improvement_id(improvement),))), key=_age)


def mark(store: Store, ids: Iterable[str], improvement: int) -> None:
    """Mark signals as used by an improvement; a signal stays with the first that used it."""
    values = [(improvement_id(improvement), signal) for signal in ids]
    if values:
        with store.atomic():
            store.database.seam().cursor().executemany(_MARK, values)


def counts(store: Store) -> dict[SignalType, int]:
    """Return how many signals of each kind are recorded."""
    rows = store.database.fetch("SELECT signal_type, count(*) FROM improvement_signals GROUP BY signal_type")
    found = dict(rows)
    return {kind: int(found.get(kind.value, 0)) for kind in SignalType}


def _values(signal: NewSignal) -> tuple[Any, ...]:
    return (
        signal.id,
        signal.type.value,
        storable_text(signal.utterance),
        canonical_json(signal.context) if signal.context else None,
        None if signal.expected is None else canonical_json(signal.expected),
        None if signal.actual is None else canonical_json(signal.actual),
        signal.speaker,
        signal.turn,
        utc_text(signal.at),
    )


def _signals(rows: Sequence[tuple[Any, ...]]) -> list[Signal]:
    # All documents as one: a night reads three of each of some ten thousand signals.
    texts = ",".join(text or "null" for row in rows for text in row[3:6])
    documents = iter(json.loads(f"[{texts}]"))
    return [
        Signal(
            row[0],
            SignalType(row[1]),
            row[2],
            next(documents) or {},
            next(documents),
            next(documents),
            row[6],
            row[7],
            utc_datetime(row[8]),
            bool(row[9]),
            improvement_number(row[10]) if row[10] else None,
        )
        for row in rows
    ]


def _age(signal: Signal) -> tuple[datetime, int, str]:
    return signal.created_at, signal.turn or 0, signal.id

"""What traces cost: a turn with and without them, one that is gathered, and reading a hundred thousand."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

from bench.living import Living
from bench.report import Figure, at_most
from engine.review.traces import StoredTraces, corrections, durations, outcomes
from store import open_store, traces
from store.trace_buffer import TraceBuffer
from store.traces import TraceEntry

MANY = 100_000
_ENTRY = TraceEntry(
    "turn-1",
    "understand",
    "pattern",
    datetime(2026, 3, 14, 12, tzinfo=UTC),
    decision="light_control",
    outcome="act",
    confidence=0.93,
    duration_ms=0.4,
    metadata={"targets": ["light.kitchen"], "used": [], "runners_up": [["switch_control", 0.02]]},
)


def tracing(home: Living, texts: Sequence[str]) -> list[Figure]:
    """Measure the same turns with and without traces by turns, and a store of a hundred thousand."""
    with_them, without = [], []
    for text in texts:
        with_them.append(_turn(home, text))
        # Where a turn's traces become rows, which is all that can be left out.
        with (
            patch("butler.conversation.recording.entries_of", lambda *_: []),
            patch("butler.conversation.recording.traces.append", lambda *_: None),
        ):
            without.append(_turn(home, text))
    apart = statistics.median(one - other for one, other in zip(with_them, without, strict=True))
    gathered, read = _store()
    return [
        at_most("a turn with traces / without, apart, processor time", apart, 1.0, "ms"),
        Figure("one trace of a job, gathered", f"{gathered * 1000:.1f} µs"),
        Figure(f"reading {MANY:,} traces, with three questions", f"{read:.1f} s"),
    ]


def _turn(home: Living, text: str) -> float:
    began = time.process_time()
    home.say(text)
    return (time.process_time() - began) * 1000


def _store() -> tuple[float, float]:
    """Return the milliseconds of handing over one trace, and the seconds of asking many three questions."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "butler.db") as store:
        with TraceBuffer(store) as buffer:
            began = time.perf_counter()
            for _ in range(5_000):
                buffer.write(_ENTRY)
            gathered = (time.perf_counter() - began) / 5_000 * 1000
        traces.append(store, [_ENTRY] * (MANY - 5_000))
        source = StoredTraces(store)
        began = time.perf_counter()
        if outcomes(source.stream())["light_control", "pattern"].count != MANY:
            raise RuntimeError("not every trace was read")
        durations(source.stream())
        list(corrections(source))
        return gathered, time.perf_counter() - began

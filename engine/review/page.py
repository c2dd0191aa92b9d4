"""A stretch of traces as detectors see it: in their order, with what is said in it of turns that may lie before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from engine.review.traces import Correction, Trace, TraceSource, corrections
from engine.review.vocabulary import said_in

SOON = timedelta(minutes=10).total_seconds()
"""How soon (seconds) after it was written down a change shows that a thought was misunderstood."""


@dataclass(frozen=True)
class Page:
    """Traces in their order; `source` knows the turns that they speak of."""

    traces: tuple[Trace, ...]
    source: TraceSource
    _turns: dict[int, tuple[Trace, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def stream(
        self, since_id: int = 0, until_id: int | None = None, *, stages: Collection[str] | None = None
    ) -> Iterator[Trace]:
        """Give its traces, oldest first; `stages` asks for those alone."""
        for trace in self.traces:
            within = trace.id > since_id and (until_id is None or trace.id <= until_id)
            if within and (stages is None or trace.stage in stages):
                yield trace

    def of_turn(self, turn: int) -> tuple[Trace, ...]:
        """Return the traces of a turn, which may lie before."""
        if turn not in self._turns:
            self._turns[turn] = self.source.of_turn(turn)
        return self._turns[turn]

    def of_trace(self, trace_id: str) -> tuple[Trace, ...]:
        """Return the traces that share an id, which may lie before."""
        return self.source.of_trace(trace_id)

    def highest(self) -> int:
        """Return the highest id in it."""
        return self.traces[-1].id if self.traces else 0

    @cached_property
    def corrections(self) -> tuple[Correction, ...]:
        """What was put right in it."""
        return tuple(corrections(self))

    @cached_property
    def amendments(self) -> tuple[Amended, ...]:
        """What was changed in it of a thought or task, with how that thought was captured."""
        return tuple(self._amendments())

    def _amendments(self) -> Iterator[Amended]:
        for trace in self.stream(stages=("amend",)):
            said = trace.metadata
            turn = said.get("of_turn")
            if not isinstance(turn, int) or not isinstance(said.get("after"), dict):
                continue
            captured = next((one for one in self.of_turn(turn) if one.stage == "capture"), None)
            if captured is not None and captured.user is not None:
                yield Amended(trace, captured, captured.user, float(said.get("after_s") or 0.0))


@dataclass(frozen=True)
class Amended:
    """A thought that was changed after `after_s` seconds: the trace of that, and the one of its capture."""

    trace: Trace
    captured: Trace
    owner: str
    after_s: float

    @property
    def soon(self) -> bool:
        """Whether the change says that the thought was misunderstood."""
        return self.after_s <= SOON

    @property
    def after(self) -> dict[str, object]:
        """What it was changed to, by field."""
        return dict(self.trace.metadata["after"])

    @property
    def text(self) -> str:
        """The words of the thought."""
        return said_in(self.captured) or ""

"""Adding up what is seen of patterns in a stretch of traces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.review.traces import Trace
from store.detected_patterns import MOST_EXAMPLES, Sighting


@dataclass
class _Tally:
    first: datetime
    last: datetime
    owner: str | None
    context: dict[str, Any]
    count: int = 0
    chances: int = 0
    examples: list[int] = field(default_factory=list)


class Tallies:
    """Counts of one type of pattern, by key."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._by_key: dict[str, _Tally] = {}

    def see(self, key: str, trace: Trace, *, owner: str | None = None, context: dict[str, Any] | None = None) -> None:
        """Count a pattern that is seen in a trace, which was an opportunity for it."""
        self.miss(key, trace, owner=owner, context=context)
        self._count(self._by_key[key], trace)

    def miss(self, key: str, trace: Trace, *, owner: str | None = None, context: dict[str, Any] | None = None) -> None:
        """Count an opportunity in which a pattern did not show."""
        self._tally(key, trace, owner, context).chances += 1

    def find(self, key: str, trace: Trace, *, owner: str | None = None, context: dict[str, Any] | None = None) -> None:
        """Count that a pattern shows by now in what was an opportunity, and counted, before."""
        self._count(self._tally(key, trace, owner, context), trace)

    def judge(
        self, key: str, trace: Trace, *, seen: bool, owner: str | None = None, context: dict[str, Any] | None = None
    ) -> None:
        """Count an opportunity, and whether the pattern showed in it."""
        (self.see if seen else self.miss)(key, trace, owner=owner, context=context)

    def sightings(self) -> tuple[Sighting, ...]:
        """Return what was counted."""
        return tuple(self._sightings())

    def _tally(self, key: str, trace: Trace, owner: str | None, context: dict[str, Any] | None) -> _Tally:
        tally = self._by_key.get(key)
        if tally is None:
            tally = self._by_key[key] = _Tally(trace.at, trace.at, owner, dict(context or {}))
        tally.first, tally.last = min(tally.first, trace.at), max(tally.last, trace.at)
        return tally

    @staticmethod
    def _count(tally: _Tally, trace: Trace) -> None:
        tally.count += 1
        tally.examples = [*tally.examples, trace.id][-MOST_EXAMPLES:]

    def _sightings(self) -> Iterator[Sighting]:
        for key, one in self._by_key.items():
            yield Sighting(
                type=self._kind,
                key=key,
                count=one.count,
                opportunities=one.chances,
                first_at=one.first,
                last_at=one.last,
                owner=one.owner,
                context=one.context,
                examples=tuple(one.examples),
            )

"""A process that reviews a store and is killed on the way: `STORE WHERE COUNT`, by its own hand and without warning."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bench.review import RULES
from engine.learning.changes import Change
from engine.review.log_review import review
from engine.review.traces import StoredTraces, Trace
from store import open_store


@dataclass
class _Fuse:
    """Burns down by one each time, and then ends the process."""

    left: int

    def burn(self) -> None:
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class _Deadly(StoredTraces):
    """The traces of a store, whose reader is killed after so many stretches."""

    fuse: _Fuse

    def stream(
        self, since_id: int = 0, until_id: int | None = None, *, stages: Collection[str] | None = None
    ) -> Iterator[Trace]:
        self.fuse.burn()
        return super().stream(since_id, until_id, stages=stages)


def main(path: str, where: str, count: int, at: datetime) -> None:
    """Review the store until the fuse has burnt."""
    fuse = _Fuse(count)

    def in_force(_: Change) -> bool:
        fuse.burn()
        return False

    with open_store(path) as store:
        source = _Deadly(store, fuse) if where == "reading" else None
        rules = replace(RULES, in_force=in_force) if where == "promoting" else RULES
        review(store, at, source=source, rules=rules, page=200)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), datetime.fromisoformat(sys.argv[4]))

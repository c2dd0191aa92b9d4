"""What everything that changes knowledge works with: the store, its learning writer, the deployer and one lock."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Self

from engine.learning.deploy import Deployer
from engine.learning.grounds import Grounds
from engine.learning.in_force import InForce, KnowledgeInForce
from engine.learning.outcomes import NoSuchImprovement, NotNow
from engine.understanding.snapshot import Snapshot
from store import LearningWriter, Status, Store, improvements
from store.improvements import Improvement


class WorkLock:
    """A lock that its holder may take again, and that knows whether somebody waits for it."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._count = threading.Lock()
        self._waiting = 0

    @property
    def wanted(self) -> bool:
        """Whether another thread waits."""
        return self._waiting > 0

    def __enter__(self) -> Self:
        if not self._lock.acquire(blocking=False):
            self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.release()

    def _wait(self) -> None:
        with self._count:
            self._waiting += 1
        try:
            self._lock.acquire()
        finally:
            with self._count:
                self._waiting -= 1


@dataclass(frozen=True)
class Workshop:
    """One change at a time is worked on; understanding goes on meanwhile, over the knowledge in force."""

    store: Store
    writer: LearningWriter
    deployer: Deployer
    lock: WorkLock = field(default_factory=WorkLock)

    @property
    def in_force(self) -> KnowledgeInForce:
        """What is in force."""
        return self.deployer.in_force

    def grounds(self, now: InForce, snapshot: Snapshot, owner: str | None) -> Grounds:
        """Return what a change of `owner` (None: everybody's) is judged on."""
        return self.deployer.grounds(snapshot, now.interpreter, now.active, owner)

    def found(self, number: int, statuses: Collection[Status]) -> Improvement | NoSuchImprovement | NotNow:
        """Return improvement #number if it has one of the statuses."""
        known = improvements.get(self.store, number)
        if known is None:
            return NoSuchImprovement(number)
        return known if known.status in statuses else NotNow(number, known.status)

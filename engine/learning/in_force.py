"""The knowledge in force: what the store's head says, folded, with the interpreter over it."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from engine.learning.catalogue import Catalogue
from engine.learning.fold import ActiveChange, ActiveSet, fold, read_rows
from engine.learning.refold import refolded
from engine.learning.task_knowledge import TaskKnowledge
from engine.learning.understander import Understander
from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import Knowledge
from store import Head, LearningWriter, RefusedRow, Store, head, read_learned

_READ_AGAIN = 5


@dataclass(frozen=True)
class InForce:
    """Knowledge at one head; `digest` is computed from what is in force, `head` is what the store says."""

    head: Head
    active: tuple[ActiveChange, ...]
    interpreter: Understander
    digest: str

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge itself."""
        return self.interpreter.knowledge

    @cached_property
    def tasks(self) -> TaskKnowledge:
        """How thoughts and tasks are read, and when reports come."""
        return TaskKnowledge.of(self.active)

    def folded(self, active: Iterable[ActiveChange], version: int) -> Knowledge:
        """Return the knowledge that other changes, in the order of the fold, make over the same base."""
        changes = tuple(active)
        short = refolded(self.knowledge, self.active, changes, version)
        return short or fold(self.knowledge.base, changes, version=version, near=self.knowledge)


class KnowledgeInForce:
    """Follows the store's head: the first reading, changes of this process, and those of others."""

    def __init__(
        self,
        store: Store,
        writer: LearningWriter,
        interpreter: Understander,
        encoder_id: str,
        intents: Catalogue = INTENTS,
    ) -> None:
        self._store = store
        self._writer = writer
        self._encoder_id = encoder_id
        self._intents = intents
        self._lock = threading.RLock()
        self._now = InForce(Head(-1, "", 0), (), interpreter, "")

    @property
    def now(self) -> InForce:
        """What was in force when last looked at."""
        return self._now

    def open(self, at: datetime) -> InForce:
        """Read the store, leave an audit row for what had to be refused, and record a new base knowledge."""
        found = self.refresh(at)
        if found.digest != found.head.digest:
            moved = self._writer.rebase(expected_head_digest=found.head.digest, new_digest=found.digest, at=at)
            found = self.adopt(moved, found.active)
        return found

    def refresh(self, at: datetime | None = None) -> InForce:
        """Read the store again if its head moved; `at` lets refused rows be recorded."""
        known = head(self._store)
        if known == self._now.head:
            return self._now
        with self._lock:
            return self._read(known, at)

    def _read(self, known: Head, at: datetime | None) -> InForce:
        for _ in range(_READ_AGAIN):
            learned = read_learned(self._store)
            then, known = known, head(self._store)
            if then == known:
                break
        rows = read_rows(learned.active, self._intents)
        if at is not None:
            self._writer.record_refused((*learned.refused, *_unreadable(rows)), at=at)
        return self.adopt(known, rows.changes)

    def adopt(
        self,
        new_head: Head,
        active: Iterable[ActiveChange],
        interpreter: Understander | None = None,
        knowledge: Knowledge | None = None,
    ) -> InForce:
        """Take changes, in the order of the fold, as in force under a head; one reference is swapped.

        `knowledge` is what they make together where that is known, under any version, and `interpreter` one that is
        near it.
        """
        with self._lock:
            changes = tuple(active)
            made = knowledge or self._now.folded(changes, new_head.version)
            understander = (interpreter or self._now.interpreter).with_knowledge(made.at_version(new_head.version))
            self._now = InForce(new_head, changes, understander, made.digest(self._encoder_id))
            return self._now


def _unreadable(rows: ActiveSet) -> tuple[RefusedRow, ...]:
    return tuple(RefusedRow(bad.row.type, 0, bad.row.improvement, bad.reason) for bad in rows.unreadable)

"""The nightly run: from the evidence of the last months to proposals, each tested, live or held by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.learning.breathing import breathe
from engine.learning.changes import ExemplarChange
from engine.learning.drafts import Analysis, Draft
from engine.learning.narrowing import narrowed
from engine.learning.outcomes import Failed, Held, LessonOutcome, Live
from engine.learning.pausing import paused
from engine.learning.signals import KEPT
from engine.learning.teaching import LessonContext, Teaching
from engine.understanding.snapshot import Snapshot
from store import Status, improvements, signals
from store.database import Store
from store.improvements import Improvement
from store.signals import Signal

AUTOMATIC = "automatic"
Analyse = Callable[[Sequence[Signal], Snapshot, datetime], Analysis]


@dataclass(frozen=True)
class Proposed:
    """One proposal of a night and what came of it."""

    draft: Draft | None
    outcome: LessonOutcome


@dataclass(frozen=True)
class Night:
    """What a nightly run did; `paused` is one that was not allowed to."""

    evidence: int = 0
    proposed: tuple[Proposed, ...] = ()
    paused: bool = False

    @property
    def live(self) -> tuple[int, ...]:
        """The improvements that went live."""
        return tuple(one.outcome.number for one in self.proposed if isinstance(one.outcome, Live))

    @property
    def held(self) -> tuple[Held, ...]:
        """What passed its test and waits for an admin."""
        return tuple(one.outcome for one in self.proposed if isinstance(one.outcome, Held))

    @property
    def failed(self) -> tuple[int, ...]:
        """The proposals whose test failed."""
        return tuple(one.outcome.number for one in self.proposed if isinstance(one.outcome, Failed))

    def summary(self) -> str:
        """Return a sentence on the night."""
        if self.paused:
            return "Learning is paused, so nothing was looked at."
        if not self.evidence:
            return "There is nothing to learn from."
        looked = f"Looked at {_many(self.evidence, 'signal')}"
        if not self.proposed:
            return f"{looked}; nothing came of it."
        return f"{looked}: {len(self.live)} live, {len(self.held)} held, {len(self.failed)} failed their test."


@dataclass(frozen=True)
class Cycle:
    """Runs the night. It may be killed at any point: what was proposed goes on next time, and nothing comes twice."""

    store: Store
    teaching: Teaching
    analyse: Analyse

    def night(self, snapshot: Snapshot, at: datetime) -> Night:
        """Propose what the evidence supports and take every proposal as far as it may go by itself."""
        if paused(self.store) is not None:
            return Night(paused=True)
        proposed = [*self._resume(snapshot, at), *self._narrow(snapshot, at)]
        self._mark_again()
        found = signals.since(self.store, at - KEPT, pause=breathe)
        for draft in self.analyse(found, snapshot, at).drafts:
            breathe()
            outcome = self._propose(draft, snapshot, at)
            if outcome is not None:
                proposed.append(Proposed(draft, outcome))
        return Night(len(found), tuple(proposed))

    def look(self, snapshot: Snapshot, at: datetime) -> Analysis:
        """Return what the evidence says, and do nothing about it."""
        return self.analyse(signals.since(self.store, at - KEPT), snapshot, at)

    def _propose(self, draft: Draft, snapshot: Snapshot, at: datetime) -> LessonOutcome | None:
        if paused(self.store) is not None:
            return None
        context = LessonContext(
            person=None,
            source=AUTOMATIC,
            rationale=draft.rationale,
            snapshot=snapshot,
            at=at,
            signals=draft.signals,
        )
        outcome = self.teaching.proposal(draft.change, context)
        if isinstance(outcome, Failed) and isinstance(draft.change, ExemplarChange) and not draft.change.verbatim:
            # Its very words are known all the same; only what it does to others stood in the way.
            outcome = self.teaching.proposal(replace(draft.change, verbatim=True), context)
        if isinstance(outcome, Live | Held | Failed):
            signals.mark(self.store, draft.signals, outcome.number)
            return outcome
        return None

    def _resume(self, snapshot: Snapshot, at: datetime) -> Sequence[Proposed]:
        """Go on with proposals that a crash cut off before their test, or before they went live."""
        waiting = improvements.listing(self.store, {Status.PENDING, Status.APPROVED})
        cut_off = [one for one in waiting[::-1] if one.source == AUTOMATIC and _is_cut_off(one)]
        return [Proposed(None, self.teaching.resume(one, snapshot=snapshot, at=at)) for one in cut_off]

    def _narrow(self, snapshot: Snapshot, at: datetime) -> Iterator[Proposed]:
        """Learn the very words of examples that were taken back for what they did to others."""
        for one in narrowed(self.store, at):
            breathe()
            draft = Draft(one.change, tuple(one.was.signal_ids), 0, (), one.rationale)
            outcome = self._propose(draft, snapshot, at)
            if outcome is not None:
                yield Proposed(None, outcome)

    def _mark_again(self) -> None:
        """Mark the evidence of proposals whose marking a crash cut off."""
        for one in improvements.listing(self.store, limit=50):
            if one.source == AUTOMATIC and one.signal_ids:
                signals.mark(self.store, one.signal_ids, one.number)


def _is_cut_off(one: Improvement) -> bool:
    return one.tier == 1 or not one.shadow_test_passed


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"

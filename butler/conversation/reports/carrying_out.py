"""What an insight recommends, tested and put in force, or why not; the same in talk and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from butler.conversation.improvement_words import change_words
from butler.conversation.messages import Person
from butler.conversation.reports.cut_off import begun_by
from butler.conversation.suggested import ROLES
from butler.conversation.tested_words import shortened
from engine.api import Engine, LessonContext
from engine.learning import outcomes
from engine.learning.changes import ChangeError, from_payload
from engine.understanding.snapshot import Snapshot
from store import Status, detected_patterns, improvements, insights, jobs
from store.database import Store
from store.improvements import Improvement
from store.insights import Insight
from store.status import IN_FORCE

REPORT_JOB = "report"
PASSED = "It passed its test, and I'm watching how it goes."


@dataclass(frozen=True)
class CarriedOut:
    """What came of applying an insight, as it is told; `live` says that it went live now, as improvement #`number`."""

    status: Literal["applied", "failed", "delivered"]
    text: str
    number: int | None = None
    live: bool = False


def dismiss(store: Store, insight: Insight, user: str, at: datetime) -> bool:
    """Turn an insight down; False where it was decided before."""
    with store.atomic():
        done = insights.decide(store, insight.id, "dismissed", by=user, at=at)
        if done and insight.pattern is not None:
            detected_patterns.settle(store, insight.pattern, "dismissed", was="promoted_to_insight")
    return done


@dataclass(frozen=True)
class Applying:
    """Applies insights for one person, at one instant, in a home as it is."""

    engine: Engine
    store: Store
    snapshot: Snapshot
    person: Person
    at: datetime
    turn: int | None = None

    def apply(self, insight: Insight) -> CarriedOut:
        """Test what an insight recommends and put it in force; the insight is applied by that, or has failed."""
        try:
            change = from_payload(insight.change)
        except ChangeError as error:
            return self._failed(insight, f"what it proposes can't be read ({error})")
        begun = begun_by(self.store, insight)
        if begun is not None:
            return self._ended(insight, begun)
        return self._carried_out(insight, self.engine.apply_insight(change, self._lesson(insight)))

    def _ended(self, insight: Insight, begun: Improvement) -> CarriedOut:
        """Bring to its end what a crash cut off; what is live already is only noted."""
        if begun.status in IN_FORCE:
            return self._carried_out(insight, outcomes.Live(begun.number, self.engine.knowledge.version))
        if begun.status is Status.ROLLED_BACK:
            return self._failed(insight, f"it was applied as #{begun.number}, and taken back since")
        approved = self.engine.approve(begun.number, actor=self.person.id, at=self.at, snapshot=self.snapshot)
        if isinstance(approved, outcomes.Live | outcomes.Failed):
            return self._carried_out(insight, approved)
        return self._failed(insight, f"#{begun.number} was decided about meanwhile")

    def _carried_out(self, insight: Insight, outcome: outcomes.LessonOutcome) -> CarriedOut:
        words = change_words(self.store, self.snapshot, insight.change) or insight.title
        match outcome:
            case outcomes.Live(number=number):
                self._decide(insight, "applied", number)
                return CarriedOut("applied", f"Applied: {words} (#{number}). {PASSED}", number, live=True)
            case outcomes.AlreadyKnown(number=number):
                self._decide(insight, "applied", number)
                told = f" (#{number})" if number is not None else ""
                return CarriedOut("applied", f"That is so already: {words}{told}.", number)
            case outcomes.Failed(number=number):
                return self._failed(insight, self._obstacle(outcome), number)
            case outcomes.Held(number=number, reason=reason):
                waits = f"It passed its test and waits (#{number}): {reason.rstrip('.')}."
                return CarriedOut("delivered", waits, number)
            case outcomes.Refused(text=text):
                return self._failed(insight, text)
            case _:
                return self._failed(insight, "its words mean something else already")

    def _lesson(self, insight: Insight) -> LessonContext:
        return LessonContext(
            person=self.person.id,
            source="insight",
            rationale=f"{insight.title}. {insight.sentence}",
            snapshot=self.snapshot,
            at=self.at,
            turn=self.turn,
            role=ROLES[self.person.role],
        )

    def _failed(self, insight: Insight, problem: str, number: int | None = None) -> CarriedOut:
        said = f"{problem.rstrip('.')}."
        self._decide(insight, "failed", number, said)
        tested = f"I tested it first and it failed (#{number})" if number is not None else "I can't apply it"
        return CarriedOut("failed", f"{tested}, so nothing changed: {said}", number)

    def _decide(
        self, insight: Insight, status: Literal["applied", "failed"], number: int | None, problem: str | None = None
    ) -> None:
        with self.store.atomic():
            by, at = self.person.id, self.at
            insights.decide(self.store, insight.id, status, by=by, at=at, improvement=number, problem=problem)
            if status == "applied" and insight.insight_type == "report_hour":
                jobs.schedule_earlier(self.store, REPORT_JOB, at)  # when reports are due is reckoned anew

    def _obstacle(self, failed: outcomes.Failed) -> str:
        """Return which case stood in the way; what somebody else said is not repeated."""
        row = improvements.get(self.store, failed.number)
        results = row.shadow_test_results if row is not None else None
        cases = results.get("cases") if isinstance(results, Mapping) else None
        told = [case for case in cases or () if isinstance(case, Mapping)]
        mine = (case for case in told if case.get("text") and case.get("speaker") in {None, self.person.id})
        first = next(mine, None)
        if first is not None:
            return _case(first)
        reasons = "; ".join(failed.reasons) or "other things would be misunderstood"
        return f"{reasons}: something that somebody else says would be misunderstood" if told else reasons


def _case(case: Mapping[str, Any]) -> str:
    why = f" ({case['why']})" if case.get("why") else ""
    where = f"case {case['id']}" if case.get("turn") is None and case.get("id") else "what you said before"
    return shortened(f"{where}, “{case['text']}”, stood in the way{why}")

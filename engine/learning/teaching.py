"""The path of a single change: refused, known already, asked about, tested and live, or held for an admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from engine.learning.changes import Change, ChangeError, TimeMappingChange, from_payload, to_payload
from engine.learning.conflicts import already_known, conflict, refusal
from engine.learning.outcomes import Conflict, Failed, Held, LessonOutcome, Option, Refusal, Refused
from engine.learning.tiers import Tier, tier_of
from engine.learning.workshop import Workshop
from engine.understanding.snapshot import Snapshot
from store import Proposal, Status, Store, improvements
from store.improvements import Improvement

NEEDS_ADMIN = "it needs an admin"


@dataclass(frozen=True)
class LessonContext:
    """Who teaches, how, in which home, and what they answered to a conflict; `at` is now.

    `signals` are the evidence of what nobody taught outright, and `person` is None then.
    """

    person: str | None
    source: str
    rationale: str | None
    snapshot: Snapshot
    at: datetime
    turn: int | None = None
    answer: Option | None = None
    role: Literal["admin", "resident", "guest"] = "resident"
    signals: Sequence[str] = ()


@dataclass(frozen=True)
class Teaching:
    """Takes changes in, from people and from the analysis of what went wrong."""

    workshop: Workshop

    def lesson(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Learn what a person teaches; what its words mean already is asked about first."""
        if lesson.role == "guest" and change.scope == "household":
            return Refused(Refusal.GUEST, "Guests cannot teach words that others share.")
        if change.owner not in {None, lesson.person}:
            return Refused(Refusal.GUEST, f"Only {change.owner} can teach words of their own.")
        with self.workshop.lock:
            now = self.workshop.in_force.refresh(lesson.at)
            grounds = self.workshop.grounds(now, lesson.snapshot, change.owner)
            found = refusal(change, grounds) or already_known(change, grounds)
            if found:
                return found
            clash = conflict(change, grounds)
            if clash and lesson.answer not in {Option.REPLACE, Option.ONLY_FOR_ME}:
                return clash
            tier = _held_for(clash, tier_of(change, grounds), lesson, self.workshop.store)
            return self._learn(change, lesson, tier, clash)

    def suggestion(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Take in what a person suggests by command; another meaning of the same words is held for an admin."""
        if lesson.role == "guest":
            return Refused(Refusal.GUEST, "Guests cannot suggest what others would share.")
        return self.proposal(change, lesson)

    def proposal(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Take in what nobody can be asked about: another meaning of the same words is held for an admin."""
        with self.workshop.lock:
            now = self.workshop.in_force.refresh(lesson.at)
            grounds = self.workshop.grounds(now, lesson.snapshot, change.owner)
            found = refusal(change, grounds) or already_known(change, grounds)
            if found:
                return found
            clash = conflict(change, grounds)
            return self._learn(change, lesson, _unasked(tier_of(change, grounds), clash), clash)

    def insight(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Put in force what an insight recommends, with the approval of the person who applies it, once tested.

        What concerns one person is theirs to apply, everything else an admin's.
        """
        if lesson.role == "guest" or (change.owner is None and lesson.role != "admin"):
            return Refused(Refusal.GUEST, "It takes an admin to apply what is for everybody.")
        if change.owner not in {None, lesson.person}:
            return Refused(Refusal.GUEST, f"Only {change.owner} can apply what is for them alone.")
        with self.workshop.lock:
            now = self.workshop.in_force.refresh(lesson.at)
            grounds = self.workshop.grounds(now, lesson.snapshot, change.owner)
            found = refusal(change, grounds) or already_known(change, grounds)
            if found:
                return found
            tier = Tier(2, tier_of(change, grounds).reason or NEEDS_ADMIN)
            return self._learn(change, replace(lesson, source="insight"), tier, conflict(change, grounds))

    def resume(self, known: Improvement, *, snapshot: Snapshot, at: datetime) -> LessonOutcome:
        """Take a proposal further that a crash cut off before its test, or before it went live.

        What was to be held stays so, also where nothing but another meaning of the same words stands in its way.
        """
        try:
            change = from_payload(known.proposed_value)
        except ChangeError as error:
            self.workshop.writer.reject(known.number, actor="system", reason=str(error), at=at)
            return Failed(known.number, (str(error),))
        lesson = LessonContext(known.submitted_by, known.source, known.rationale, snapshot, at)
        with self.workshop.lock:
            now = self.workshop.in_force.refresh(at)
            grounds = self.workshop.grounds(now, snapshot, change.owner)
            tier = _unasked(tier_of(change, grounds), conflict(change, grounds))
            if known.tier == 2 and tier.level == 1:
                tier = Tier(2, NEEDS_ADMIN)
            if tier.level == 2 and known.shadow_test_passed:
                return Held(known.number, tier.reason or NEEDS_ADMIN, known=True)
            return self._go_on(known.number, change, lesson, tier, known.status)

    def _learn(self, change: Change, lesson: LessonContext, tier: Tier, clash: Conflict | None) -> LessonOutcome:
        if waiting := self._waiting(change, tier, lesson):
            return waiting
        current = None if clash is None else {"whose": clash.whose, "kind": clash.kind, "meaning": clash.meaning.text}
        proposal = Proposal(
            change.type,
            tier.level,
            change.phrase,
            to_payload(change),
            current,
            lesson.rationale,
            signal_ids=tuple(lesson.signals),
            source=lesson.source,
            submitted_by=lesson.person,
        )
        number = self.workshop.writer.propose(proposal, actor=lesson.person or "system", at=lesson.at)
        return self._go_on(number, change, lesson, tier)

    def _waiting(self, change: Change, tier: Tier, lesson: LessonContext) -> Held | None:
        """Return that the same waits for an admin already, so that it neither stands there nor is asked about twice."""
        if tier.level == 1 or _is_pressed(tier, lesson, change):
            return None
        document = to_payload(change)
        pending = improvements.listing(self.workshop.store, {Status.PENDING})[::-1]
        same = (one.number for one in pending if one.shadow_test_passed and one.proposed_value == document)
        number = next(same, None)
        return None if number is None else Held(number, tier.reason or NEEDS_ADMIN, known=True)

    def _go_on(
        self, number: int, change: Change, lesson: LessonContext, tier: Tier, status: Status = Status.PENDING
    ) -> LessonOutcome:
        pressed = _is_pressed(tier, lesson, change)
        if tier.level == 1 or pressed:
            actor = lesson.person if pressed and lesson.person else "system"
            return self.workshop.deployer.go_live(
                number, change, lesson.snapshot, status=status, actor=actor, at=lesson.at
            )
        return self._hold(number, change, lesson, tier)

    def _hold(self, number: int, change: Change, lesson: LessonContext, tier: Tier) -> Held | Failed:
        writer = self.workshop.writer
        result = self.workshop.deployer.test(number, change, lesson.snapshot).result
        writer.record_test(number, passed=result.passed, results=result.to_json(), at=lesson.at)
        if result.passed:
            return Held(number, tier.reason or NEEDS_ADMIN)
        reason = "; ".join(result.reasons)
        writer.reject(number, actor="system", reason=reason, details=result.to_json(), at=lesson.at)
        return Failed(number, result.reasons, result.cases)


def _is_pressed(tier: Tier, lesson: LessonContext, change: Change) -> bool:
    """Tell whether who says it approves it by that.

    So do an admin's press on Replace, the press that applies an insight, and who tells what a time means to themselves.
    """
    if lesson.source == "insight":
        return lesson.person is not None
    if lesson.source in {"voice_command", "user_suggestion"} and isinstance(change, TimeMappingChange):
        return change.owner is not None and change.owner == lesson.person
    return tier.shadows and lesson.role == "admin" and lesson.answer is Option.REPLACE


def _unasked(tier: Tier, clash: Conflict | None) -> Tier:
    """Raise the tier of what nobody can be asked about: another meaning of the same words waits for an admin."""
    if clash and tier.level == 1:
        return Tier(2, f"“{clash.phrase}” means {clash.meaning.text} already", shadows=True)
    return tier


def _held_for(clash: Conflict | None, tier: Tier, lesson: LessonContext, store: Store) -> Tier:
    """Raise the tier of what replaces a shared word somebody else taught: an admin's press is the approval."""
    if tier.level == 2 or clash is None or clash.whose != "household" or lesson.answer is not Option.REPLACE:
        return tier
    taught = improvements.get(store, clash.meaning.number) if clash.meaning.number else None
    if taught and taught.submitted_by == lesson.person:
        return tier
    return replace(tier, level=2, reason=f"“{clash.phrase}” works for others as {clash.meaning.text}", shadows=True)

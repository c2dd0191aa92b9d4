"""The engine: understand, learn, take back. It has no handle that can switch anything on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from engine.embedding.port import Encoder
from engine.learning.baseline import BaselineShelf, visible
from engine.learning.catalogue import Catalogue
from engine.learning.changes import Change, ChangeError, ExemplarChange, from_payload, to_payload
from engine.learning.conflicts import already_known, conflict, refusal
from engine.learning.deploy import Deployer
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import GoldenSet
from engine.learning.in_force import InForce, KnowledgeInForce
from engine.learning.known_records import RecordFiles
from engine.learning.making import making
from engine.learning.meanings import all_builders_on, word_key
from engine.learning.outcomes import (
    Approval,
    BuiltUpon,
    Conflict,
    Failed,
    Held,
    LessonOutcome,
    NoSuchImprovement,
    NotNow,
    Option,
    Redo,
    Refusal,
    Refused,
    Rejected,
    Rejection,
    RollBack,
    RolledBack,
)
from engine.learning.tiers import Tier, tier_of
from engine.learning.understander import Situation, Understander
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy
from engine.understanding.snapshot import Snapshot
from store import LearningWriter, Proposal, Status, Store, improvements
from store.improvements import Improvement
from store.status import IN_FORCE

_OPEN = frozenset({Status.PENDING, Status.APPROVED})


@dataclass(frozen=True)
class LessonContext:
    """Who teaches, how, in which home, and what they answered to a conflict; `at` is now."""

    person: str
    source: str
    rationale: str | None
    snapshot: Snapshot
    at: datetime
    turn: int | None = None
    answer: Option | None = None
    role: Literal["admin", "resident", "guest"] = "resident"


class Engine:
    """Understanding over the knowledge in force, and everything that changes that knowledge. Safe from any thread."""

    def __init__(self, store: Store, writer: LearningWriter, deployer: Deployer) -> None:
        self._store = store
        self._writer = writer
        self._deployer = deployer
        self._in_force = deployer.in_force
        self._lock = threading.RLock()

    @classmethod
    def open(
        cls,
        store: Store,
        encoder: Encoder,
        golden: GoldenSet,
        *,
        at: datetime,
        risk: RiskPolicy = DEFAULT_RISK_POLICY,
        base: BaseKnowledge | None = None,
        build: Callable[[Knowledge, Encoder], Understander] = Interpreter.build,
        writer: LearningWriter | None = None,
        records: Path | None = None,
        intents: Catalogue = INTENTS,
    ) -> Engine:
        """Fold what the store has learned over base knowledge; raises a StoreError.

        `records` is a file for the suite's verdicts, so that the first lesson after a start need not find them again;
        `intents` are all there are.
        """
        writing = writer or LearningWriter(store)
        interpreter = build(fold(base or BaseKnowledge.load(), ()), encoder)
        in_force = KnowledgeInForce(store, writing, interpreter, encoder.id, intents)
        in_force.open(at)
        shelf = BaselineShelf(RecordFiles(making(risk), kept=records))
        return cls(store, writing, Deployer(writing, in_force, golden, encoder.id, risk, shelf, intents))

    def close(self) -> None:
        """Close the learning writer; the store is its owner's."""
        self._writer.close()

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge in force, also when another process moved it."""
        return self._now().knowledge

    @property
    def interpreter(self) -> Understander:
        """The interpreter over the knowledge in force."""
        return self._now().interpreter

    def digest(self) -> str:
        """Return the digest of the knowledge in force."""
        return self._now().digest

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means in a situation."""
        return self._now().interpreter.understand(text, situation)

    def warm(self, snapshot: Snapshot) -> None:
        """Run the suite over the knowledge in force once, so that lessons test only what they can affect."""
        with self._lock:
            self._deployer.warm(snapshot)

    def lesson(self, change: Change, lesson: LessonContext) -> LessonOutcome:
        """Learn a change: refused, known already, asked about, tested and live, or held for an admin."""
        if lesson.role == "guest" and change.scope == "household":
            return Refused(Refusal.GUEST, "Guests cannot teach words that others share.")
        if change.owner not in {None, lesson.person}:
            return Refused(Refusal.GUEST, f"Only {change.owner} can teach words of their own.")
        with self._lock:
            now = self._in_force.refresh(lesson.at)
            grounds = self._deployer.grounds(lesson.snapshot, now.interpreter, now.active, change.owner)
            found = refusal(change, grounds) or already_known(change, grounds)
            if found:
                return found
            clash = conflict(change, grounds)
            if clash and lesson.answer not in {Option.REPLACE, Option.ONLY_FOR_ME}:
                return clash
            return self._learn(change, lesson, _held_for(clash, tier_of(change, grounds), lesson, self._store), clash)

    def _learn(self, change: Change, lesson: LessonContext, tier: Tier, clash: Conflict | None) -> LessonOutcome:
        current = None if clash is None else {"whose": clash.whose, "kind": clash.kind, "meaning": clash.meaning.text}
        proposal = Proposal(
            change.type,
            tier.level,
            change.phrase,
            to_payload(change),
            current,
            lesson.rationale,
            source=lesson.source,
            submitted_by=lesson.person,
        )
        number = self._writer.propose(proposal, actor=lesson.person, at=lesson.at)
        pressed = tier.shadows and lesson.role == "admin" and lesson.answer is Option.REPLACE
        if tier.level == 1 or pressed:
            actor = lesson.person if pressed else "system"
            return self._deployer.go_live(
                number, change, lesson.snapshot, status=Status.PENDING, actor=actor, at=lesson.at
            )
        return self._hold(number, change, lesson, tier)

    def _hold(self, number: int, change: Change, lesson: LessonContext, tier: Tier) -> Held | Failed:
        result = self._deployer.test(number, change, lesson.snapshot).result
        self._writer.record_test(number, passed=result.passed, results=result.to_json(), at=lesson.at)
        if result.passed:
            return Held(number, tier.reason or "it needs an admin")
        reason = "; ".join(result.reasons)
        self._writer.reject(number, actor="system", reason=reason, details=result.to_json(), at=lesson.at)
        return Failed(number, result.reasons, result.cases)

    def approve(self, number: int, *, actor: str, at: datetime, snapshot: Snapshot) -> Approval:
        """Put a held improvement in force with a person's approval, once it passes its test again."""
        with self._lock:
            found = self._found(number, _OPEN)
            if not isinstance(found, Improvement):
                return found
            return self._deploy(found, actor=actor, at=at, snapshot=snapshot)

    def redo(self, number: int, *, actor: str, at: datetime, snapshot: Snapshot) -> Redo:
        """Put a rolled-back improvement in force again, in its old place, once it passes its test again."""
        with self._lock:
            found = self._found(number, {Status.ROLLED_BACK})
            if not isinstance(found, Improvement):
                return found
            return self._deploy(found, actor=actor, at=at, snapshot=snapshot)

    def _found(self, number: int, statuses: Collection[Status]) -> Improvement | NoSuchImprovement | NotNow:
        found = improvements.get(self._store, number)
        if found is None:
            return NoSuchImprovement(number)
        return found if found.status in statuses else NotNow(number, found.status)

    def _deploy(self, found: Improvement, *, actor: str, at: datetime, snapshot: Snapshot) -> Approval:
        try:
            change = from_payload(found.proposed_value)
        except ChangeError as error:
            self._writer.record_failure(found.number, actor=actor, details={"refused": str(error)}, at=at)
            return Failed(found.number, (str(error),))
        self._in_force.refresh(at)
        return self._deployer.go_live(found.number, change, snapshot, status=found.status, actor=actor, at=at)

    def reject(self, number: int, *, actor: str, at: datetime, reason: str) -> Rejection:
        """Reject a held improvement."""
        with self._lock:
            found = self._found(number, _OPEN)
            if not isinstance(found, Improvement):
                return found
            self._writer.reject(number, actor=actor, reason=reason, at=at)
            return Rejected(number)

    def roll_back(self, number: int, *, actor: str, at: datetime, reason: str, with_builders: bool = False) -> RollBack:
        """Take an improvement out of force; one that later ones build on stays, unless they are to go with it."""
        with self._lock:
            now = self._in_force.refresh(at)
            found = self._found(number, IN_FORCE)
            if not isinstance(found, Improvement):
                return found
            builders = all_builders_on(number, now.active)
            if builders and not with_builders:
                return BuiltUpon(number, builders)
            numbers = (number, *builders)
            after = self._deployer.take_out(numbers, actor=actor, reason=reason, at=at)
            return RolledBack(tuple(sorted(numbers)), after.head.version)

    def history(self, limit: int | None = None) -> list[Improvement]:
        """Return improvements, newest first."""
        return improvements.listing(self._store, limit=limit)

    def improvement(self, number: int) -> Improvement | None:
        """Return improvement #number, or None."""
        return improvements.get(self._store, number)

    def pending(self) -> list[Improvement]:
        """Return what waits for a person, oldest first; a deployment that a crash cut off waits too."""
        return improvements.listing(self._store, _OPEN)[::-1]

    def words(self, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return the taught words `speaker` may use, in the order they were learned."""
        mine = visible(self._now().active, speaker)
        return tuple(a for a in mine if not isinstance(a.change, ExemplarChange))

    def erase(self, person: str, as_name: str, *, at: datetime) -> tuple[int, ...]:
        """Take a person's own words out of force and erase them; what they taught others stays, said by `as_name`.

        Return the improvements that were erased. It may be done again after a crash.
        """
        with self._lock:
            self._in_force.refresh(at)
            own = [one for one in improvements.listing(self._store) if _is_own(one, person)]
            live = [one.number for one in own if one.status in IN_FORCE]
            if live:
                self._deployer.take_out(live, actor=as_name, reason="forgotten with the person", at=at)
            for one in own:
                if one.status in _OPEN:
                    self._writer.reject(one.number, actor=as_name, reason="forgotten with the person", at=at)
            return self._writer.erase(person, as_name)

    def taught_by(self, person: str) -> tuple[ActiveChange, ...]:
        """Return what is in force that a person taught, in the order it was learned."""
        theirs = {one.number for one in improvements.listing(self._store, IN_FORCE, submitted_by=person)}
        return tuple(active for active in self._now().active if active.number in theirs)

    def aliases(self, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return the names of things and rooms `speaker` may use, in the order they were learned."""
        return tuple(a for a in self.words(speaker) if a.change.type == "alias")

    def word(self, phrase: str, speaker: str | None) -> tuple[ActiveChange, ...]:
        """Return all that `phrase` was taught to mean to `speaker`, latest first; forgetting it takes all of them."""
        key = word_key(phrase)
        return tuple(a for a in self.words(speaker) if word_key(a.change.phrase) == key)[::-1]

    def _now(self) -> InForce:
        return self._in_force.refresh()


def _is_own(found: Improvement, person: str) -> bool:
    value = found.proposed_value
    return isinstance(value, dict) and value.get("scope") == "personal" and value.get("owner") == person


def _held_for(clash: Conflict | None, tier: Tier, lesson: LessonContext, store: Store) -> Tier:
    """Raise the tier of what replaces a shared word somebody else taught: an admin's press is the approval."""
    if tier.level == 2 or clash is None or clash.whose != "household" or lesson.answer is not Option.REPLACE:
        return tier
    taught = improvements.get(store, clash.meaning.number) if clash.meaning.number else None
    if taught and taught.submitted_by == lesson.person:
        return tier
    return Tier(2, f"“{clash.phrase}” works for others as {clash.meaning.text}", shadows=True)

"""From a change to knowledge in force and back: tested, deployed in one transaction, taken out of the fold again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from engine.learning.baseline import Baseline, BaselineShelf, binding_of
from engine.learning.catalogue import Catalogue
from engine.learning.changes import Change, ExemplarChange, to_row
from engine.learning.fold import ActiveChange, in_order, said_of, without
from engine.learning.golden import GoldenSet
from engine.learning.grounds import Grounds
from engine.learning.household import Household
from engine.learning.in_force import InForce, KnowledgeInForce
from engine.learning.outcomes import Failed, Live
from engine.learning.shadow import Arms, Candidate, ShadowResult, shadow_test
from engine.learning.suite import Arm, Suite
from engine.learning.support import Support
from engine.learning.understander import Understander
from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import Knowledge
from engine.understanding.risk import RiskPolicy
from engine.understanding.snapshot import Snapshot
from store import Head, LearningWriter, StaleHead, Status

SYSTEM = "system"
_TRIES = 4


@dataclass(frozen=True)
class Trial:
    """A change under test: the head it is tested over, what would be in force with it, and the verdict."""

    number: int
    change: Change
    active: tuple[ActiveChange, ...]
    interpreter: Understander
    over: Head
    digest: str
    result: ShadowResult
    suite: Suite


@dataclass
class Deployer:
    """Tests changes against the suite and moves the head; everything it knows beside the store can be made again."""

    writer: LearningWriter
    in_force: KnowledgeInForce
    golden: GoldenSet
    encoder_id: str
    risk: RiskPolicy
    shelf: BaselineShelf = field(default_factory=BaselineShelf)
    intents: Catalogue = field(default_factory=lambda: INTENTS)
    household: Household | None = None
    _suites: list[Suite] = field(default_factory=list)

    def warm(self, snapshot: Snapshot) -> None:
        """Measure the knowledge in force, so that the next lesson need not."""
        self._baseline(self.in_force.refresh(), self._suite(snapshot), None)

    def accuracy(self, snapshot: Snapshot) -> float:
        """Return the share of golden cases that pass with the knowledge in force."""
        suite = self._suite(snapshot)
        return self._baseline(self.in_force.refresh(), suite, None).accuracy(suite)

    def grounds(
        self, snapshot: Snapshot, interpreter: Understander, active: tuple[ActiveChange, ...], speaker: str | None
    ) -> Grounds:
        """Return what a change is judged on."""
        return Grounds(snapshot, interpreter, active, speaker, self.risk, intents=self.intents)

    def test(
        self, number: int, change: Change, snapshot: Snapshot, *, redone: bool = False, actor: str | None = None
    ) -> Trial:
        """Return the verdict on a change as improvement #number over the knowledge in force.

        `actor` is who puts it in force: the system, an admin, or None while an admin is still to decide.
        """
        now, suite = self.in_force.refresh(), self._suite(snapshot)
        without = self._baseline(now, suite, change.owner)
        added = ActiveChange(number, change)
        active = in_order((*(a for a in now.active if a.number != number), added))
        knowledge = now.folded(active, now.head.version + 1)
        interpreter = now.interpreter.with_knowledge(knowledge)
        candidate = Candidate(
            suite,
            without,
            Arms(Arm.of(now.interpreter, self.golden), Arm.of(interpreter, self.golden)),
            added,
            self.grounds(snapshot, interpreter, active, change.owner),
            self._support(number, approved=actor != SYSTEM),
            shown=not (redone and _is_overtaken(added, active)),
        )
        result = shadow_test(candidate, self.shelf.rescorer)
        digest = knowledge.digest(self.encoder_id)
        return Trial(number, change, active, interpreter, now.head, digest, result, suite)

    def go_live(
        self, number: int, change: Change, snapshot: Snapshot, *, status: Status, actor: str, at: datetime
    ) -> Live | Failed:
        """Test a change and put it in force, testing again as long as knowledge moves meanwhile."""
        for _ in range(_TRIES):
            trial = self.test(number, change, snapshot, redone=status is Status.ROLLED_BACK, actor=actor)
            self.writer.record_test(number, passed=trial.result.passed, results=trial.result.to_json(), at=at)
            if not trial.result.passed:
                return self._failed(trial, status, at)
            if status is Status.PENDING:
                self.writer.approve(number, actor=actor, at=at)
                status = Status.APPROVED
            try:
                return self._put_in_force(trial, status, actor, at)
            except StaleHead:
                continue
        raise StaleHead(self.writer.path, f"knowledge keeps moving; improvement #{number} was not put in force")

    def take_out(self, numbers: Iterable[int], *, actor: str, reason: str, at: datetime) -> InForce:
        """Take improvements out of force at once; raises WrongStatus."""
        out = tuple(dict.fromkeys(numbers))
        gone = frozenset(out)
        return self._moved(
            lambda now: without(now.active, gone),
            lambda over, digest: self.writer.roll_back_all(
                out,
                expected_head_digest=over.digest,
                expected_version=over.version,
                new_digest=digest,
                actor=actor,
                reason=reason,
                at=at,
            ),
        )

    def _moved(
        self, change: Callable[[InForce], tuple[ActiveChange, ...]], move: Callable[[Head, str], Head]
    ) -> InForce:
        for _ in range(_TRIES):
            now = self.in_force.refresh()
            active = change(now)
            knowledge = now.folded(active, now.head.version)
            digest = knowledge.digest(self.encoder_id)
            try:
                new_head = move(now.head, digest)
            except StaleHead:
                continue
            return self.in_force.adopt(new_head, active, knowledge=knowledge)
        raise StaleHead(self.writer.path, "knowledge keeps moving; nothing was taken back")

    def _put_in_force(self, trial: Trial, status: Status, actor: str, at: datetime) -> Live:
        number, over, digest = trial.number, trial.over, trial.digest
        # The version too: what was taught anew under another number gives the same digest over other rows.
        if status is Status.ROLLED_BACK:
            new_head = self.writer.redo(
                number,
                expected_head_digest=over.digest,
                expected_version=over.version,
                new_digest=digest,
                actor=actor,
                at=at,
            )
        else:
            new_head = self.writer.deploy(
                number,
                [to_row(trial.change)],
                expected_head_digest=over.digest,
                expected_version=over.version,
                new_digest=digest,
                actor=actor,
                at=at,
            )
        self.in_force.adopt(new_head, trial.active, trial.interpreter, trial.interpreter.knowledge)
        self._keep(trial)
        return Live(number, new_head.version)

    def _failed(self, trial: Trial, status: Status, at: datetime) -> Failed:
        failed = Failed(trial.number, trial.result.reasons, trial.result.cases)
        if status is not Status.ROLLED_BACK:
            details = trial.result.to_json()
            self.writer.reject(trial.number, actor=SYSTEM, reason="; ".join(failed.reasons), details=details, at=at)
        return failed

    def _baseline(self, now: InForce, suite: Suite, speaker: str | None) -> Baseline:
        arm = Arm.of(now.interpreter, self.golden)
        binding, base = binding_of(suite, now.knowledge, self.encoder_id), Knowledge(now.knowledge.base)
        return self.shelf.baseline(suite, arm, binding, now.active, speaker=speaker, base=base.digest(self.encoder_id))

    def _keep(self, trial: Trial) -> None:
        binding = replace(trial.result.binding, knowledge=trial.digest)
        kept = Baseline(binding, trial.change.owner, trial.active, trial.result.records, trial.interpreter)
        self.shelf.keep(trial.suite, kept)

    def _support(self, number: int, *, approved: bool) -> Support:
        return self.household.support(number, approved=approved) if self.household else Support(approved=approved)

    def _suite(self, snapshot: Snapshot) -> Suite:
        """Return the suite as it is now; the last one is kept, for its checks take a while to make."""
        golden = self.household.golden(self.golden) if self.household else self.golden
        history = self.household.history() if self.household else ()
        suite = Suite(golden, snapshot, self.risk, history, history[-1].turn if history else 0)
        known = self._suites[:1]
        if known and _key(known[0]) == _key(suite):
            return known[0]
        self._suites[:] = [suite]
        return suite


def _key(suite: Suite) -> object:
    return suite.golden.digest, suite.snapshot.names_digest, suite.cut, [turn.id for turn in suite.history]


def _is_overtaken(added: ActiveChange, active: Iterable[ActiveChange]) -> bool:
    """Tell whether a later lesson gave the same person's word another meaning, so that this one cannot show."""
    if isinstance(added.change, ExemplarChange):
        return False
    return any(said_of(a.change) == said_of(added.change) and a.number > added.number for a in active)

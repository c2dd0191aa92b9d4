"""Random histories of learning over a store, and what must be true of the store after each, whatever went wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from engine.learning.changes import (
    AliasChange,
    Change,
    CommandChange,
    ExemplarChange,
    SynonymChange,
    from_payload,
    of_row,
    to_payload,
    to_row,
)
from engine.learning.deploy import Deployer, Trial
from engine.learning.fold import ActiveChange, fold
from engine.learning.golden import GoldenSet
from engine.learning.in_force import KnowledgeInForce
from engine.learning.understander import Situation
from engine.understanding.interpretation import Interpretation
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from engine.understanding.risk import DEFAULT_RISK_POLICY
from engine.understanding.snapshot import Area, Entity, Snapshot
from store import (
    Action,
    AuditEntry,
    Head,
    LearningRefused,
    LearningWriter,
    Proposal,
    Status,
    Store,
    head,
    improvement_id,
    improvements,
    read_learned,
)
from store.status import IN_FORCE, improvement_number

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
ENCODER = "an encoder"
BASE = BaseKnowledge((), "", "a base")
HOME = Snapshot((), (Area("den", "Den"),), tuple(Entity(f"light.{n}", n.title(), "den") for n in ("one", "two")))
# Few and much alike: what one replaces, what another one needs, and some that fail their test.
CHANGES: tuple[Change, ...] = (
    AliasChange("bertha", "entity", "light.one"),
    AliasChange("bertha", "entity", "light.two"),
    AliasChange("bertha", "area", "den", "personal", "ana"),
    AliasChange("nobody", "entity", "light.gone"),
    SynonymChange("zap", "turn on"),
    CommandChange("film time", "turn off the lamp"),
    ExemplarChange("make it cosy", "light_control"),
    ExemplarChange("make it cosy", "scene_activate"),
)


@dataclass(frozen=True)
class ExactWords:
    """An understander of learned examples alone, to the letter; the latest one counts."""

    knowledge: Knowledge

    def with_knowledge(self, knowledge: Knowledge) -> Self:
        return type(self)(knowledge)

    def understand(self, text: str, situation: Situation) -> Interpretation:
        known = {exemplar.text: exemplar.intent for exemplar in self.knowledge.learned}
        return Interpretation(text, known.get(text, "none"))


def nothing(_: str) -> None:
    """Let a step go on."""


class Life:
    """One process that learns: random steps over a store that others may write too."""

    def __init__(self, store: Store, chance: random.Random) -> None:
        self.store, self.chance = store, chance
        self.on_step: Callable[[str], None] = nothing
        self.writer = LearningWriter(store, on_step=self._hear)
        self.in_force = KnowledgeInForce(store, self.writer, ExactWords(Knowledge(BASE)), ENCODER)
        golden = GoldenSet((), (), frozenset(), Snapshot(), "no cases")
        self.deployer = Deployer(self.writer, self.in_force, golden, ENCODER, DEFAULT_RISK_POLICY)
        self.passes: dict[int, tuple[Head, Trial]] = {}
        self.in_force.open(AT)

    def take(self) -> None:
        """Take a random step; what the statuses or a stale test do not allow is refused and changes nothing."""
        steps = (
            self.propose,
            self.test,
            self.deploy,
            self.push,
            self.go_live,
            self.roll_back,
            self.redo,
            self.complete,
        )
        with suppress(LearningRefused):
            self.chance.choices(steps, (2, 3, 3, 1, 3, 3, 3, 1))[0]()

    def try_out(self) -> None:
        """Propose a change and let it go live, if it may."""
        with suppress(LearningRefused):
            self.learn([self.chance.choice(CHANGES)])

    def learn(self, changes: Iterable[Change]) -> None:
        """Propose changes and let them go live, one after the other."""
        for change in changes:
            number = self.propose(change)
            self.deployer.go_live(number, change, HOME, status=Status.PENDING, actor="system", at=AT)

    def take_all_back(self) -> None:
        """Take back all that is in force."""
        live = [one.number for one in improvements.listing(self.store, IN_FORCE)]
        if live:
            self.deployer.take_out(live, actor="ana", reason="all of it", at=AT)

    def propose(self, given: Change | None = None) -> int:
        change = given or self.chance.choice(CHANGES)
        return self.writer.propose(Proposal(change.type, 1, change.phrase, to_payload(change)), actor="ana", at=AT)

    def test(self) -> None:
        number, change, status = self._one({Status.PENDING, Status.APPROVED, Status.ROLLED_BACK})
        over = head(self.store)
        trial = self.deployer.test(number, change, HOME)
        self.writer.record_test(number, passed=trial.result.passed, results=trial.result.to_json(), at=AT)
        if trial.result.passed:
            self.passes[number] = over, trial
        elif status is not Status.ROLLED_BACK:
            self.writer.reject(number, actor="system", reason="it failed", at=AT)

    def deploy(self) -> None:
        """Deploy by a test of some time ago."""
        number, change, status = self._one({Status.PENDING, Status.APPROVED}, tested=True)
        over, trial = self.passes[number]
        if status is Status.PENDING:
            self.writer.approve(number, actor="ana", at=AT)
        moved = self.writer.deploy(
            number,
            [to_row(change)],
            expected_head_digest=trial.over,
            expected_version=over.version,
            new_digest=trial.digest,
            actor="system",
            at=AT,
        )
        self.in_force.adopt(moved, trial.active, trial.interpreter)

    def push(self) -> None:
        """Try to deploy whatever there is, tested or not, over the head as it is."""
        number, change, status = self._one({Status.PENDING, Status.APPROVED, Status.REJECTED, Status.ROLLED_BACK})
        if status is Status.PENDING:
            self.writer.approve(number, actor="eve", at=AT)
        now = self.in_force.refresh()
        digest = fold(BASE, [*now.active, ActiveChange(number, change)]).digest(ENCODER)
        over = {"expected_head_digest": now.head.digest, "expected_version": now.head.version}
        self.writer.deploy(number, [to_row(change)], **over, new_digest=digest, actor="eve", at=AT)

    def redo(self) -> None:
        """Redo by a test of some time ago, or by one made now."""
        number, change, status = self._one({Status.ROLLED_BACK})
        if number not in self.passes or self.chance.random() < 0.5:
            self.deployer.go_live(number, change, HOME, status=status, actor="ana", at=AT)
            return
        over, trial = self.passes[number]
        moved = self.writer.redo(
            number,
            expected_head_digest=trial.over,
            expected_version=over.version,
            new_digest=trial.digest,
            actor="ana",
            at=AT,
        )
        self.in_force.adopt(moved, trial.active, trial.interpreter)

    def go_live(self) -> None:
        number, change, status = self._one({Status.PENDING, Status.APPROVED})
        self.deployer.go_live(number, change, HOME, status=status, actor="system", at=AT)

    def roll_back(self) -> None:
        live = [one.number for one in improvements.listing(self.store, IN_FORCE)]
        numbers = self.chance.sample(live, self.chance.randint(1, min(2, len(live)))) if live else [404]
        self.deployer.take_out(numbers, actor="ana", reason="r", at=AT)

    def complete(self) -> None:
        number, _, _ = self._one({Status.APPLIED})
        self.writer.complete(number, results={}, at=AT)

    def close(self) -> None:
        self.writer.close()

    def _hear(self, point: str) -> None:
        self.on_step(point)

    def _one(self, statuses: set[Status], *, tested: bool = False) -> tuple[int, Change, Status]:
        found = [one for one in improvements.listing(self.store, statuses) if not tested or one.number in self.passes]
        if not found:
            raise LearningRefused(self.store.path, "there is none")
        one = self.chance.choice(found)
        return one.number, from_payload(one.proposed_value), one.status


def verify(store: Store) -> list[Change]:
    """Assert that head, rows, statuses and audit tell one story; return the changes in force, as they are numbered.

    The digest is that of these changes, folded from scratch.
    """
    told = Story()
    for entry in improvements.audit(store):
        told.read(entry, store)
    statuses = {one.number: one.status for one in improvements.listing(store)}
    assert told.status == statuses
    assert (told.version, told.digest, told.high_water) == tuple(vars(head(store)).values())
    live = [ActiveChange(number, told.changes[number]) for number in sorted(told.live)]
    assert head(store).digest == fold(BASE, live).digest(ENCODER)
    learned = read_learned(store)
    assert learned.refused == ()
    assert [ActiveChange(row.improvement, of_row(row)) for row in learned.active] == live
    kept = [row[0] for table in TABLES for row in store.database.fetch(f"SELECT improvement FROM {table}")]
    backed_up = store.database.fetch("SELECT improvement_id FROM improvement_backups ORDER BY id")
    assert sorted(kept) == sorted(told.deployed)
    assert [improvement_number(row[0]) for row in backed_up] == told.deployed
    return [active.change for active in live]


TABLES = ("entity_aliases", "synonyms", "training_examples", "knowledge_rows")
_LEADS_TO = {
    Action.CREATED: Status.PENDING,
    Action.APPROVED: Status.APPROVED,
    Action.REJECTED: Status.REJECTED,
    Action.APPLIED: Status.APPLIED,
    Action.REDONE: Status.APPLIED,
    Action.ROLLED_BACK: Status.ROLLED_BACK,
    Action.MONITORING_COMPLETE: Status.COMPLETED,
}


class Story:
    """What the audit tells, row by row."""

    def __init__(self) -> None:
        self.version, self.digest, self.high_water = 0, "", 0
        self.status: dict[int, Status] = {}
        self.changes: dict[int, Change] = {}
        self.deployed: list[int] = []
        self.passed: dict[int, bool] = {}
        self.passed_over: set[tuple[int, str]] = set()

    @property
    def live(self) -> set[int]:
        """The numbers in force."""
        return {number for number, status in self.status.items() if status in IN_FORCE}

    def read(self, entry: AuditEntry, store: Store) -> None:
        """Take in one row, asserting that it follows from those before."""
        if entry.improvement_id == "base":
            self._moved(entry.details)
            return
        number = improvement_number(entry.improvement_id)
        if entry.action is Action.CREATED:
            found = improvements.get(store, number)
            assert found is not None
            assert found.id == improvement_id(number)
            self.changes[number] = from_payload(found.proposed_value)
        if entry.action is Action.TESTED:
            self._tested(number, entry.details)
        if entry.action in {Action.APPLIED, Action.REDONE}:
            self._put_in_force(number, entry)
        self.status[number] = _LEADS_TO.get(entry.action, self.status.get(number, Status.PENDING))
        if entry.action is Action.ROLLED_BACK and entry.details["version"] != self.version:
            self._moved(entry.details)

    def _tested(self, number: int, details: Any) -> None:
        self.passed[number] = details["passed"]
        if details["passed"]:
            self.passed_over.add((number, details["results"]["bound_to"]["knowledge"]))

    def _put_in_force(self, number: int, entry: AuditEntry) -> None:
        assert self.passed.get(number), f"#{number} went live after a failed test"
        assert (number, self.digest) in self.passed_over, f"#{number} went live on a stale test"
        if entry.action is Action.APPLIED:
            self.deployed.append(number)
        self.high_water = max(self.high_water, number)
        self._moved(entry.details)
        with_it = [ActiveChange(one, self.changes[one]) for one in sorted({*self.live, number})]
        assert self.digest == fold(BASE, with_it).digest(ENCODER), f"#{number} led to another digest"

    def _moved(self, details: Any) -> None:
        assert (details["previous"], details["version"]) == (self.digest, self.version + 1)
        self.digest, self.version = details["digest"], details["version"]

"""One run: a stream lived through with a policy, beside the same stream without learning."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime

from bench.replay.dataset import Dataset
from bench.replay.labelled import LabelledUnderstander, Shipped, golden_of
from bench.replay.measures import Ledger, Row, taken_back_soon
from bench.replay.people import Admin, Person, person
from bench.replay.policies import SITUATION, Answer, Change, Policy, outcome
from bench.replay.stream import A_DAY, Arm, Life, live
from engine.learning.golden import GoldenSet
from engine.understanding.interpretation import Disposition

ARMS = {
    arm.name: arm
    for arm in (
        Arm("clean"),
        Arm("poison3", poison=0.03),
        Arm("poison10", poison=0.10),
        Arm("drift", drift=True),
        Arm("trojan"),
        Arm("aa"),
    )
}
PLANTED = 8
"""How many harmful changes a trojan arm deploys, one a week; as many good ones, and half as many of no effect."""

Maker = Callable[[LabelledUnderstander, GoldenSet], Policy]


@dataclass(frozen=True)
class Plan:
    """What one run is of."""

    arm: str
    policy: str
    seed: int
    turns: int = 3_000


@dataclass(frozen=True)
class Planted:
    """A change that is put in force untested, by the number of a turn."""

    turn: int
    text: str
    label: str


@dataclass(frozen=True, eq=False)
class Household:
    """A life that is about to be lived with a policy, and what learning is compared with."""

    plan: Plan
    dataset: Dataset
    life: Life
    people: Sequence[Person]
    base: LabelledUnderstander

    @classmethod
    def of(cls, plan: Plan, shipped: Shipped) -> Household:
        """Throw all dice."""
        dataset = shipped.dataset
        life = live(dataset, ARMS[plan.arm], plan.seed, turns=plan.turns)
        people = [person(spoken, life, dataset.labels, plan.seed) for spoken in life.spoken]
        return cls(plan, dataset, life, people, shipped.understander(_texts(dataset, life, people)))

    def run(self, make: Maker) -> Row:
        """Live through the stream and return what was measured."""
        began = time.perf_counter()
        ledger = Ledger()
        with closing(make(self.base, golden_of(self.dataset, self.base))) as policy:
            planted, milliseconds = self._live(policy, ledger)
            row = self._row(ledger, policy.changes(), planted)
        seconds = round(time.perf_counter() - began, 1)
        return replace(row, turn_ms=round(milliseconds, 3), seconds=seconds)

    def _live(self, policy: Policy, ledger: Ledger) -> tuple[frozenset[int], float]:
        planting = self._planting()
        numbers: set[int] = set()
        admin = Admin(self.life, self.plan.seed)
        spent = 0.0
        for who in self.people:
            spoken = who.spoken
            policy.until(spoken.at)
            if spoken.number % A_DAY == 0:
                self._decide(policy, admin, spoken.at)
            due = [planted for planted in planting if planted.turn == spoken.number]
            numbers |= {policy.plant(each.text, each.label, spoken.at) for each in due}
            began = time.perf_counter()
            heard = policy.hear(spoken)
            spent += time.perf_counter() - began
            ledger.note(spoken, heard, self.base.understand(spoken.text, SITUATION))
            ledger.executed(heard.found, self.dataset.guarded, spoken)
            came = outcome(heard.found)
            picked = who.picks(heard.found.intent) if heard.found.disposition is Disposition.ASK else None
            pressed = None if picked else who.presses(came, heard.instead)
            verdict = who.verdict(came) if heard.asks and pressed is None else None
            reaction = None if picked else pressed or who.says_of(came, acted=came is not None)
            policy.told(Answer(spoken, heard, picked, verdict, reaction))
        return frozenset(numbers), spent * 1_000 / len(self.people)

    @staticmethod
    def _decide(policy: Policy, admin: Admin, at: datetime) -> None:
        for waits in policy.waiting():
            answer = admin.answers(waits, at)
            if answer is not None:
                policy.decided(waits.number, at, approved=answer)

    def _planting(self) -> Sequence[Planted]:
        """Return harmful changes of frequent habits that work, or good and idle ones."""
        dice = random.Random(f"{self.dataset.name}:{self.plan.seed}:planted")
        usual = [habit.said for habit in self.life.habits if habit.said.label not in self.dataset.guarded]
        works = [said for said in usual if outcome(self.base.understand(said.text, SITUATION)) == said.label]
        if self.plan.arm == "trojan":
            chosen = dice.sample(works[:40], min(PLANTED, len(works[:40])))
            labels = [sorted({*self.dataset.labels} - self.dataset.guarded - {str(said.label)}) for said in chosen]
            apart = max(1, len(self.people) // (PLANTED + 1))
            return [
                Planted((week + 1) * apart, said.text, dice.choice(others))
                for week, (said, others) in enumerate(zip(chosen, labels, strict=True))
            ]
        if self.plan.arm == "aa":
            first = len(self.people) // 10
            idle = dice.sample(works[:40], min(PLANTED // 2, len(works[:40])))
            chosen = [*(said for said in usual if said not in works)][:PLANTED] + idle
            return [Planted(first + at * 20, said.text, str(said.label)) for at, said in enumerate(chosen)]
        return ()

    def _row(self, ledger: Ledger, changes: Sequence[Change], planted: frozenset[int]) -> Row:
        own = [change for change in changes if change.number not in planted]
        judged = [change for change in changes if change.number in planted] or own
        healthy = [change for change in judged if not ledger.is_harmful(change)]
        trojans = [change for change in changes if change.number in planted and ledger.is_harmful(change)]
        return Row(
            *(self.dataset.name, self.plan.arm, self.plan.policy, self.plan.seed),
            turns=ledger.turns,
            defects_without=ledger.defects_without,
            defects=ledger.defects,
            wins=ledger.wins,
            losses=ledger.losses,
            deployed=len(own),
            harmful=sum(ledger.is_harmful(change) for change in own),
            hijacks=ledger.hijacks,
            guarded_asked=ledger.guarded_asked,
            healthy=len(healthy),
            healthy_back=sum(taken_back_soon(change) for change in healthy),
            harmful_turns=tuple(ledger.spoilt_by(change) for change in trojans),
            never_back=sum(change.back is None for change in trojans),
            digest=ledger.digest(changes),
        )


def _texts(dataset: Dataset, life: Life, people: Sequence[Person]) -> set[str]:
    said = {spoken.text for spoken in life.spoken} | {said.text for said in dataset.golden}
    said |= {habit.said.text for habit in life.habits}
    return said | {who.reaction_to_wrong.text for who in people if who.reaction_to_wrong and who.reaction_to_wrong.text}

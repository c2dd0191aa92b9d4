"""The whole suite a change is tested against: golden, must-not-act, every name of the home, and what was said in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from engine.learning.cases import Case, case_document
from engine.learning.golden import GoldenSet, Trial, Verdict, try_case
from engine.learning.history import HistoryTurn
from engine.learning.probes import AREA_PROBES, entity_probe
from engine.learning.understander import Situation, Understander, heard
from engine.understanding.interpretation import Interpretation
from engine.understanding.knowledge import Alias, Knowledge
from engine.understanding.plain import plain
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy
from engine.understanding.slots import prepare
from engine.understanding.snapshot import Snapshot
from engine.understanding.spelling import correct_words

Family = Literal["golden", "must_not_act", "name", "household", "history"]
Judge = Callable[[Interpretation], Verdict]


@dataclass(frozen=True)
class Arm:
    """One knowledge at work: over the golden house, and over the household's own home.

    An alias for something the golden house does not have says nothing about golden, so there it is left out.
    """

    golden: Understander
    home: Understander

    @classmethod
    def of(cls, interpreter: Understander, golden: GoldenSet) -> Arm:
        """Return the arm of an interpreter."""
        kept = within(interpreter.knowledge, golden.house)
        same = kept is interpreter.knowledge
        return cls(interpreter if same else interpreter.with_knowledge(kept), interpreter)

    @property
    def knowledge(self) -> Knowledge:
        """The knowledge at work in the household's home."""
        return self.home.knowledge


def within(knowledge: Knowledge, house: Snapshot) -> Knowledge:
    """Return knowledge without the aliases whose targets a house does not have."""
    kept = tuple(alias for alias in knowledge.aliases if _exists(alias, house))
    if len(kept) == len(knowledge.aliases):
        return knowledge
    return replace(knowledge, aliases=kept)


def _nothing(_: str) -> bool:
    return False


def _exists(alias: Alias, house: Snapshot) -> bool:
    return alias.target in (house.by_id if alias.kind == "entity" else house.areas_by_id)


@dataclass(frozen=True)
class Check:
    """One case of the suite and the words in it; `turn` is the turn of history it is."""

    id: str
    family: Family
    case: Case
    target: str | None = None
    turn: HistoryTurn | None = None

    @property
    def at_home(self) -> bool:
        """Whether it speaks of the household's own home."""
        return self.family not in {"golden", "must_not_act"}

    @property
    def silent(self) -> bool:
        """Whether it must not act."""
        return self.family != "name" and self.turn is None and self.case.expected is None

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the utterance and of its context, as said and as understanding mends them."""
        return _words_of((self.case.utterance, *self.case.context))

    @cached_property
    def joined(self) -> str:
        """The letters of the texts, without spaces."""
        return "".join("".join(plain(text).split()) for text in (self.case.utterance, *self.case.context))


@dataclass(frozen=True)
class Suite:
    """All checks of one golden set, one home and its history, which ends with turn `cut`."""

    golden: GoldenSet
    snapshot: Snapshot
    risk: RiskPolicy = DEFAULT_RISK_POLICY
    history: tuple[HistoryTurn, ...] = ()
    cut: int = 0

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks: golden cases, those that must not act, names, the household's own cases, and history."""
        golden = (Check(case.id, "golden", case) for case in self.golden.cases)
        silent = (Check(case.id, "must_not_act", case) for case in self.golden.must_not_act)
        own = (Check(_household_id(case), "household", case) for case in self.golden.household)
        return (*golden, *silent, *_names(self.snapshot), *own, *(_history_check(turn) for turn in self.history))

    def run(self, check: Check, arm: Arm, speaker: str | None) -> Trial:
        """Return what a check yields in an arm; `speaker` speaks where the case names nobody."""
        if check.turn is not None:
            return self._try_turn(check.turn, arm)
        if not check.at_home:
            return try_case(check.case, arm.golden, self.golden.house, speaker=speaker, risk=self.risk)
        if check.target is None:
            return try_case(check.case, arm.home, self.snapshot, speaker=speaker, risk=self.risk)
        trial = try_case(check.case, arm.home, self.snapshot, speaker=speaker, risk=self.risk)
        found = trial.understood
        passed = check.target in (*found.targets, found.slots.get("area"), found.slots.get("floor"))
        why = "" if passed else f"no longer means {check.target}"
        return Trial(Verdict(passed=passed, why=why), trial.heard, trial.asked)

    def _try_turn(self, turn: HistoryTurn, arm: Arm) -> Trial:
        situation = Situation(self.snapshot, turn.speaker, turn.at, turn.previous, self.risk)
        found, asked = heard(arm.home, turn.text, situation)
        why = turn.fault(found)
        return Trial(Verdict(passed=not why, why=why), (found,), asked)


@lru_cache(65_536)
def _words_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        word
        for text in texts
        for form in (plain(text), prepare(text), correct_words(prepare(text), _nothing))
        for word in form.split()
    )


def _household_id(case: Case) -> str:
    """Return an id that another case under the same name does not have."""
    document = json.dumps(case_document(case), sort_keys=True)
    return f"household:{case.id}:{hashlib.sha256(document.encode()).hexdigest()[:12]}"


def _history_check(turn: HistoryTurn) -> Check:
    return Check(turn.id, "history", Case(turn.id, turn.text, None, "history", user=turn.speaker), turn=turn)


def _names(snapshot: Snapshot) -> Iterable[Check]:
    for entity in snapshot.entities:
        if entity.exposed:
            for at, name in enumerate((entity.name, *entity.aliases)):
                yield _name_check(
                    f"name:{entity.entity_id}:{at}", entity_probe(entity.entity_id, name), entity.entity_id
                )
    for area in snapshot.areas:
        for at, name in enumerate((area.name, *area.aliases)):
            for which, frame in enumerate(AREA_PROBES[:2]):
                yield _name_check(f"name:{area.id}:{at}:{which}", frame.format(name), area.id)
    for floor in snapshot.floors:
        for at, name in enumerate((floor.name, *floor.aliases)):
            yield _name_check(f"name:floor:{floor.id}:{at}", AREA_PROBES[0].format(name), floor.id)


def _name_check(check_id: str, text: str, target: str) -> Check:
    return Check(check_id, "name", Case(check_id, text.casefold(), None, category="name"), target)

"""What examples would spoil: golden cases and turns that went well, among those near or of the intents concerned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.cases import Case
from engine.learning.changes import ExemplarChange
from engine.learning.cluster_rows import Vectors
from engine.learning.golden import try_case
from engine.learning.history import HistoryTurn
from engine.learning.understander import Rescorable, Understander, heard
from engine.understanding.plain import plain

_NEAREST = 40


@dataclass(frozen=True)
class _Known:
    """How something goes today, and what the examples were asked about it (None: nobody can tell)."""

    well: bool
    asked: tuple[str, ...] | None

    def may_change(self, altered: frozenset[str] | None) -> bool:
        return altered is None or self.asked is None or not altered.isdisjoint(self.asked)


class Losses:
    """Tries examples out. Only what the examples decide otherwise is understood again."""

    def __init__(self, against: AnalysisGrounds) -> None:
        self._against = against
        self._now = against.grounds.interpreter
        self._known: dict[str, _Known] = {}

    def golden(self, changes: Collection[ExemplarChange], rivals: Collection[str], trial: Understander) -> list[str]:
        """Return the golden sentences that would fail: nearest to the examples, or of the rival intents."""
        cases = list(self._cases(self._vectors(changes), rivals))
        altered = self._altered((self._of_case(case) for case in cases), trial)
        return [
            case.utterance
            for case in cases
            if (known := self._of_case(case)).well and known.may_change(altered) and not self._passes(case, trial)
        ]

    def history(self, changes: Collection[ExemplarChange], own: frozenset[str], trial: Understander) -> list[str]:
        """Return what went well and would come out otherwise, but for the plain texts in `own`."""
        near = _nearest(self._history_vectors, self._vectors(changes))
        turns = [self._went_well[at] for at in near if plain(self._went_well[at].text) not in own]
        altered = self._altered((self._of_turn(turn) for turn in turns), trial)
        return [
            turn.text
            for turn in turns
            if (known := self._of_turn(turn)).well
            and known.may_change(altered)
            and turn.fault(self._against.understand(turn.text, turn.speaker, trial))
        ]

    def _altered(self, known: Iterable[_Known], trial: Understander) -> frozenset[str] | None:
        """Return the texts that the examples decide otherwise with the trial; None where that cannot be told."""
        if not isinstance(self._now, Rescorable) or not isinstance(trial, Rescorable):
            return None
        texts = sorted({text for one in known if one.well for text in one.asked or ()})
        before = self._now.scored(texts)
        return trial.scored(texts, before).unlike(before)

    def _of_case(self, case: Case) -> _Known:
        if case.id not in self._known:
            against = self._against
            found = try_case(case, self._now, against.golden.house, risk=against.grounds.risk)
            self._known[case.id] = _Known(found.verdict.passed, found.asked)
        return self._known[case.id]

    def _passes(self, case: Case, trial: Understander) -> bool:
        against = self._against
        return try_case(case, trial, against.golden.house, risk=against.grounds.risk).verdict.passed

    def _of_turn(self, turn: HistoryTurn) -> _Known:
        if turn.id not in self._known:
            found, asked = heard(self._now, turn.text, self._against.situation(turn.speaker))
            self._known[turn.id] = _Known(not turn.fault(found), asked)
        return self._known[turn.id]

    def _cases(self, vectors: Vectors, rivals: Collection[str]) -> Iterator[Case]:
        near = set(_nearest(self._golden_vectors, vectors))
        for at, case in enumerate(self._against.golden.all_cases):
            if at in near or (case.expected is not None and case.expected.intent in rivals):
                yield case

    def _vectors(self, changes: Collection[ExemplarChange]) -> Vectors:
        return self._against.encoder.encode([change.text for change in changes])

    @cached_property
    def _golden_vectors(self) -> Vectors:
        return self._against.encoder.encode([case.utterance for case in self._against.golden.all_cases])

    @cached_property
    def _went_well(self) -> tuple[HistoryTurn, ...]:
        return tuple(turn for turn in self._against.history if turn.accepted)

    @cached_property
    def _history_vectors(self) -> Vectors:
        return self._against.encoder.encode([turn.text for turn in self._went_well])


def _nearest(vectors: Vectors, examples: Vectors) -> list[int]:
    if not len(vectors):
        return []
    near = (vectors @ examples.T).max(axis=1)
    return [int(at) for at in np.argsort(-near, kind="stable")[:_NEAREST]]

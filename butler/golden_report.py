"""How well understanding does on a golden dataset: counts over values, nothing printed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.embedding import Encoder
from engine.learning.golden import Case, GoldenSet, Trial, try_case
from engine.learning.understander import Understander
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Exemplar, Knowledge

FOLDS = 5


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    passed: int
    of: int

    @property
    def percent(self) -> float:
        """The share in percent; 100 of nothing."""
        return 100 * self.passed / self.of if self.of else 100.0


@dataclass(frozen=True)
class Failure:
    """A case that failed, and why."""

    case: Case
    why: str


@dataclass(frozen=True)
class GoldenReport:
    """All figures of one run. `mended` are known failures that pass now, and should be listed no longer."""

    overall: Share
    by_intent: Mapping[str, Share]
    by_category: Mapping[str, Share]
    confusions: Mapping[tuple[str, str], int]
    failures: tuple[Failure, ...]
    silent: Share
    acting: tuple[Failure, ...]
    known_failures: int
    mended: tuple[str, ...]


def measure(golden: GoldenSet, interpreter: Understander) -> GoldenReport:
    """Run every case."""
    tried = [(case, try_case(case, interpreter, golden.house)) for case in golden.cases]
    silent = [(case, try_case(case, interpreter, golden.house)) for case in golden.must_not_act]
    passed = {case.id for case, trial in (*tried, *silent) if trial.verdict.passed}
    return GoldenReport(
        overall=_share(tried),
        by_intent=_shares(tried, _intent),
        by_category=_shares(tried, lambda case: case.category),
        confusions=_confusions(tried),
        failures=_failures(tried),
        silent=_share(silent),
        acting=_failures(silent),
        known_failures=len(golden.known_failures),
        mended=tuple(sorted(golden.known_failures & passed)),
    )


def hold_out(golden: GoldenSet, encoder: Encoder, base: BaseKnowledge) -> tuple[Share, ...]:
    """Return how each fifth of the cases does when the only exemplars are the sentences of the other four fifths.

    A paraphrase group is never divided, so that no sentence is understood by one that means the same.
    """
    folds = _folds(golden.cases)
    found: list[Share] = []
    for held in folds:
        others = (case for fold in folds if fold is not held for case in fold)
        exemplars = tuple(Exemplar(text, intent) for text, intent in _sentences(others).items())
        interpreter = Interpreter.build(Knowledge(BaseKnowledge(exemplars, base.patterns, "held out")), encoder)
        found.append(_share([(case, try_case(case, interpreter, golden.house)) for case in held]))
    return tuple(found)


_Tried = list[tuple[Case, Trial]]


def _intent(case: Case) -> str:
    assert case.expected is not None
    return case.expected.intent


def _share(tried: _Tried) -> Share:
    return Share(sum(trial.verdict.passed for _, trial in tried), len(tried))


def _shares(tried: _Tried, key: Callable[[Case], str]) -> dict[str, Share]:
    groups: defaultdict[str, _Tried] = defaultdict(list)
    for case, trial in tried:
        groups[key(case)].append((case, trial))
    return {name: _share(groups[name]) for name in sorted(groups)}


def _confusions(tried: _Tried) -> dict[tuple[str, str], int]:
    pairs = ((_intent(case), trial.understood.intent) for case, trial in tried)
    return dict(Counter(pair for pair in pairs if pair[0] != pair[1]).most_common())


def _failures(tried: _Tried) -> tuple[Failure, ...]:
    return tuple(Failure(case, trial.verdict.why) for case, trial in tried if not trial.verdict.passed)


def _sentences(cases: Iterable[Case]) -> dict[str, str]:
    """Return the intent of every sentence that stands alone."""
    return {case.utterance: _intent(case) for case in cases if not case.context and not case.clauses}


def _folds(cases: Iterable[Case]) -> list[list[Case]]:
    """Return five lists of about the same length, the largest groups placed first."""
    groups: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.group or case.id].append(case)
    folds: list[list[Case]] = [[] for _ in range(FOLDS)]
    for name in sorted(groups, key=lambda name: (-len(groups[name]), name)):
        min(folds, key=len).extend(groups[name])
    return folds

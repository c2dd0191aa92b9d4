"""The verdicts of one knowledge on the suite, so that a change costs only the cases it can touch."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from engine.learning.changes import Change, ExemplarChange
from engine.learning.fold import ActiveChange
from engine.learning.golden import Trial
from engine.learning.reserved import STOP_WORDS
from engine.learning.suite import Arm, Check, Suite
from engine.understanding.home_index import key_of
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.knowledge import Knowledge
from engine.understanding.numbers import with_digits
from engine.understanding.plain import plain
from engine.understanding.spelling import correct_words

_UNSETTLED = frozenset(
    {
        Reason.UNKNOWN_NAME,
        Reason.UNKNOWN_PLACE,
        Reason.AMBIGUOUS_NAME,
        Reason.MISSING_TARGET,
        Reason.NOTHING_TO_REFER_TO,
        Reason.GUARDED_INEXACT,
        Reason.UNSURE,
        Reason.NOT_UNDERSTOOD,
        Reason.UNSUPPORTED,
    }
)


@dataclass(frozen=True)
class Binding:
    """What a verdict depends on; when any of it moves, the verdict is void."""

    knowledge: str
    golden: str
    names: str


@dataclass(frozen=True)
class Record:
    """The outcome of one check; `milliseconds` are processor time an utterance.

    `unsettled`: a name in it was not found exactly. `by_pattern`: no exemplar took part. `taught`: a learned row did.
    """

    passed: bool
    why: str
    unsettled: bool
    by_pattern: bool
    taught: bool
    milliseconds: float


@dataclass(frozen=True)
class Baseline:
    """All records of one knowledge, for one speaker (None: somebody without words of their own).

    `active` are the changes that speaker may use.
    """

    binding: Binding
    speaker: str | None
    active: tuple[ActiveChange, ...]
    records: Mapping[str, Record]

    def accuracy(self, suite: Suite) -> float:
        """Return the share of golden cases that pass."""
        ids = [check.id for check in suite.checks if check.family == "golden"]
        return sum(self.records[name].passed for name in ids) / len(ids) if ids else 1.0


def binding_of(suite: Suite, knowledge: Knowledge, encoder_id: str) -> Binding:
    """Return what verdicts of `knowledge` on `suite` are bound to."""
    return Binding(knowledge.digest(encoder_id), suite.golden.digest, suite.snapshot.names_digest)


def visible(active: Iterable[ActiveChange], speaker: str | None) -> tuple[ActiveChange, ...]:
    """Return the changes a speaker may use: everybody's and their own."""
    return tuple(a for a in active if a.change.owner in {None, speaker})


def measure(
    suite: Suite, arm: Arm, binding: Binding, active: tuple[ActiveChange, ...], *, speaker: str | None = None
) -> Baseline:
    """Run every check."""
    return Baseline(binding, speaker, active, run_checks(suite, suite.checks, arm, speaker))


def advance(suite: Suite, known: Baseline, arm: Arm, binding: Binding, active: tuple[ActiveChange, ...]) -> Baseline:
    """Return the baseline of another set of changes, running only what the difference can affect."""
    changed = [a.change for a in set(known.active) ^ set(active)]
    touched = [check for check in suite.checks if any(affects(c, check, known.records[check.id]) for c in changed)]
    records = {**known.records, **run_checks(suite, touched, arm, known.speaker)}
    return Baseline(binding, known.speaker, active, records)


def run_checks(suite: Suite, checks: Iterable[Check], arm: Arm, speaker: str | None) -> dict[str, Record]:
    """Run checks one after the other and return their records by id."""
    records: dict[str, Record] = {}
    for check in checks:
        # Processor time: what else the machine does is not the change's doing.
        began = time.thread_time()
        trial = suite.run(check, arm, speaker)
        records[check.id] = _record(trial, (time.thread_time() - began) * 1_000 / len(trial.heard))
    return records


def affects(change: Change, check: Check, record: Record) -> bool:
    """Tell whether a change can alter a check's verdict; errs on the side of yes.

    A word can matter where all of its own words are said; where a name was not found exactly, it is enough that one is
    said nearly. An exemplar can matter wherever the sentence patterns did not decide.
    """
    if isinstance(change, ExemplarChange):
        return not record.by_pattern
    words = _key_words(change.phrase)
    if words <= check.words or record.taught or _mended(words) & check.words:
        return True
    if not record.unsettled:
        return False
    telling = [word for word in words if len(word) > 2 and word not in STOP_WORDS] or list(words)
    return any(_nearly_said(word, check) for word in telling)


def _key_words(phrase: str) -> frozenset[str]:
    return frozenset(with_digits(key_of(phrase)).split()) or frozenset(plain(phrase).split())


def _mended(words: frozenset[str]) -> frozenset[str]:
    """Return the words that are taken for slips today, and no longer when they are part of a name."""
    return frozenset(word for word in words if correct_words(word, _nothing) != word)


def _nothing(_: str) -> bool:
    return False


def _nearly_said(word: str, check: Check) -> bool:
    if word in check.words or word in check.joined:
        return True
    most = max(1, len(word) // 3)
    return any(OSA.distance(word, said, score_cutoff=most) <= most for said in check.words)


def _record(trial: Trial, milliseconds: float) -> Record:
    parts = [part for found in trial.heard for part in (found, *found.clauses)]
    return Record(
        trial.verdict.passed,
        trial.verdict.why,
        any(_is_unsettled(part) for part in parts),
        all(part.stage is Stage.PATTERN for part in parts),
        any(part.used for part in parts),
        milliseconds,
    )


def _is_unsettled(part: Interpretation) -> bool:
    return not part.exact_names or part.reason in _UNSETTLED or part.disposition is Disposition.ASK


class BaselineShelf:
    """The baselines of the knowledge in force, brought up to date when asked for."""

    def __init__(self, most: int = 12) -> None:
        self._most = most
        self._kept: dict[tuple[str, str, str | None], Baseline] = {}

    def baseline(
        self, suite: Suite, arm: Arm, binding: Binding, active: Iterable[ActiveChange], speaker: str | None
    ) -> Baseline:
        """Return the baseline of an arm for a speaker, from the nearest one known."""
        mine = visible(active, speaker)
        places = dict.fromkeys((_place(binding, speaker), _place(binding, None)))
        known = min(
            (found for place in places if (found := self._kept.get(place))),
            key=lambda found: _distance(found.active, mine),
            default=None,
        )
        if known is None:
            found = measure(suite, arm, binding, mine, speaker=speaker)
        elif known.binding == binding and known.speaker == speaker:
            return known
        else:
            found = advance(suite, replace(known, speaker=speaker), arm, binding, mine)
        self.keep(found)
        return found

    def keep(self, baseline: Baseline) -> None:
        """Keep a baseline, letting the oldest go."""
        place = _place(baseline.binding, baseline.speaker)
        self._kept.pop(place, None)
        self._kept[place] = baseline
        while len(self._kept) > self._most:
            self._kept.pop(next(iter(self._kept)))


def _distance(one: Iterable[ActiveChange], other: Iterable[ActiveChange]) -> int:
    """Return how much there is to run between two sets of changes: an exemplar touches far more than a word."""
    return sum(1_000 if isinstance(a.change, ExemplarChange) else 1 for a in set(one) ^ set(other))


def _place(binding: Binding, speaker: str | None) -> tuple[str, str, str | None]:
    return binding.golden, binding.names, speaker

"""The verdicts of one knowledge on the suite, so that a change costs only the cases it can touch."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from engine.learning.changes import Change, ExemplarChange
from engine.learning.fold import ActiveChange
from engine.learning.golden import Trial
from engine.learning.known_records import RecordFiles
from engine.learning.record import Binding, Record
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
    """Return the baseline of another set of changes, running what the difference can affect, or what is not known."""
    reaches = [Reach.of(a.change) for a in set(known.active) ^ set(active)]
    records = dict(known.records)
    to_run = [
        check
        for check in suite.checks
        if (record := records.get(check.id)) is None or any(reach.covers(check, record) for reach in reaches)
    ]
    records.update(run_checks(suite, to_run, arm, known.speaker))
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


def touched(suite: Suite, change: Change, records: Mapping[str, Record]) -> list[Check]:
    """Return the checks whose verdict a change can alter, and perhaps some more."""
    reach = Reach.of(change)
    return [check for check in suite.checks if reach.covers(check, records[check.id])]


@dataclass(frozen=True)
class Reach:
    """What a change can alter; errs on the side of more.

    A word can matter where all of its own words are said; where a name was not found exactly, it is enough that one is
    said nearly. An exemplar can matter wherever the sentence patterns did not decide.
    """

    is_exemplar: bool
    words: frozenset[str] = frozenset()
    mended: frozenset[str] = frozenset()
    telling: tuple[str, ...] = ()

    @classmethod
    def of(cls, change: Change) -> Reach:
        """Return the reach of a change."""
        if isinstance(change, ExemplarChange):
            return cls(is_exemplar=True)
        words = _key_words(change.phrase)
        telling = [word for word in words if len(word) > 2 and word not in STOP_WORDS] or list(words)
        return cls(is_exemplar=False, words=words, mended=_mended(words), telling=tuple(telling))

    def covers(self, check: Check, record: Record) -> bool:
        """Tell whether a check's verdict can change; `record` is its outcome without the change."""
        if self.is_exemplar:
            return not record.by_pattern
        if record.taught or self.words <= check.words or not self.mended.isdisjoint(check.words):
            return True
        return record.unsettled and any(_nearly_said(word, check) for word in self.telling)


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

    def __init__(self, files: RecordFiles | None = None, most: int = 12) -> None:
        self._files = files
        self._most = most
        self._kept: dict[tuple[str, str, str | None], Baseline] = {}

    def baseline(
        self,
        suite: Suite,
        arm: Arm,
        binding: Binding,
        active: Iterable[ActiveChange],
        *,
        speaker: str | None,
        base: str,
    ) -> Baseline:
        """Return the baseline of an arm for a speaker from the nearest one known; `base` is base knowledge's digest."""
        changes = tuple(active)
        mine = visible(changes, speaker)
        places = dict.fromkeys((_place(binding, speaker), _place(binding, None)))
        kept = [found for place in places if (found := self._kept.get(place))]
        known = min(
            kept or self._on_file(suite, binding, changes, base),
            key=lambda found: (_distance(found.active, mine), len(suite.checks) - len(found.records)),
            default=Baseline(binding, speaker, mine, {}),
        )
        if (known.binding, known.speaker, len(known.records)) == (binding, speaker, len(suite.checks)):
            self._put(known)
            return known
        found = advance(suite, replace(known, speaker=speaker), arm, binding, mine)
        self.keep(found)
        return found

    def keep(self, baseline: Baseline) -> None:
        """Keep a baseline, on file too where it is everybody's, letting the oldest go."""
        self._put(baseline)
        if self._files and baseline.speaker is None:
            self._files.keep(baseline.binding, baseline.records)

    def _put(self, baseline: Baseline) -> None:
        place = _place(baseline.binding, baseline.speaker)
        self._kept.pop(place, None)
        self._kept[place] = baseline
        while len(self._kept) > self._most:
            self._kept.pop(next(iter(self._kept)))

    def _on_file(
        self, suite: Suite, binding: Binding, active: tuple[ActiveChange, ...], base: str
    ) -> Iterable[Baseline]:
        """Yield what the last run knew of the knowledge in force, and what ships for base knowledge."""
        for bound, changes in ((binding, visible(active, None)), (replace(binding, knowledge=base), ())):
            records = self._files.known(suite, bound) if self._files else {}
            if records:
                yield Baseline(bound, None, changes, records)


def _distance(one: Iterable[ActiveChange], other: Iterable[ActiveChange]) -> int:
    """Return how much there is to run between two sets of changes: an exemplar touches far more than a word."""
    return sum(1_000 if isinstance(a.change, ExemplarChange) else 1 for a in set(one) ^ set(other))


def _place(binding: Binding, speaker: str | None) -> tuple[str, str, str | None]:
    return binding.golden, binding.names, speaker

"""The verdicts of one knowledge on the suite, so that a change costs only the cases it can touch."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from engine.learning.changes import Change, ExemplarChange
from engine.learning.fold import ActiveChange
from engine.learning.golden import Trial
from engine.learning.known_records import RecordFiles
from engine.learning.reach import Reach
from engine.learning.record import Binding, Record
from engine.learning.suite import Arm, Check, Suite
from engine.learning.understander import Rescorable, Scored, Understander
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.knowledge import Knowledge

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
    """All records of one knowledge; `speaker` speaks where a check names nobody (None: somebody without own words).

    `active` are all changes in force, and `by` is who understood.
    """

    binding: Binding
    speaker: str | None
    active: tuple[ActiveChange, ...]
    records: Mapping[str, Record]
    by: Understander | None = field(default=None, repr=False, compare=False)

    def accuracy(self, suite: Suite) -> float:
        """Return the share of golden cases that pass."""
        ids = [check.id for check in suite.checks if check.family == "golden"]
        return sum(self.records[name].passed for name in ids) / len(ids) if ids else 1.0


def binding_of(suite: Suite, knowledge: Knowledge, encoder_id: str) -> Binding:
    """Return what verdicts of `knowledge` on `suite` are bound to."""
    return Binding(knowledge.digest(encoder_id), suite.golden.digest, suite.snapshot.names_digest, suite.cut)


def visible(active: Iterable[ActiveChange], speaker: str | None) -> tuple[ActiveChange, ...]:
    """Return the changes a speaker may use: everybody's and their own."""
    return tuple(a for a in active if a.change.owner in {None, speaker})


def measure(
    suite: Suite, arm: Arm, binding: Binding, active: tuple[ActiveChange, ...], *, speaker: str | None = None
) -> Baseline:
    """Run every check."""
    return Baseline(binding, speaker, active, run_checks(suite, suite.checks, arm, speaker), arm.home)


def advance(
    suite: Suite,
    known: Baseline,
    arm: Arm,
    binding: Binding,
    active: tuple[ActiveChange, ...],
    *,
    speaker: str | None = None,
    unlike: frozenset[str] | None = None,
) -> Baseline:
    """Return the baseline of another set of changes, running what the difference can affect, or what is not known.

    `unlike` are the texts that the classifier decides otherwise, None where that cannot be told.
    """
    reaches: dict[str | None, list[Reach]] = {}
    to_run: list[Check] = []
    for check in suite.checks:
        user = check.case.user
        if user not in reaches:
            before, after = visible(known.active, user or known.speaker), visible(active, user or speaker)
            reaches[user] = [Reach.of(a.change, unlike) for a in set(before) ^ set(after)]
        record = known.records.get(check.id)
        if record is None or any(reach.covers(check, record) for reach in reaches[user]):
            to_run.append(check)
    fresh = run_checks(suite, to_run, arm, speaker)
    records = {check.id: fresh.get(check.id) or known.records[check.id] for check in suite.checks}
    return Baseline(binding, speaker, active, records, arm.home)


def run_checks(suite: Suite, checks: Iterable[Check], arm: Arm, speaker: str | None) -> dict[str, Record]:
    """Run checks one after the other and return their records by id."""
    records: dict[str, Record] = {}
    knowledge = arm.knowledge
    wordings = frozenset(row.improvement for rows in (knowledge.synonyms, knowledge.commands) for row in rows)
    for check in checks:
        # Processor time: what else the machine does is not the change's doing.
        began = time.thread_time()
        trial = suite.run(check, arm, speaker)
        records[check.id] = _record(trial, wordings, (time.thread_time() - began) * 1_000 / len(trial.heard))
    return records


def touched(
    suite: Suite,
    change: Change,
    records: Mapping[str, Record],
    speaker: str | None = None,
    unlike: frozenset[str] | None = None,
) -> list[Check]:
    """Return the checks whose verdict a change can alter, and perhaps some more; `unlike` as in `Reach`."""
    reach = Reach.of(change, unlike)
    return [
        check
        for check in suite.checks
        if reach.concerns(check.case.user or speaker) and reach.covers(check, records[check.id])
    ]


def _record(trial: Trial, wordings: frozenset[int], milliseconds: float) -> Record:
    parts = [part for found in trial.heard for part in (found, *found.clauses)]
    by_pattern = all(part.stage is Stage.PATTERN for part in parts) if trial.asked is None else not trial.asked
    return Record(
        trial.verdict.passed,
        trial.verdict.why,
        any(_is_unsettled(part) for part in parts),
        by_pattern,
        any(not wordings.isdisjoint(part.used) for part in parts),
        milliseconds,
        trial.asked or (),
    )


def _is_unsettled(part: Interpretation) -> bool:
    return not part.exact_names or part.reason in _UNSETTLED or part.disposition is Disposition.ASK


class Rescorer:
    """Tells which texts two understanders decide otherwise; what it scored last makes the next time cheap."""

    def __init__(self) -> None:
        self._last: Scored | None = None

    def unlike(
        self, before: Understander | None, after: Understander, records: Mapping[str, Record]
    ) -> frozenset[str] | None:
        """Return the texts in `records` that are decided otherwise, or may be; None where that cannot be told."""
        if not isinstance(before, Rescorable) or not isinstance(after, Rescorable):
            return None
        texts = frozenset(text for record in records.values() for text in record.asked)
        self._last = before.scored(texts, self._last)
        return self._last.unlike(after.scored(texts, self._last))

    def taken_for(self, intent: str, by: Understander, records: Mapping[str, Record]) -> frozenset[str] | None:
        """Return the texts in `records` that are taken for an intent, or may be; None where that cannot be told."""
        if not isinstance(by, Rescorable):
            return None
        self._last = by.scored(frozenset(text for record in records.values() for text in record.asked), self._last)
        return self._last.taken_for(intent)


class BaselineShelf:
    """The baselines of the knowledge in force, brought up to date when asked for."""

    def __init__(self, files: RecordFiles | None = None, most: int = 12) -> None:
        self.rescorer = Rescorer()
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
        places = dict.fromkeys((_place(suite, speaker), _place(suite, None)))
        kept = [found for place in places if (found := self._kept.get(place))]
        known = min(
            kept or self._on_file(suite, binding, changes, base),
            key=lambda found: _distance(found, changes, speaker),
            default=Baseline(binding, speaker, changes, {}),
        )
        # A turn that was put right since is another check, under the same binding.
        complete = known.records.keys() == {check.id for check in suite.checks}
        if complete and (known.binding, known.speaker) == (binding, speaker):
            known = replace(known, by=arm.home)
            self._put(suite, known)
            return known
        moved = any(isinstance(a.change, ExemplarChange) for a in set(known.active) ^ set(changes))
        unlike = self.rescorer.unlike(known.by, arm.home, known.records) if moved else None
        found = advance(suite, known, arm, binding, changes, speaker=speaker, unlike=unlike)
        self.keep(suite, found)
        return found

    def keep(self, suite: Suite, baseline: Baseline) -> None:
        """Keep a baseline, on file too where it is everybody's, letting the oldest go."""
        self._put(suite, baseline)
        if self._files and baseline.speaker is None:
            self._files.keep(_filed(suite, baseline.binding), baseline.records)

    def _put(self, suite: Suite, baseline: Baseline) -> None:
        place = _place(suite, baseline.speaker)
        self._kept.pop(place, None)
        self._kept[place] = baseline
        while len(self._kept) > self._most:
            self._kept.pop(next(iter(self._kept)))

    def _on_file(
        self, suite: Suite, binding: Binding, active: tuple[ActiveChange, ...], base: str
    ) -> Iterable[Baseline]:
        """Yield what the last run knew of the knowledge in force, and what ships for base knowledge."""
        for bound, changes in ((binding, active), (replace(binding, knowledge=base), ())):
            records = self._files.known(suite, _filed(suite, bound)) if self._files else {}
            if records:
                yield Baseline(bound, None, changes, records)


def _distance(known: Baseline, active: Iterable[ActiveChange], speaker: str | None) -> tuple[int, int]:
    """Return how much there is to run: an exemplar touches far more than a word, and another speaker a little."""
    moved = set(known.active) ^ set(active)
    more = sum(1_000 if isinstance(a.change, ExemplarChange) else 1 for a in moved) + (known.speaker != speaker)
    return more, -len(known.records)


def _filed(suite: Suite, binding: Binding) -> Binding:
    """Return what records are filed under: the household's own cases have ids that change with them."""
    return replace(binding, golden=suite.golden.shipped, history=0)


def _place(suite: Suite, speaker: str | None) -> tuple[str, str, str | None]:
    return suite.golden.shipped, suite.snapshot.names_digest, speaker

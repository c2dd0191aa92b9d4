"""Understanding as one pure function: knowledge and a situation in, an interpretation out. Nothing here acts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.embedding.port import Encoder
from engine.understanding.clause_reading import EXACT, ClauseReader
from engine.understanding.clauses import split, starts_like_command
from engine.understanding.exceptions import split_exception
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.guards import guard
from engine.understanding.home_index import HomeIndex
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.interpretation import Disposition, Interpretation, Reason, Stage
from engine.understanding.knowledge import Exemplar, Knowledge, exemplars_of
from engine.understanding.lessons import Correct, Feedback, Forget, Lesson, Teach, parse_lesson
from engine.understanding.patterns import PatternSet
from engine.understanding.plain import plain
from engine.understanding.situation import Situation
from engine.understanding.slots import prepare
from engine.understanding.snapshot import Snapshot
from engine.understanding.solution import KnownSolution
from engine.understanding.spelling import correct_lesson_words
from engine.understanding.targets import Scope, resolve
from engine.understanding.text import normalise, without_politeness
from engine.understanding.vocabulary import HomeVocabulary

_VETOING = frozenset({Reason.NEGATION, Reason.CONDITION, Reason.QUOTED, Reason.DEFERRED})
_RETRACTED = re.compile(
    r"\b(?:never ?mind|nvm|forget it|actually no|no wait|scratch that|or rather no|on second thoughts?|wait no|cancel that|oh no don't)\b"
)


class HomeIndexes:
    """The index of the last homes seen, so that a turn does not index the names again."""

    def __init__(self, keep: int = 4) -> None:
        self._keep = keep
        self._indexes: dict[str, HomeIndex] = {}

    def of(self, snapshot: Snapshot) -> HomeIndex:
        """Return an index over the snapshot's names that answers for its present states."""
        known = self._indexes.get(snapshot.names_digest)
        if known is None:
            known = HomeIndex.of(snapshot)
            while len(self._indexes) >= self._keep:
                self._indexes.pop(next(iter(self._indexes)))
            self._indexes[snapshot.names_digest] = known
        return known


@dataclass(frozen=True)
class Interpreter:
    """Understands utterances with one knowledge. Immutable; `with_knowledge` gives another that shares what is equal."""

    knowledge: Knowledge
    encoder: Encoder = field(repr=False)
    classifier: ExemplarClassifier = field(repr=False)
    patterns: PatternSet = field(repr=False)
    indexes: HomeIndexes = field(default_factory=HomeIndexes, repr=False, compare=False)

    @classmethod
    def build(cls, knowledge: Knowledge, encoder: Encoder) -> Interpreter:
        """Fit the classifier and compile the patterns of a knowledge."""
        exemplars = list(exemplars_of(knowledge))
        texts = [exemplar.text for exemplar in exemplars]
        labels = [exemplar.intent for exemplar in exemplars]
        known = KnownSolution.load(encoder.id)
        classifier = ExemplarClassifier.fit(texts, labels, encoder.encode(texts), known=known)
        return cls(knowledge, encoder, classifier, PatternSet.parse(knowledge.base.patterns))

    def with_knowledge(self, knowledge: Knowledge) -> Interpreter:
        """Return an interpreter of `knowledge`, its classifier edited by the exemplars that differ."""
        classifier = self.classifier
        now, then = set(knowledge.learned), set(self.knowledge.learned)
        for gone in _sorted(then - now):
            classifier = classifier.remove(gone.text)
        for new in _sorted(now - then):
            classifier = classifier.add(new.text, new.intent, self.encoder.encode([new.text])[0])
        return replace(self, knowledge=knowledge, classifier=classifier)

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means to `situation.speaker` in this home, compounds as `clauses`."""
        text = normalise(text).text
        lesson = self.lesson(text, situation)
        if lesson is not None:
            return Interpretation(
                text, _intent_of(lesson), EXACT, Stage.PATTERN, _lesson_slots(lesson), disposition=Disposition.ACT
            )
        command = self.knowledge.command(plain(text), situation.speaker)
        if command:
            meant = self._understand_rewritten(command.text, situation)
            return _credit(replace(meant, text=text), command.improvement)
        rewritten, used = self._rewrite(text, situation.speaker)
        meant = self._understand_rewritten(rewritten, situation)
        for number in used:
            meant = _credit(meant, number)
        return replace(meant, text=text)

    def lesson(self, text: str, situation: Situation) -> Lesson | None:
        """Return what `text` teaches, corrects, praises, forgets or takes back; None for all other talk."""
        reader = self._reader(situation)
        previous = situation.previous
        after_action = previous is not None and bool(previous.targets)
        lesson = parse_lesson(correct_lesson_words(text), after_action=after_action, vocabulary=HomeVocabulary(reader))
        return None if lesson is not None and _is_something_else(lesson, text) else lesson

    def _reader(self, situation: Situation) -> ClauseReader:
        return ClauseReader(
            self.classifier, self.encoder, self.patterns, self.indexes.of(situation.snapshot), self.knowledge, situation
        )

    def _rewrite(self, text: str, speaker: str | None) -> tuple[str, tuple[int, ...]]:
        synonyms = self.knowledge.rewrites(speaker)
        if not synonyms:
            return text, ()
        used: list[int] = []
        for synonym in synonyms:
            phrase = r"\W+".join(re.escape(word) for word in plain(synonym.phrase).split())
            changed, count = re.subn(
                rf"(?<!\w){phrase}(?!\w)", synonym.replacement.replace("\\", ""), text, flags=re.IGNORECASE
            )
            if count:
                text = changed
                used.append(synonym.improvement)
        return text, tuple(used)

    def _understand_rewritten(self, text: str, situation: Situation) -> Interpretation:
        reader = self._reader(situation)
        whole = reader.read_exact(text)
        if whole is not None:
            return whole
        excepted = split_exception(text)
        if excepted:
            base = self._clauses(excepted.base, reader, situation)
            if any(INTENTS[c.intent].acts and c.disposition is not Disposition.REFUSE for c in base.clauses or (base,)):
                return _leave_out(base, excepted.left_out, reader.scope)
        return self._clauses(text, reader, situation)

    def _clauses(self, text: str, reader: ClauseReader, situation: Situation) -> Interpretation:
        parts = split(text)
        if len(parts) == 1:
            return _guarded_words(reader.read(text), text)
        read: list[Interpretation] = []
        previous = situation.previous
        for part in parts:
            one = _guarded_words(reader.after(previous).read(part), part)
            previous = one if one.targets else previous
            read.append(one)
        return _join(read, text, reader)


_OF_A_TASK = re.compile(r"\b(?:task|todo|reminder|project|list|timer|alarm|meeting|appointment|event)\b")
_PRONOUN = re.compile(r"\b(?:it|them|that)\b")


def _is_something_else(lesson: Lesson, text: str) -> bool:
    """ "Rename the fence task to …" is about a task, "put it on low instead" a command about what was just done."""
    if isinstance(lesson, Teach):
        return lesson.renames and bool(_OF_A_TASK.search(lesson.meaning))
    return (
        isinstance(lesson, Correct)
        and starts_like_command(text)
        and bool(lesson.wanted)
        and starts_like_command(lesson.wanted or "")
        and bool(_PRONOUN.search(lesson.wanted or ""))
    )


def _intent_of(lesson: Lesson) -> str:
    if isinstance(lesson, Feedback):
        return "feedback_positive" if lesson.positive else "feedback_negative"
    if isinstance(lesson, Teach):
        return "teach"
    if isinstance(lesson, Correct):
        return "correction"
    return "forget" if isinstance(lesson, Forget) else "undo"


def _lesson_slots(lesson: Lesson) -> dict[str, Any]:
    if isinstance(lesson, Teach):
        return {"phrase": lesson.phrase, "meaning": lesson.meaning, "personal": lesson.personal}
    if isinstance(lesson, Correct):
        return {name: value for name, value in (("wanted", lesson.wanted), ("negated", lesson.negated)) if value}
    return {"phrase": lesson.phrase} if isinstance(lesson, Forget) else {}


def _sorted(exemplars: Iterable[Exemplar]) -> list[Exemplar]:
    return sorted(exemplars, key=lambda e: (e.improvement or 0, e.text))


def _credit(meant: Interpretation, number: int) -> Interpretation:
    clauses = tuple(replace(clause, used=tuple(sorted({*clause.used, number}))) for clause in meant.clauses)
    return replace(meant, used=tuple(sorted({*meant.used, number})), clauses=clauses)


def _guarded_words(meant: Interpretation, text: str) -> Interpretation:
    """Veto a home action whose words do not ask for it now."""
    if not INTENTS[meant.intent].acts:
        return meant
    reason = guard(reader_text(text))
    if reason is None:
        return meant
    if reason is Reason.DEFERRED or (
        reason is Reason.CONDITION and meant.disposition in {Disposition.ACT, Disposition.CONFIRM}
    ):
        return replace(
            meant,
            intent="schedule_set",
            disposition=Disposition.NONE if reason is Reason.DEFERRED else Disposition.REFUSE,
            reason=reason,
            choices=(),
        )
    return replace(meant, disposition=Disposition.REFUSE, reason=reason, choices=())


def reader_text(text: str) -> str:
    """Return the text as the guards read it: plain, courtesy taken off, number words as digits."""
    return without_politeness(prepare(text))


def _join(read: Sequence[Interpretation], text: str, reader: ClauseReader) -> Interpretation:
    """Make one interpretation of several clauses: talk around a command is dropped, doubt about the whole vetoes all."""
    acting = [one for one in read if INTENTS[one.intent].acts or one.intent == "state_query"]
    veto = next(
        (
            one.reason
            for one in read
            if one.reason in _VETOING and one.disposition in {Disposition.REFUSE, Disposition.NONE}
        ),
        None,
    )
    veto = veto or next(
        (
            r
            for one in read
            if not INTENTS[one.intent].acts
            and (r := guard(reader_text(one.text))) in _VETOING
            and one.intent != "state_query"
        ),
        None,
    )
    if _RETRACTED.search(plain(text)):
        veto = Reason.NEGATION
    ready = [one for one in acting if one.targets and one.disposition in {Disposition.ACT, Disposition.CONFIRM}]
    if not ready or (
        veto in {Reason.CONDITION, Reason.DEFERRED, Reason.QUOTED}
        or (veto and not all(c.reason == veto or c in ready for c in acting))
    ):
        single = _guarded_words(reader.read(text), text)
        if (
            veto
            and INTENTS[single.intent].acts
            and single.disposition in {Disposition.ACT, Disposition.CONFIRM, Disposition.ASK}
        ):
            intent = "schedule_set" if veto in {Reason.DEFERRED, Reason.CONDITION} else single.intent
            return replace(single, intent=intent, disposition=Disposition.REFUSE, reason=veto, choices=())
        return single
    if veto is Reason.NEGATION and _RETRACTED.search(plain(text)):
        return replace(ready[0], text=text, disposition=Disposition.REFUSE, reason=Reason.NEGATION)
    clauses = _merge_values(
        tuple(
            one
            for one in acting
            if one in ready
            or one.reason in _VETOING
            or (one.disposition is Disposition.ASK and (starts_like_command(one.text)))
        )
    )
    if len(clauses) == 1:
        return replace(clauses[0], text=text)
    return replace(clauses[0], text=text, clauses=clauses, used=tuple(sorted({n for c in clauses for n in c.used})))


def _merge_values(clauses: tuple[Interpretation, ...]) -> tuple[Interpretation, ...]:
    """ "Set it to 35 % and make it red" is one thing to do."""
    merged: list[Interpretation] = []
    for clause in clauses:
        last = merged[-1] if merged else None
        if (
            last
            and last.intent == clause.intent
            and last.targets == clause.targets
            and last.slots.get("action") == clause.slots.get("action") == "set"
        ):
            merged[-1] = replace(last, slots={**last.slots, **clause.slots})
        else:
            merged.append(clause)
    return tuple(merged)


def _leave_out(base: Interpretation, left_out: str, scope: Scope) -> Interpretation:
    """Take what was excepted out of every clause; an exception that names nothing here is asked about."""
    clauses = base.clauses or (base,)
    domains = tuple(sorted({t.partition(".")[0] for c in clauses for t in c.targets}))
    out: set[str] = set()
    used: set[int] = set()
    for part in re.split(r"\s*,\s*(?:and )?|\s+and\s+", left_out):
        found = _resolve_left_out(part, scope, domains)
        if found is None:
            asked: dict[str, Any] = {
                "disposition": Disposition.ASK,
                "reason": Reason.UNKNOWN_NAME,
                "mention": part,
                "targets": (),
                "clauses": (),
            }
            return replace(base, **asked)
        out |= set(found[0])
        used |= set(found[1])
    kept = tuple(
        replace(c, targets=tuple(t for t in c.targets if t not in out), used=tuple(sorted({*c.used, *used})))
        for c in clauses
    )
    kept = tuple(c for c in kept if c.targets) or (
        replace(kept[0], disposition=Disposition.ASK, reason=Reason.MISSING_TARGET),
    )
    return replace(kept[0], text=base.text, clauses=kept if len(kept) > 1 else ())


def _resolve_left_out(
    part: str, scope: Scope, domains: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[int, ...]] | None:
    phrase = re.sub(r"\b(?:ones?|those|that are|in|on|at|main|please|though)\b", " ", plain(part))
    phrase = " ".join(phrase.split()) or plain(part)
    for allowed in (domains, ()):
        for attempt in (plain(part), phrase, f"all {phrase}"):
            found = resolve(attempt, replace(scope, domains=allowed))
            if found.targets:
                return found.targets, found.used
            if found.choices and found.reason is Reason.AMBIGUOUS_NAME:
                return tuple(t for choice in found.choices for t in choice.targets), found.used
    return None


__all__ = ["OUT_OF_SCOPE", "HomeIndexes", "Interpreter"]

"""Understanding as one pure function: knowledge and a situation in, an interpretation out. Nothing here acts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from engine.embedding.port import Encoder
from engine.understanding.clause_reading import ClauseReader
from engine.understanding.clauses import split, starts_like_command
from engine.understanding.exceptions import split_exception
from engine.understanding.exemplars import LEARNED_RIDGE, ExemplarClassifier
from engine.understanding.flattening import clauses_with_commands
from engine.understanding.handlers import FIXED
from engine.understanding.home_indexes import HomeIndexes
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.joining import join
from engine.understanding.judging import EXACT
from engine.understanding.kernel_ridge import Array
from engine.understanding.knowledge import Command, Exemplar, Knowledge
from engine.understanding.leaving_out import leave_out
from engine.understanding.lesson import Lesson
from engine.understanding.lesson_reading import lesson_in, lesson_interpretation
from engine.understanding.names_apart import vetoed_but_for_names
from engine.understanding.other_readings import may_be_about, names_what_it_does
from engine.understanding.patterns import PatternSet
from engine.understanding.plain import plain
from engine.understanding.rescoring import Scores
from engine.understanding.situation import Situation
from engine.understanding.solution import RIDGE, KnownSolution, exemplar_key
from engine.understanding.taught_patterns import taught_set
from engine.understanding.text import normalise, without_politeness
from engine.understanding.vocabulary import HomeVocabulary
from engine.understanding.waking import waking_beside

_DO = re.compile(r"^do (?:the |my |our )?(?=\S)")
_MOST_EDITED = 24  # exemplars; where more differ it is quicker to fit the classifier afresh


@dataclass(frozen=True)
class Interpreter:
    """Understands utterances with one knowledge; `with_knowledge` gives another that shares what is equal."""

    knowledge: Knowledge
    encoder: Encoder = field(repr=False)
    classifier: ExemplarClassifier = field(repr=False)
    patterns: PatternSet = field(repr=False)
    taught: PatternSet = field(default_factory=lambda: PatternSet(()), repr=False)
    indexes: HomeIndexes = field(default_factory=HomeIndexes, repr=False, compare=False)
    kept: KnownSolution | None = field(default=None, repr=False, compare=False)
    """What may be the solution for the exemplars of the next knowledge, so that they need not be fitted."""

    @classmethod
    def build(cls, knowledge: Knowledge, encoder: Encoder) -> Interpreter:
        """Fit the classifier and compile the patterns of a knowledge."""
        texts = [exemplar.text for exemplar in knowledge.base.exemplars]
        labels = [exemplar.intent for exemplar in knowledge.base.exemplars]
        known = KnownSolution.load(encoder.id)
        classifier = ExemplarClassifier.fit(texts, labels, encoder.encode(texts), known=known)
        patterns = PatternSet.parse(knowledge.base.patterns)
        return cls(Knowledge(knowledge.base), encoder, classifier, patterns).with_knowledge(knowledge)

    def with_knowledge(self, knowledge: Knowledge) -> Interpreter:
        """Return an interpreter of `knowledge`, its classifier edited by the exemplars that differ."""
        same = knowledge.patterns == self.knowledge.patterns
        taught = self.taught if same else taught_set(knowledge.patterns)
        if (knowledge.learned, knowledge.base) == (self.knowledge.learned, self.knowledge.base):
            return replace(self, knowledge=knowledge, taught=taught)
        touched = {plain(one.text) for one in set(_fitted(knowledge)) ^ set(_fitted(self.knowledge))}
        refits = len(touched) > _MOST_EDITED or (bool(touched) and self._is_kept(knowledge))
        classifier = self._refitted(knowledge) if refits else self._edited(knowledge, touched)
        classifier = classifier.saying(_verbatim(knowledge))
        kept = None if touched else self.kept
        return replace(self, knowledge=knowledge, classifier=classifier, taught=taught, kept=kept)

    @property
    def learned_texts(self) -> tuple[str, ...]:
        """The learned exemplars that have a say in the classifier."""
        return tuple([one.text for one in _fitted(self.knowledge)])

    def _is_kept(self, knowledge: Knowledge) -> bool:
        """Tell whether the solution for a knowledge is known: unlike an edit it needs no factor."""
        if self.kept is None:
            return False
        latest = {plain(one.text): one for one in _exemplars(knowledge)}
        forms = sorted(latest, key=lambda form: (_ridge(latest[form]), form))
        chosen = [latest[form] for form in forms]
        labels, ridges = [one.intent for one in chosen], [_ridge(one) for one in chosen]
        return exemplar_key(forms, labels, ridges) == self.kept.key

    def _edited(self, knowledge: Knowledge, touched: set[str]) -> ExemplarClassifier:
        classifier = self.classifier
        learned = {plain(one.text): one for one in _by_number(_fitted(knowledge)) if plain(one.text) in touched}
        for form in sorted(touched):
            wanted = learned.get(form) or knowledge.base.by_words.get(form)
            if wanted is not None:
                vector = self.encoder.encode([wanted.text])[0]
                classifier = classifier.add(wanted.text, wanted.intent, vector, _ridge(wanted))
            elif form in classifier.numbers:
                classifier = classifier.remove(form)
        return classifier

    def _refitted(self, knowledge: Knowledge) -> ExemplarClassifier:
        exemplars = _exemplars(knowledge)
        texts, labels = [one.text for one in exemplars], [one.intent for one in exemplars]
        was = self.classifier
        return ExemplarClassifier.fit(
            texts,
            labels,
            self._vectors(texts),
            was.calibration,
            known=self.kept,
            ridges=[_ridge(one) for one in exemplars],
            codes=was.rows.codes_of(was.numbers),
            ground=was.grounded,
        )

    def _vectors(self, texts: Sequence[str]) -> Array:
        """Return the vectors of texts, most of which the classifier has."""
        numbers, known = self.classifier.numbers, self.classifier.rows.vectors()
        rows = [numbers.get(plain(text), -1) for text in texts]
        vectors: Array = known[rows]
        new = [at for at, row in enumerate(rows) if row < 0]
        if new:
            vectors[new] = self.encoder.encode([texts[at] for at in new])
        return vectors

    def understand(self, text: str, situation: Situation) -> Interpretation:
        """Return what `text` means to `situation.speaker` in this home, compounds as `clauses`."""
        return self._understand(text, situation, [])

    def others(self, found: Interpretation, situation: Situation) -> tuple[Interpretation, ...]:
        """Return what else the words of a guess may mean in a situation, the likeliest first."""
        likely = [runner for runner in found.runners_up if may_be_about(found.text, runner.intent)]
        read = ((runner, self.read_as(found.text, runner.intent, situation)) for runner in likely)
        known = ((runner, other) for runner, other in read if other is not None and names_what_it_does(other))
        return tuple([replace(other, confidence=runner.confidence) for runner, other in known])

    def read_as(self, text: str, intent: str, situation: Situation) -> Interpretation | None:
        """Return what `text` means where somebody says that it is about `intent`; None where that cannot be done.

        What its words forbid or leave open is not done for that ("don't turn on the light" turns nothing on).
        """
        if intent not in INTENTS or intent in FIXED:
            return None
        rewritten, used = self._rewrite(normalise(text).text, situation)
        reader = self._reader(situation)
        read = vetoed_but_for_names(reader.read_as(rewritten, intent), rewritten, reader.scope, situation.snapshot)
        fits = read.intent == intent and read.disposition in {Disposition.ACT, Disposition.CONFIRM}
        return replace(_credit(read, used), text=text) if fits else None

    def noting(self, text: str, situation: Situation) -> tuple[Interpretation, tuple[str, ...]]:
        """Return what `text` means, and the texts the classifier was asked about on the way."""
        asked: list[str] = []
        return self._understand(text, situation, asked), tuple(dict.fromkeys(asked))

    def scored(self, texts: Collection[str], known: object = None) -> Scores:
        """Return what the classifier says of texts, going on from the scores of another interpreter."""
        before = known if isinstance(known, Scores) else None
        return Scores.of(self.classifier, self.encoder, texts, self.knowledge.thresholds, before)

    def _understand(self, text: str, situation: Situation, asked: list[str]) -> Interpretation:
        said = normalise(text)
        text = said.text
        if said.too_long:
            return Interpretation(text, OUT_OF_SCOPE, reason=Reason.TOO_LONG)
        lesson = self.lesson(text, situation)
        if lesson is not None:
            return lesson_interpretation(lesson, text, EXACT)
        parts = clauses_with_commands(text, self.knowledge, situation.speaker)
        if parts:
            return self._understand_parts(parts, text, situation, asked)
        return self._understand_part(text, situation, asked)

    def _understand_part(self, text: str, situation: Situation, asked: list[str]) -> Interpretation:
        rewritten, used = self._rewrite(text, situation)
        meant = self._understand_rewritten(rewritten, situation, asked)
        return replace(_credit(meant, used), text=text)

    def _understand_parts(
        self, parts: Sequence[str], text: str, situation: Situation, asked: list[str]
    ) -> Interpretation:
        """Return what several clauses mean, each by itself: a taught command among them keeps all that it says."""
        read: list[Interpretation] = []
        previous = situation.previous
        for part in parts:
            found = self._understand_part(part, replace(situation, previous=previous), asked)
            read += found.clauses or (found,)
            previous = read[-1] if read[-1].targets else previous
        return join(read, text, self._reader(situation, asked).read)

    def lesson(self, text: str, situation: Situation) -> Lesson | None:
        """Return what `text` teaches, corrects, praises, forgets or takes back; None for all other talk."""
        reader = self._reader(situation)
        previous = situation.previous
        after_action = previous is not None and bool(previous.targets)
        return lesson_in(text, after_action=after_action, vocabulary=HomeVocabulary(reader))

    def _reader(self, situation: Situation, asked: list[str] | None = None) -> ClauseReader:
        return ClauseReader(
            self.classifier,
            self.encoder,
            self.patterns,
            self.taught,
            self.indexes.of(situation.snapshot),
            self.knowledge,
            situation,
            situation.previous,
            [] if asked is None else asked,
        )

    def _rewrite(self, text: str, situation: Situation) -> tuple[str, tuple[int, ...]]:
        """Return the text, or the taught command it is, with synonyms replaced, and what improvements did it."""
        command = self.knowledge.command(plain(text), situation.speaker) or self._courteous(text, situation)
        used: list[int] = [command.improvement] if command else []
        text = command.text if command else text
        for synonym in self.knowledge.rewrites(situation.speaker):
            if not synonym.may_stand_in(text):
                continue
            text, count = synonym.said.subn(synonym.replacement.replace("\\", ""), text)
            if count:
                used.append(synonym.improvement)
        return text, tuple(used)

    def _courteous(self, text: str, situation: Situation) -> Command | None:
        """Return the taught command that is asked for with courtesy ("could you do zen please").

        Where the home itself has something of that name, only the very words that were taught are the command.
        """
        if not self.knowledge.commands:
            return None
        bare = without_politeness(plain(text))
        for form in dict.fromkeys((bare, _DO.sub("", bare))):
            command = self.knowledge.command(form, situation.speaker)
            if command is not None and not self._reader(situation).scope.names(form):
                return command
        return None

    def _understand_rewritten(self, text: str, situation: Situation, asked: list[str]) -> Interpretation:
        reader = self._reader(situation, asked)
        whole = reader.read_exact(text)
        if whole is not None:
            return whole
        excepted = split_exception(text)
        if excepted:
            base = self._clauses(excepted.base, reader, situation)
            if any(INTENTS[c.intent].acts and c.disposition is not Disposition.REFUSE for c in base.clauses or (base,)):
                return leave_out(base, excepted.left_out, reader.scope)
        woken = waking_beside(text)
        return self._woken(woken, text, reader, situation) if woken else self._clauses(text, reader, situation)

    def _woken(self, parts: tuple[str, str], text: str, reader: ClauseReader, situation: Situation) -> Interpretation:
        """Return being woken and what the home does then, where the second is a command; else what the text means."""
        waking, command = reader.read(parts[0]), self._clauses(parts[1], reader, situation)
        if waking.intent != "alarm_set" or command.intent != "schedule_set" or command.clauses:
            return self._clauses(text, reader, situation)
        return replace(waking, text=text, clauses=(waking, command), used=(*waking.used, *command.used))

    def _clauses(self, text: str, reader: ClauseReader, situation: Situation) -> Interpretation:
        parts = _with_whole_names(split(text), text, reader)
        if len(parts) == 1:
            return vetoed_but_for_names(reader.read(text), text, reader.scope, situation.snapshot)
        read: list[Interpretation] = []
        previous = situation.previous
        for part in parts:
            one = vetoed_but_for_names(reader.after(previous).read(part), part, reader.scope, situation.snapshot)
            previous = one if one.targets else previous
            read.append(one)
        return join(read, text, reader.read)


def _with_whole_names(parts: tuple[str, ...], text: str, reader: ClauseReader) -> tuple[str, ...]:
    """Return the clauses of a text, which is one where what looks like another is only a name ("… and lock light")."""
    cut = any(starts_like_command(part) and reader.scope.names(part) for part in parts[1:])
    return (text,) if cut else parts


def _ridge(exemplar: Exemplar) -> float:
    return RIDGE if exemplar.improvement is None else LEARNED_RIDGE


def _exemplars(knowledge: Knowledge) -> list[Exemplar]:
    """Return what the classifier is fitted to; of the same words the later ones count."""
    return [*knowledge.base.exemplars, *_by_number(_fitted(knowledge))]


def _fitted(knowledge: Knowledge) -> list[Exemplar]:
    return [exemplar for exemplar in knowledge.learned if not exemplar.verbatim]


def _verbatim(knowledge: Knowledge) -> Mapping[str, str]:
    """Return what was learned of very words alone, where nothing later was learned of them."""
    latest = {plain(one.text): one for one in _by_number(knowledge.learned)}
    return {form: one.intent for form, one in latest.items() if one.verbatim}


def _by_number(exemplars: Iterable[Exemplar]) -> list[Exemplar]:
    return sorted(exemplars, key=lambda exemplar: (exemplar.improvement or 0, exemplar.text))


def _credit(meant: Interpretation, numbers: tuple[int, ...]) -> Interpretation:
    if not numbers:
        return meant
    clauses = tuple(replace(clause, used=tuple(sorted({*clause.used, *numbers}))) for clause in meant.clauses)
    return replace(meant, used=tuple(sorted({*meant.used, *numbers})), clauses=clauses)


__all__ = ["HomeIndexes", "Interpreter"]

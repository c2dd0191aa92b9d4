"""One clause through the stages: sentence patterns, questions, then exemplars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from engine.embedding.port import Encoder
from engine.understanding.chores import read_chore
from engine.understanding.clauses import looks_like_question
from engine.understanding.command_reading import read_pattern
from engine.understanding.draft import Draft
from engine.understanding.exemplars import ExemplarClassifier
from engine.understanding.free_reading import read_free
from engine.understanding.home_index import HomeIndex
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, RunnerUp, Stage
from engine.understanding.judging import EXACT, INEXACT, judge
from engine.understanding.knowledge import Knowledge
from engine.understanding.more_of_it import going_on
from engine.understanding.panel_orders import panels_named, read_panel_order
from engine.understanding.patterns import PatternMatch, PatternSet
from engine.understanding.plain import plain
from engine.understanding.prediction import Prediction
from engine.understanding.query_reading import read_query
from engine.understanding.rescoring import LESSONS, SURE_OF_A_LESSON
from engine.understanding.scope import Resolution, Scope
from engine.understanding.situation import Situation
from engine.understanding.slots import prepare, seconds_in
from engine.understanding.spelling import correct_words
from engine.understanding.state_queries import asks_for_value
from engine.understanding.talk_reading import read_talk
from engine.understanding.targets import resolve
from engine.understanding.taught_patterns import read_taught, spelt_so
from engine.understanding.text import without_politeness

_MOST_MATCHES = 8
_MOST_FUZZY = 3
_FOLLOWING = re.compile(
    "^(?:and|what about|how about|and what about|and how about|now|also|same for|same with|then) "
    r"(?P<mention>(?:the |my |in the |our )?[\w' ]+?)(?: too| as well| also| please)*$"
)
_ASKS_TO_TELL = re.compile(r"^(?:tell me|let me know|check|status|number of|any)\b")
_ASKS_FOR_NOTICE = re.compile(
    r"^(?:tell|let|notify|alert|warn|ping|message|inform)(?: me| us)(?: know)? "
    r"(?:when|whenever|once|as soon as|the moment)\b"
)
_ASKABLE = frozenset({Reason.AMBIGUOUS_NAME, Reason.MISSING_TARGET, Reason.NOTHING_TO_REFER_TO})
_UNNAMED = frozenset({"", "it", "that", "this", "them"})


@dataclass(frozen=True)
class Readings:
    """What patterns make of a text: the reading that found its target, one that at least asks, a taught pattern's."""

    held: Draft | None
    asking: Draft | None
    taught: Interpretation | None


@dataclass(frozen=True)
class ClauseReader:
    """Reads clauses of one utterance in one situation; `previous` is what "it" and "and the hall?" go on from.

    `asked` takes down the texts the classifier is asked about.
    """

    classifier: ExemplarClassifier
    encoder: Encoder
    patterns: PatternSet
    taught: PatternSet
    index: HomeIndex
    knowledge: Knowledge
    situation: Situation
    previous: Interpretation | None
    asked: list[str] = field(default_factory=list, repr=False, compare=False)
    _read_before: dict[str, list[PatternMatch]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def scope(self) -> Scope:
        """Where targets are looked for: this home, this speaker's words, the last turn's targets."""
        now = self.situation.snapshot.by_id
        players = [entity.entity_id for entity in self.index.domain_members(("media_player",))]
        return Scope(
            self.index,
            self.knowledge.taught(self.situation.speaker),
            previous=self.previous.targets if self.previous else (),
            states={entity_id: now[entity_id].state for entity_id in players},
        )

    def after(self, previous: Interpretation | None) -> ClauseReader:
        """Return the reader for a clause that follows another: "it" is what that one was about."""
        return self if previous is None or previous is self.previous else replace(self, previous=previous)

    def read_exact(self, text: str) -> Interpretation | None:
        """Return the meaning of a text that is a whole sentence of talk ("yes", "what time is it"), if it is one."""
        for bare in dict.fromkeys((plain(text), self._bare(text))):
            for match in self._all_matches(bare):
                intent = match.pattern.intent
                if intent and not match.captures and not INTENTS[intent].acts:
                    return Interpretation(text, intent, EXACT, Stage.PATTERN, disposition=Disposition.ACT)
        return None

    def read_by_pattern(self, text: str) -> Interpretation | None:
        """Return the meaning of a home command that a sentence pattern fits exactly, without asking the classifier."""
        bare = self._bare(text)
        held, _ = self._best(self._matches(bare), bare)
        return judge(held, text, Stage.PATTERN, self.situation) if held and INTENTS[held.intent].acts else None

    def read(self, text: str) -> Interpretation:
        """Return what one clause means."""
        exact = self.read_exact(text)
        if exact:
            return exact
        bare = self._bare(text)
        if not bare:
            return Interpretation(text, OUT_OF_SCOPE, reason=Reason.EMPTY)
        again = going_on(text, self.previous)
        if again:
            return replace(self.read(again), text=text)
        panel = read_panel_order(text, self.index)
        if panel:
            return panel
        matches = self._matches(bare)
        talk = None if panels_named(bare, self.index) else read_talk(matches, text, bare)
        answer = self._following(text) or talk or read_chore(text, self.index) or self._question(text, bare)
        if answer:
            return answer
        return self._home_or_not(text, bare, [] if looks_like_question(bare) else matches)

    def read_as(self, text: str, intent: str) -> Interpretation:
        """Return what one clause means if it is about `intent`, which somebody said or may say."""
        bare = self._bare(text)
        return self._by_exemplar(text, bare, Prediction(intent, 1.0, exact=True), None)

    def _known(self, word: str) -> bool:
        return self.knowledge.base.speller.knows(word) or word in self.index.tokens or word in self.scope.taught.words

    def _bare(self, text: str) -> str:
        return without_politeness(correct_words(prepare(text), self._known))

    def _matches(self, bare: str) -> Sequence[PatternMatch]:
        return self._all_matches(bare)[:_MOST_MATCHES]

    def _all_matches(self, bare: str) -> list[PatternMatch]:
        """Return every pattern that fits; an utterance asks for the same stretch more than once."""
        if bare not in self._read_before:
            self._read_before[bare] = self.patterns.matches(bare)
        return self._read_before[bare]

    def _following(self, text: str) -> Interpretation | None:
        """Return "and the back door?" as the last question or command over again, about something else."""
        previous = self.previous
        match = _FOLLOWING.match(plain(text))
        if previous is None or match is None or not (INTENTS[previous.intent].acts or previous.intent == "state_query"):
            return None
        domains = INTENTS[previous.intent].domains if INTENTS[previous.intent].acts else ()
        resolution = resolve(match["mention"], replace(self.scope, domains=domains, previous=()))
        if not resolution.targets:
            return None
        values = {name: value for name, value in previous.slots.items() if name not in {"area", "floor"}}
        draft = Draft.of(previous.intent, None, values, resolution, match["mention"])
        return judge(draft, text, Stage.PATTERN, self.situation, confidence=INEXACT)

    def _question(self, text: str, bare: str) -> Interpretation | None:
        marked = text.rstrip().endswith("?")
        asked = marked or looks_like_question(bare) or _ASKS_TO_TELL.match(bare) or asks_for_value(bare)
        if not asked or _ASKS_FOR_NOTICE.match(bare):
            return None
        draft = read_query(bare, self.scope, question_mark=marked)
        return judge(draft, text, Stage.PATTERN, self.situation) if draft and draft.holds else None

    def _home_or_not(self, text: str, bare: str, matches: Sequence[PatternMatch]) -> Interpretation:
        held, asking = self._best(matches, bare)
        if held and held.mention not in _UNNAMED and not spelt_so(held.mention, text):
            held = replace(held, resolution=replace(held.resolution, exact=False))
        if held and held.resolution.exact:
            return judge(held, text, Stage.PATTERN, self.situation, confidence=EXACT)
        taught = self._by_taught(text, bare)
        return taught if taught and not held else self._guessed(text, bare, matches, Readings(held, asking, taught))

    def _guessed(self, text: str, bare: str, matches: Sequence[PatternMatch], read: Readings) -> Interpretation:
        """Return the meaning of what no pattern holds exactly, in the light of what the classifier says."""
        held, asking = read.held, read.asking
        if not held and not asking and not any(letter.isalpha() for letter in bare):
            return _said(text, OUT_OF_SCOPE, 0.0, ())
        prediction = self._predict(text)
        if held and self._plausible(held, prediction):
            return judge(held, text, Stage.PATTERN, self.situation, confidence=INEXACT)
        if read.taught:
            return read.taught
        if asking and asking.resolution.reason in _ASKABLE and self._plausible(asking, prediction):
            return judge(asking, text, Stage.PATTERN, self.situation, confidence=INEXACT)
        unknown = None if held or asking else _unknown_device(matches)
        if unknown and not INTENTS[prediction.intent].acts and prediction.confidence < self._understood:
            return judge(unknown, text, Stage.PATTERN, self.situation, confidence=prediction.confidence)
        return self._by_exemplar(text, bare, prediction, asking)

    def _by_taught(self, text: str, bare: str) -> Interpretation | None:
        fits = self.taught.matches(bare) if self.taught.patterns else ()
        asks = looks_like_question(bare)
        return read_taught(fits, text, bare, self.scope, self.situation, asks=asks) if fits else None

    @property
    def _understood(self) -> float:
        return self.knowledge.thresholds["understood"]

    def _predict(self, text: str) -> Prediction:
        said = self.knowledge.base.speller.mend(correct_words(plain(text), self._known), self._known)
        self.asked.append(said)
        return self.classifier.predict(self.encoder.encode([said])[0], said)

    def _plausible(self, draft: Draft, prediction: Prediction) -> bool:
        """Tell whether a target found only roughly agrees with what the words are about as a whole."""
        intent = prediction.intent
        return (
            INTENTS[intent].acts
            or prediction.confidence < self._understood
            or intent in {"state_query", "schedule_set"}
            or (draft.holds and draft.resolution.group)
        )

    def _best(self, matches: Sequence[PatternMatch], bare: str) -> tuple[Draft | None, Draft | None]:
        """Return the first reading that found its target, exactly if any did, and the first that at least asks."""
        held: Draft | None = None
        asking: Draft | None = None
        for fuzzy, considered in ((False, matches), (True, matches[:_MOST_FUZZY])):
            scope = replace(self.scope, fuzzy=fuzzy)
            for match in considered:
                draft = read_pattern(match, scope, bare)
                if draft and draft.holds and draft.resolution.exact:
                    return draft, None
                if draft and draft.holds:
                    held = held or draft
                elif draft and match.literal >= 2 and draft.intent != OUT_OF_SCOPE and _asks_better(draft, asking):
                    asking = draft
            if held:
                return held, asking
        return None, asking

    def _by_exemplar(self, text: str, bare: str, prediction: Prediction, asking: Draft | None) -> Interpretation:
        prediction = _not_a_lesson(prediction)
        intent, confidence = prediction.intent, prediction.confidence
        runners = tuple(RunnerUp(runner.intent, runner.confidence) for runner in prediction.runners_up)
        asks = INTENTS[intent].acts and looks_like_question(bare)
        if intent == "state_query" or asks:
            query = read_query(bare, self.scope, question_mark=True, free=True)
            if query and (query.holds or not asks):
                return judge(query, text, Stage.EXEMPLAR, self.situation, confidence=confidence, runners_up=runners)
        if not INTENTS[intent].acts:
            return _said(text, intent, confidence, runners)
        draft = read_free(bare, intent, self.scope)
        if not draft.holds and asking is not None and asking.intent == intent:
            draft = asking
        meant = judge(draft, text, Stage.EXEMPLAR, self.situation, confidence=confidence, runners_up=runners)
        named = (draft.resolution.exact or draft.mention not in _UNNAMED) and "media" not in draft.slots
        unread = draft.unread and not self._was_learned(text, prediction)
        doubtful = unread or confidence < self.knowledge.least_to_act(intent, named=named)
        if doubtful and meant.disposition in {Disposition.ACT, Disposition.CONFIRM}:
            choice = Choice("Yes", meant.targets)
            return replace(meant, disposition=Disposition.ASK, reason=Reason.UNSURE, choices=(choice,))
        return meant

    def _was_learned(self, text: str, prediction: Prediction) -> bool:
        """Tell whether people said what just these words mean, so that a word nobody can read is no reason to ask."""
        if not prediction.exact:
            return False
        form = plain(text)
        return any(plain(one.text) == form for one in self.knowledge.learned)


def _unknown_device(matches: Sequence[PatternMatch]) -> Draft | None:
    """Return "gizmo on" as the switching of something nobody knows by that name."""
    for match in matches:
        mention = match.captures.get("target", "")
        if match.pattern.intent is None and match.pattern.action in {"on", "off"} and 0 < len(mention.split()) <= 3:
            return Draft.of("switch_control", match.pattern.action, {}, Resolution(reason=Reason.UNKNOWN_NAME), mention)
    return None


def _asks_better(draft: Draft, than: Draft | None) -> bool:
    ambiguous = Reason.AMBIGUOUS_NAME
    return than is None or (draft.resolution.reason is ambiguous and than.resolution.reason is not ambiguous)


def _said(text: str, intent: str, confidence: float, runners: tuple[RunnerUp, ...]) -> Interpretation:
    """Return what an exemplar says that is no home command."""
    meant = Interpretation(text, intent, confidence, Stage.EXEMPLAR, runners_up=runners)
    if intent == OUT_OF_SCOPE:
        return replace(meant, disposition=Disposition.NONE, reason=Reason.NOT_UNDERSTOOD)
    if intent == "timer_set" and (duration := seconds_in(prepare(text))):
        meant = replace(meant, slots={"duration": duration})
    return replace(meant, disposition=Disposition.ACT)


def _not_a_lesson(prediction: Prediction) -> Prediction:
    """Return the next best: teaching has wordings of its own, and what only resembles them is something else."""
    if prediction.intent not in LESSONS or prediction.exact or prediction.confidence >= SURE_OF_A_LESSON:
        return prediction
    others = [runner for runner in prediction.runners_up if runner.intent not in LESSONS]
    second = others[0] if others else RunnerUp(OUT_OF_SCOPE, 0.0)
    return replace(prediction, intent=second.intent, confidence=second.confidence, runners_up=tuple(others[1:]))

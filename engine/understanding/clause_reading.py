"""One clause through the stages: sentence patterns, questions, then exemplars; and what its risk allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from engine.embedding.port import Encoder
from engine.understanding.clauses import looks_like_question
from engine.understanding.command_reading import read_free, read_pattern
from engine.understanding.draft import Draft
from engine.understanding.exemplars import ExemplarClassifier, Prediction
from engine.understanding.home_index import HomeIndex
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, RunnerUp, Stage
from engine.understanding.knowledge import Knowledge
from engine.understanding.patterns import PatternMatch, PatternSet
from engine.understanding.plain import plain
from engine.understanding.query_reading import read_query
from engine.understanding.risk import is_guarded, is_read_only
from engine.understanding.situation import Situation
from engine.understanding.slots import prepare, seconds_in
from engine.understanding.snapshot import Entity
from engine.understanding.spelling import correct_words
from engine.understanding.state_queries import asks_for_value
from engine.understanding.targets import Scope, resolve
from engine.understanding.text import without_politeness

EXACT = 0.99
INEXACT = 0.93
_MOST_MATCHES = 8
_MOST_FUZZY = 3
_FOLLOWING = re.compile(
    r"^(?:and|what about|how about|and what about|and how about|now|also|same for|same with|then) (?P<mention>(?:the |my |in the |our )?[\w' ]+?)(?: too| as well| also| please)*$"
)


@dataclass(frozen=True)
class ClauseReader:
    """Reads clauses of one utterance in one situation."""

    classifier: ExemplarClassifier
    encoder: Encoder
    patterns: PatternSet
    index: HomeIndex
    knowledge: Knowledge
    situation: Situation
    _previous: Interpretation | None = field(default=None)

    @cached_property
    def scope(self) -> Scope:
        """Where targets are looked for: this home, this speaker's words, the last turn's targets."""
        previous = self._previous or self.situation.previous
        return Scope(
            self.index,
            self.knowledge.taught(self.situation.speaker),
            previous=previous.targets if previous else (),
            states={e.entity_id: e.state for e in self.situation.snapshot.entities if e.domain == "media_player"},
        )

    def after(self, previous: Interpretation | None) -> ClauseReader:
        """Return the reader for a clause that follows another: "it" is what that one was about."""
        return replace(self, _previous=previous) if previous else self

    def _known(self, word: str) -> bool:
        return (
            word in self.knowledge.base.words
            or word in self.index.tokens
            or any(word in key.split() for key in self.scope.taught)
        )

    def _bare(self, text: str) -> str:
        return without_politeness(correct_words(prepare(text), self._known))

    def read_exact(self, text: str) -> Interpretation | None:
        """Return the meaning of a text that is a whole sentence of talk ("yes", "what time is it"), if it is one."""
        for bare in dict.fromkeys((plain(text), self._bare(text))):
            match = next(
                (
                    m
                    for m in self.patterns.matches(bare)
                    if m.pattern.intent and not m.captures and not INTENTS[m.pattern.intent].acts
                ),
                None,
            )
            if match and match.pattern.intent:
                return Interpretation(text, match.pattern.intent, EXACT, Stage.PATTERN, disposition=Disposition.ACT)
        return None

    def read_by_pattern(self, text: str) -> Interpretation | None:
        """Return the meaning of a home command that a sentence pattern fits exactly, without asking the classifier."""
        bare = self._bare(text)
        held, _ = self._best(self.patterns.matches(bare)[:_MOST_MATCHES], bare)
        if held is None or not INTENTS[held.intent].acts:
            return None
        return self._judged(text, held, Stage.PATTERN, EXACT if held.resolution.exact else INEXACT)

    def read(self, text: str) -> Interpretation:
        """Return what one clause means."""
        exact = self.read_exact(text)
        if exact:
            return exact
        bare = self._bare(text)
        if not bare:
            return Interpretation(text, OUT_OF_SCOPE, reason=Reason.EMPTY)
        following = self._following(text, bare)
        if following:
            return following
        question = (
            looks_like_question(bare)
            or text.rstrip().endswith("?")
            or bool(re.match(r"^(?:tell me|let me know|check|status|number of|any)\b", bare))
            or asks_for_value(bare)
        )
        if question:
            draft = read_query(bare, self.scope, question_mark=text.rstrip().endswith("?"))
            if draft and draft.holds:
                return self._judged(text, draft, Stage.PATTERN, EXACT if draft.resolution.exact else INEXACT)
        matches = self.patterns.matches(bare)[:_MOST_MATCHES] if not looks_like_question(bare) else []
        spoken = next(
            (
                m
                for m in matches
                if m.pattern.intent
                and not INTENTS[m.pattern.intent].acts
                and ("value" not in m.captures or seconds_in(prepare(m.captures["value"])))
            ),
            None,
        )
        if spoken and spoken.pattern.intent:
            return Interpretation(
                text,
                spoken.pattern.intent,
                INEXACT,
                Stage.PATTERN,
                _spoken_slots(spoken, bare),
                disposition=Disposition.ACT,
            )
        return self._home_or_not(text, bare, matches)

    def _following(self, text: str, bare: str) -> Interpretation | None:
        """Return "and the back door?" as the last question or command over again, about something else."""
        previous = self._previous or self.situation.previous
        match = _FOLLOWING.match(plain(text))
        if previous is None or match is None or not (INTENTS[previous.intent].acts or previous.intent == "state_query"):
            return None
        domains = INTENTS[previous.intent].domains if INTENTS[previous.intent].acts else ()
        resolution = resolve(match["mention"], replace(self.scope, domains=domains, previous=()))
        if not resolution.targets:
            return None
        slots = {name: value for name, value in previous.slots.items() if name not in {"area", "floor"}}
        places = {name: value for name, value in (("area", resolution.area), ("floor", resolution.floor)) if value}
        return self._judged(
            text, Draft(previous.intent, {**slots, **places}, resolution, match["mention"]), Stage.PATTERN, INEXACT
        )

    def _home_or_not(self, text: str, bare: str, matches: list[PatternMatch]) -> Interpretation:
        held, asking = self._best(matches, bare)
        if held and held.resolution.exact:
            return self._judged(text, held, Stage.PATTERN, EXACT)
        prediction = self._predict(text, bare)
        if held and self._plausible(held, prediction):
            return self._judged(text, held, Stage.PATTERN, INEXACT)
        if (
            asking
            and asking.resolution.reason in {Reason.AMBIGUOUS_NAME, Reason.MISSING_TARGET, Reason.NOTHING_TO_REFER_TO}
            and self._plausible(asking, prediction)
        ):
            return self._judged(text, asking, Stage.PATTERN, INEXACT)
        return self._by_exemplar(text, bare, prediction, asking)

    def _predict(self, text: str, bare: str) -> Prediction:
        said = correct_words(plain(text), self._known)
        return self.classifier.predict(self.encoder.encode([said])[0], said)

    def _plausible(self, draft: Draft, prediction: Prediction) -> bool:
        """A pattern that found its target only roughly must not contradict what the words are about as a whole."""
        intent = prediction.intent
        return (
            INTENTS[intent].acts
            or prediction.confidence < self.knowledge.thresholds["understood"]
            or intent in {"state_query", "schedule_set"}
            or (draft.holds and draft.resolution.group)
        )

    def _best(self, matches: list[PatternMatch], bare: str) -> tuple[Draft | None, Draft | None]:
        """Return the first reading that found its target, exactly if any did, and the first that at least asks."""
        held: Draft | None = None
        asking: Draft | None = None
        for fuzzy, considered in ((False, matches), (True, matches[:_MOST_FUZZY])):
            scope = replace(self.scope, fuzzy=fuzzy)
            for match in considered:
                draft = read_pattern(match, scope, bare)
                if draft is None:
                    continue
                if draft.holds and draft.resolution.exact:
                    return draft, None
                if draft.holds:
                    held = held or draft
                elif asking is None or (
                    draft.resolution.reason is Reason.AMBIGUOUS_NAME
                    and asking.resolution.reason is not Reason.AMBIGUOUS_NAME
                ):
                    asking = draft if match.literal >= 2 and draft.intent != OUT_OF_SCOPE else asking
            if held:
                return held, asking
        return None, asking

    def _by_exemplar(self, text: str, bare: str, prediction: Prediction, asking: Draft | None) -> Interpretation:
        prediction = _not_a_lesson(prediction)
        runners = tuple(RunnerUp(r.intent, r.confidence) for r in prediction.runners_up)
        base = Interpretation(text, prediction.intent, prediction.confidence, Stage.EXEMPLAR, runners_up=runners)
        if prediction.intent == "state_query":
            draft = read_query(bare, self.scope, question_mark=True, free=True)
            if draft:
                return self._judged(text, draft, Stage.EXEMPLAR, prediction.confidence, runners)
        if not INTENTS[prediction.intent].acts:
            if prediction.intent == "timer_set" and (duration := seconds_in(prepare(text))):
                base = replace(base, slots={"duration": duration})
            disposition = Disposition.NONE if prediction.intent == OUT_OF_SCOPE else Disposition.ACT
            return replace(
                base,
                disposition=disposition,
                reason=Reason.NOT_UNDERSTOOD if prediction.intent == OUT_OF_SCOPE else None,
            )
        draft = read_free(bare, prediction.intent, self.scope)
        if not draft.holds and asking is not None and asking.intent == prediction.intent:
            draft = asking
        meant = self._judged(text, draft, Stage.EXEMPLAR, prediction.confidence, runners)
        named = draft.resolution.exact or draft.mention not in {"", "it", "that", "this", "them"}
        wanted = self.knowledge.thresholds["act" if named else "act_unnamed"]
        doubtful = prediction.confidence < wanted or draft.unread
        if doubtful and meant.disposition in {Disposition.ACT, Disposition.CONFIRM}:
            choice = Choice("Yes", meant.targets)
            return replace(meant, disposition=Disposition.ASK, reason=Reason.UNSURE, choices=(choice,))
        return meant

    def _judged(
        self, text: str, draft: Draft, stage: Stage, confidence: float, runners: tuple[RunnerUp, ...] = ()
    ) -> Interpretation:
        """Return the draft as an interpretation: it may act, must be confirmed, asks, or is refused."""
        resolution = draft.resolution
        meant = Interpretation(
            text,
            draft.intent,
            confidence,
            stage,
            draft.slots,
            tuple(sorted(resolution.targets)),
            Disposition.ACT,
            None,
            draft.mention or None,
            resolution.choices,
            runners,
            resolution.used,
            (),
            resolution.exact,
        )
        if not resolution.targets:
            return replace(meant, disposition=Disposition.ASK, reason=resolution.reason or Reason.MISSING_TARGET)
        if not INTENTS[draft.intent].acts:
            return meant
        if "action" not in draft.slots:
            return replace(meant, disposition=Disposition.ASK, reason=Reason.MISSING_ACTION)
        if (
            draft.slots["action"] == "set"
            and len([s for s in draft.slots if s not in {"action", "area", "floor"}]) == 0
        ):
            return replace(meant, disposition=Disposition.ASK, reason=Reason.MISSING_VALUE)
        return self._risked(meant, group=resolution.group)

    def _risked(self, meant: Interpretation, *, group: bool) -> Interpretation:
        home = self.situation.snapshot.by_id
        guarded = [t for t in meant.targets if t in home and is_guarded(home[t], self.situation.risk, home)]
        if not guarded:
            return meant
        if any(is_read_only(home[t], self.situation.risk) for t in guarded) and len(guarded) == len(meant.targets):
            return replace(meant, disposition=Disposition.REFUSE, reason=Reason.READ_ONLY)
        if len(guarded) < len(meant.targets):
            rest = tuple(t for t in meant.targets if t not in guarded)
            return replace(meant, targets=rest, reason=Reason.GUARDED, choices=_choices(home[t] for t in guarded))
        if meant.exact_names or (group and re.search(r"\b(?:all|every|both|everything)\b", meant.text.lower())):
            return replace(meant, disposition=Disposition.CONFIRM, reason=Reason.GUARDED)
        choices = meant.choices or _choices(home[t] for t in guarded)
        return replace(meant, disposition=Disposition.ASK, reason=Reason.GUARDED_INEXACT, choices=choices, targets=())


_LESSONS = frozenset({"teach", "correction", "forget", "undo"})


def _not_a_lesson(prediction: Prediction) -> Prediction:
    """Teaching and correcting have wordings of their own; what only resembles them is something else."""
    if prediction.intent not in _LESSONS or prediction.exact or prediction.confidence >= 0.5:
        return prediction
    others = [runner for runner in prediction.runners_up if runner.intent not in _LESSONS]
    second = others[0] if others else RunnerUp(OUT_OF_SCOPE, 0.0)
    return replace(prediction, intent=second.intent, confidence=second.confidence, runners_up=tuple(others[1:]))


def _choices(entities: Any) -> tuple[Choice, ...]:
    found: list[Entity] = list(entities)
    return tuple(Choice(entity.name, (entity.entity_id,)) for entity in found)[:6]


def _spoken_slots(match: PatternMatch, bare: str) -> dict[str, Any]:
    slots: dict[str, Any] = {}
    if match.pattern.intent == "timer_set" and (duration := seconds_in(bare)) is not None:
        slots["duration"] = duration
    for name in ("name", "title"):
        if name in match.captures:
            slots[name] = match.captures[name]
    return slots

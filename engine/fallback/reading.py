"""From a model's claim to an interpretation, through the same slots, targets, guards and risk as everything else.

The words decide wherever they can: what they name exactly is meant, and their values count. Whatever of it would change
the home is asked about first, as nothing but the model understood it; what is guarded is left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.fallback.claim import Claim
from engine.fallback.helped import Outcome
from engine.understanding.actions import bend, settle
from engine.understanding.draft import Draft
from engine.understanding.free_reading import read_free
from engine.understanding.home_index import Place
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, RunnerUp, Stage
from engine.understanding.judging import judge
from engine.understanding.kinds import in_place
from engine.understanding.phrases import Phrase
from engine.understanding.query_reading import read_query
from engine.understanding.risk import is_guarded
from engine.understanding.scope import Resolution, Scope
from engine.understanding.situation import Situation
from engine.understanding.slots import prepare
from engine.understanding.targets import resolve
from engine.understanding.text import without_politeness
from engine.understanding.vetoing import vetoed

MOST_SURE = 0.9  # what a model says of its own confidence is no probability
_UNKNOWN = frozenset({Reason.UNKNOWN_NAME, Reason.UNKNOWN_PLACE})
_ASKABLE = frozenset({Reason.AMBIGUOUS_NAME, Reason.MISSING_VALUE})
_MOST_OFFERED = 3
_LONGEST_NAME = 6  # words
_VALUED: Mapping[str, tuple[str, float, float]] = {
    "light_control": ("brightness", 0, 100),
    "fan_control": ("speed", 0, 100),
    "cover_control": ("position", 0, 100),
    "media_control": ("volume", 0, 100),
    "climate_control": ("temperature", 5, 35),
}
_STEPS = frozenset({"increase", "decrease"})


@dataclass(frozen=True)
class Reading:
    """Words in their situation, what was made of them without a model, and where their targets are looked for."""

    text: str
    found: Interpretation
    situation: Situation
    scope: Scope

    def of(self, claim: Claim) -> Interpretation | Outcome:
        """Return what a claim comes to, or why it comes to nothing."""
        offer = self._named(claim)
        if offer is not None:
            return offer
        if not INTENTS[claim.intent].acts:
            return self._question(claim)
        draft = self._draft(claim)
        sure = min(claim.confidence, MOST_SURE)
        meant = judge(draft, self.text, Stage.LLM, self.situation, confidence=sure, runners_up=self._runners_up)
        return self._asked(vetoed(meant, self.text))

    @property
    def _bare(self) -> str:
        return without_politeness(prepare(self.text))

    @property
    def _runners_up(self) -> tuple[RunnerUp, ...]:
        return (RunnerUp(self.found.intent, self.found.confidence),)

    def _guarded(self, targets: tuple[str, ...]) -> bool:
        home = self.situation.snapshot.by_id
        return any(is_guarded(home[one], self.situation.risk, home) for one in targets if one in home)

    def _named(self, claim: Claim) -> Interpretation | Outcome | None:
        """Return the question about an unknown name with the model's device as its first choice, where that is open."""
        known = self.situation.snapshot.by_id
        found = self.found
        if found.stage is not Stage.PATTERN or found.reason not in _UNKNOWN or claim.device is None:
            return None
        if not INTENTS[found.intent].acts or not INTENTS[claim.intent].acts:
            return None
        if claim.intent != found.intent and claim.device.partition(".")[0] not in INTENTS[found.intent].domains:
            return None
        if self._guarded((claim.device,)):
            return Outcome.GUARDED
        others = tuple(choice for choice in found.choices if choice.targets != (claim.device,))
        first = Choice(known[claim.device].name, (claim.device,))
        return replace(found, stage=Stage.LLM, targets=(), choices=(first, *others)[:_MOST_OFFERED])

    def _question(self, claim: Claim) -> Interpretation | Outcome:
        """Return a question about the home, the clock or the weather, where the words hint at such a one at all.

        It only reads, but to answer what nobody asked would be no help either.
        """
        if claim.intent not in {self.found.intent, *(other.intent for other in self.found.runners_up)}:
            return Outcome.UNHELPFUL
        sure = min(claim.confidence, MOST_SURE)
        if claim.intent != "state_query":
            return Interpretation(
                self.text,
                claim.intent,
                sure,
                Stage.LLM,
                disposition=Disposition.ACT,
                runners_up=self._runners_up,
            )
        draft = read_query(self._bare, self.scope, question_mark=True, free=True)
        if (draft is None or not draft.holds) and claim.device is not None:
            named = Resolution((claim.device,), exact=False)
            draft = Draft.of("state_query", None, {"query": "state"}, named, "")
        if draft is None or not draft.holds:
            return Outcome.UNHELPFUL
        return judge(draft, self.text, Stage.LLM, self.situation, confidence=sure, runners_up=self._runners_up)

    def _draft(self, claim: Claim) -> Draft:
        words = read_free(self._bare, claim.intent, self.scope)
        resolution = self._resolution(claim, words)
        values = _values(claim, {name: value for name, value in words.slots.items() if name not in _PLACED})
        domain = resolution.targets[0].partition(".")[0] if resolution.targets else ""
        action = settle(claim.intent, claim.action or words.slots.get("action"), values, self._bare)
        own = resolution is words.resolution
        return Draft.of(
            claim.intent, bend(action, domain) if action else None, values, resolution, words.mention if own else ""
        )

    def _resolution(self, claim: Claim, words: Draft) -> Resolution:
        """Return what is meant: what the words name exactly or as a group, else what the model says, else the words."""
        said = words.resolution
        if said.targets and (said.exact or said.group):
            return said
        scoped = replace(self.scope, domains=INTENTS[claim.intent].domains)
        taught = _taught_within(self._bare, scoped)
        if taught is not None:
            return taught
        if claim.device is not None:
            return Resolution((claim.device,), exact=False)
        place = _place(claim.place, self.situation)
        there = in_place(Phrase(place=place, everything=True), scoped) if place else None
        return there if there is not None and there.targets else said

    def _asked(self, meant: Interpretation) -> Interpretation | Outcome:
        """Return a command as a question: the model's word alone switches nothing, and never what is guarded."""
        if meant.disposition is Disposition.REFUSE or meant.reason is Reason.DEFERRED:
            return Outcome.VETOED
        offered = (*meant.targets, *(target for choice in meant.choices for target in choice.targets))
        if meant.disposition is Disposition.CONFIRM or self._guarded(offered):
            return Outcome.GUARDED
        if meant.disposition is Disposition.ASK:
            return meant if meant.reason in _ASKABLE else Outcome.UNHELPFUL
        choice = Choice("Yes", meant.targets)
        return replace(meant, disposition=Disposition.ASK, reason=Reason.UNSURE, choices=(choice,))


def _taught_within(bare: str, scope: Scope) -> Resolution | None:
    """Return what a taught name that stands among other words stands for."""
    words = bare.split()
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            found = resolve(phrase, scope) if phrase in scope.taught else None
            if found is not None and found.targets:
                return found
    return None


_PLACED = frozenset({"action", "area", "floor"})


def _place(place: str | None, situation: Situation) -> Place | None:
    if place in situation.snapshot.areas_by_id:
        return Place(area=place)
    return Place(floor=place) if place in situation.snapshot.floors_by_id else None


def _values(claim: Claim, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values the words hold, with the model's where they hold none and it is one that can be."""
    values = dict(said)
    if any(not name.startswith("bad_") for name in said) or claim.intent not in _VALUED:
        return values
    slot, least, most = _VALUED[claim.intent]
    if claim.value is not None and claim.action == "set" and least <= claim.value <= most:
        values[slot] = claim.value
    elif claim.value is not None and claim.action in _STEPS and 0 < claim.value <= most:
        values["step"] = claim.value
    elif claim.color is not None and claim.intent == "light_control":
        values["color"] = claim.color
    return values

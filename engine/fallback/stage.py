"""The `llm` stage: asks a model where nothing else was sure, once and for so long, and says what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.fallback.catalogue import catalogue
from engine.fallback.claim import Claim, senseless
from engine.fallback.devices import nearest_devices
from engine.fallback.helped import Asked, Helped, Outcome
from engine.fallback.prompting import constant_part, prompt_for
from engine.fallback.reading import Reading
from engine.fallback.unsure import is_unsure, unsure_part
from engine.llm.errors import LanguageModelError
from engine.llm.jobs import UNDERSTAND
from engine.llm.models import Models
from engine.llm.port import LanguageModel
from engine.understanding.home_index import HomeIndex
from engine.understanding.home_indexes import HomeIndexes
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.interpretation import Interpretation
from engine.understanding.knowledge import Knowledge
from engine.understanding.risk import DEFAULT_RISK_POLICY, RiskPolicy
from engine.understanding.scope import Scope
from engine.understanding.situation import Situation
from engine.understanding.text import normalise

LEAST_SURE = 0.5


@dataclass(frozen=True)
class ModelStage:
    """Helps understanding with a household's models; without any it costs nothing and changes nothing."""

    models: Models | None = None
    indexes: HomeIndexes = field(default_factory=HomeIndexes, repr=False, compare=False)

    def help(
        self,
        found: Interpretation,
        text: str,
        situation: Situation,
        knowledge: Knowledge,
        chosen: Mapping[str, str],
    ) -> Helped:
        """Return what `text` means with a model's help where `found` is unsure; `chosen` are models by job."""
        if self.models is None:
            return Helped(found)
        said = normalise(text)
        model = None if said.too_long else self.models.of(UNDERSTAND, chosen)
        if model is None:
            return Helped(found)
        least = knowledge.thresholds["low_confidence"]
        if is_unsure(found, said.text, least):
            return self._asked(model, found, said.text, situation, knowledge)
        at = unsure_part(found, least)
        return Helped(found) if at is None else self._of_part(model, found, at, situation, knowledge)

    def _of_part(
        self, model: LanguageModel, found: Interpretation, at: int, situation: Situation, knowledge: Knowledge
    ) -> Helped:
        """Return a compound with one part that a model was asked about; "it" is what the parts before were about."""
        part = found.clauses[at]
        before = [clause for clause in found.clauses[:at] if clause.targets]
        there = replace(situation, previous=before[-1]) if before else situation
        helped = self._asked(model, part, part.text, there, knowledge)
        clauses = (*found.clauses[:at], helped.found, *found.clauses[at + 1 :])
        first = clauses[0] if at == 0 else found
        return Helped(replace(first, text=found.text, clauses=clauses), helped.asked)

    def warm(self, knowledge: Knowledge, chosen: Mapping[str, str], risk: RiskPolicy = DEFAULT_RISK_POLICY) -> None:
        """Have the model loaded and the constant part of its questions read; raises a LanguageModelError."""
        model = self.models.of(UNDERSTAND, chosen) if self.models else None
        if model is not None:
            model.warm(constant_part(catalogue(risk, knowledge.routing)))

    def _asked(
        self,
        model: LanguageModel,
        found: Interpretation,
        text: str,
        situation: Situation,
        knowledge: Knowledge,
    ) -> Helped:
        assert self.models is not None
        index = self.indexes.of(situation.snapshot)
        offered = catalogue(situation.risk, knowledge.routing)
        devices = nearest_devices(text, index, situation, offered.domains, likely=_likely(found))
        prompt = prompt_for(text, offered, devices, situation.snapshot)
        try:
            answer = model.answer(prompt.text, prompt.schema, system=prompt.system, timeout_s=self.models.wait_s)
        except LanguageModelError as problem:
            return Helped(found, Asked(model.id, Outcome.FAILED, problem=f"{type(problem).__name__}: {problem}"))
        claim = Claim.of(answer.value)
        asked = Asked(answer.model, Outcome.USED, answer.seconds, answer.tokens_per_second)
        nonsense = senseless(claim, situation)
        if nonsense:
            return Helped(found, replace(asked, outcome=Outcome.UNFIT, problem=nonsense))
        if claim.intent == OUT_OF_SCOPE or claim.confidence < LEAST_SURE:
            outcome = Outcome.NOTHING if claim.intent == OUT_OF_SCOPE else Outcome.UNSURE
            return Helped(found, replace(asked, outcome=outcome))
        whole = replace(found, clauses=()) if found.clauses else found
        meant = Reading(text, whole, situation, _scope(index, situation, knowledge)).of(claim)
        if isinstance(meant, Outcome):
            return Helped(found, replace(asked, outcome=meant))
        return Helped(replace(meant, text=found.text), asked)


def _likely(found: Interpretation) -> frozenset[str]:
    """Return the domains that the runners-up of understanding are about."""
    considered = (found.intent, *(other.intent for other in found.runners_up))
    return frozenset(domain for intent in considered if intent in INTENTS for domain in INTENTS[intent].domains)


def _scope(index: HomeIndex, situation: Situation, knowledge: Knowledge) -> Scope:
    """Return where the targets of free text are looked for: this home, this speaker's words, what "it" is."""
    now = situation.snapshot.by_id
    players = [entity.entity_id for entity in index.domain_members(("media_player",))]
    return Scope(
        index,
        knowledge.taught(situation.speaker),
        previous=situation.previous.targets if situation.previous else (),
        states={entity_id: now[entity_id].state for entity_id in players},
    )

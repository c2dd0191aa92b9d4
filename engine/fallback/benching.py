"""What a model is worth for a job: how often its answers are valid and right, and how long they take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from types import MappingProxyType
from typing import Any

from engine.fallback.catalogue import catalogue
from engine.fallback.claim import Claim, senseless
from engine.fallback.devices import nearest_devices
from engine.fallback.prompting import prompt_for
from engine.learning.analysis_model import taken_for
from engine.learning.breathing import breathe
from engine.learning.cases import Case
from engine.learning.golden import GoldenSet
from engine.llm.errors import LanguageModelError
from engine.llm.jobs import INSIGHTS, NAMES, UNDERSTAND
from engine.llm.port import Answer, LanguageModel
from engine.llm.rewording import reworded
from engine.understanding.home_index import HomeIndex
from engine.understanding.intents import INTENTS, OUT_OF_SCOPE
from engine.understanding.risk import is_guarded
from engine.understanding.situation import Situation

PATIENCE_S = 120.0
_SHORT = 4  # letters of each word in an abbreviated name
_NOTES = (
    "You moved 7 of 9 tasks that said “soon” to the same day. Shall I take “soon” for today?",
    "5 tasks without a priority were marked as urgent within 2 days. Shall I ask for it at once?",
    "In 12 weeks nobody answered 8 of my 10 questions about projects. Shall I stop asking them?",
    "The report at 8:00 was read at about 18:30 on 6 of 7 days. Shall I send it at 18:30?",
)


@dataclass(frozen=True)
class Figures:
    """What was measured: questions, answers that fit, answers that are right, median seconds, tokens a second."""

    asked: int
    valid: int
    right: int
    seconds: float
    tokens_per_second: float | None

    def to_json(self) -> dict[str, Any]:
        """Return the figures as JSON values, shares between 0 and 1."""
        return {
            "asked": self.asked,
            "valid": round(self.valid / self.asked, 3) if self.asked else None,
            "right": round(self.right / self.asked, 3) if self.asked else None,
            "seconds": round(self.seconds, 3),
            "tokens_per_second": None if self.tokens_per_second is None else round(self.tokens_per_second, 1),
        }


class _Watched:
    """A model whose answers are counted and timed on the way; it waits patiently."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self.id = model.id
        self.answers: list[Answer] = []

    def answer(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 0.0, seed: int = 0
    ) -> Answer:
        """Return an answer, and keep it; however long its asker would wait, it may take two minutes here."""
        breathe()
        patience = max(timeout_s, PATIENCE_S)
        answer = self._model.answer(prompt, schema, system=system, timeout_s=patience, seed=seed)
        self.answers.append(answer)
        return answer

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 0.0, seed: int = 0
    ) -> Any:
        """Return the JSON values of `answer` alone."""
        return self.answer(prompt, schema, system=system, timeout_s=timeout_s, seed=seed).value

    def warm(self, system: str, *, timeout_s: float = PATIENCE_S) -> None:
        """Have the model ready."""
        self._model.warm(system, timeout_s=timeout_s)


def bench(model: LanguageModel, job: str, golden: GoldenSet, most: int) -> Figures | None:
    """Return what a model is worth for a job, by at most so many questions; None for a job that has no right answers.

    Raises a LanguageModelError where not even warming the model succeeds.
    """
    measure = _MEASURES.get(job)
    if measure is None:
        return None
    model.warm("You answer in JSON.", timeout_s=PATIENCE_S)
    watched = _Watched(model)
    asked, right = 0, 0
    for is_right in measure(watched, golden, most):
        asked += 1
        right += is_right
    seconds = [answer.seconds for answer in watched.answers]
    speeds = [answer.tokens_per_second for answer in watched.answers if answer.tokens_per_second]
    return Figures(
        asked,
        len(watched.answers),
        right,
        median(seconds) if seconds else 0.0,
        median(speeds) if speeds else None,
    )


def _understanding(model: LanguageModel, golden: GoldenSet, most: int) -> Iterator[bool]:
    situation = Situation(golden.house)
    offered = catalogue(situation.risk, {})
    index = HomeIndex.of(golden.house)
    fit = [case for case in golden.cases if _is_fit(case, offered.names)]
    for case in _spread(fit, most):
        devices = nearest_devices(case.utterance, index, situation, offered.domains)
        prompt = prompt_for(case.utterance, offered, devices, golden.house)
        try:
            claim = Claim.of(model.answer(prompt.text, prompt.schema, system=prompt.system).value)
        except LanguageModelError:
            yield False
            continue
        yield senseless(claim, situation) is None and _is_right(claim, case, {one.entity_id for one in devices})


def _is_fit(case: Case, intents: Iterable[str]) -> bool:
    if case.expected is None or case.clauses or case.context or case.expected.intent not in intents:
        return False
    return case.disposition is None or case.disposition.value == "act"


def _is_right(claim: Claim, case: Case, told: set[str]) -> bool:
    """Tell whether intent and action are those expected, and the device where one is that the model was told of."""
    assert case.expected is not None
    wanted = case.expected
    if claim.intent != wanted.intent:
        return False
    if claim.intent == OUT_OF_SCOPE or not INTENTS[claim.intent].acts:
        return True
    device = wanted.entities.get("device")
    right_device = not isinstance(device, str) or device not in told or claim.device == device
    return claim.action == wanted.entities.get("action", claim.action) and right_device


def _names(model: LanguageModel, golden: GoldenSet, most: int) -> Iterator[bool]:
    home = golden.house.by_id
    things = [one for one in golden.house.entities if one.exposed and not is_guarded(one, home=home)]
    several = [one for one in things if len(one.name.split()) > 1]
    for one in _spread(several, most):
        short = " ".join(word[:_SHORT] for word in one.name.casefold().split())
        near = [other for other in things if other.domain == one.domain]
        yield taken_for(short, [f"turn on the {short}"], near, model) == one.entity_id


def _wordings(model: LanguageModel, _: GoldenSet, most: int) -> Iterator[bool]:
    for note in _NOTES[:most]:
        yield reworded(model, {}, note) != note


def _spread(things: Sequence[Any], most: int) -> list[Any]:
    """Return at most so many of the things, evenly from among them."""
    if len(things) <= most:
        return list(things)
    return [things[at * len(things) // most] for at in range(most)]


_MEASURES: Mapping[str, Callable[[LanguageModel, GoldenSet, int], Iterator[bool]]] = MappingProxyType(
    {UNDERSTAND: _understanding, NAMES: _names, INSIGHTS: _wordings}
)
BENCHED = tuple(_MEASURES)
"""The jobs that can be measured."""

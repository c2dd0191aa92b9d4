"""The stand-in for a language model: it says what it was told to say, and remembers what it was asked."""

from __future__ import annotations

import copy
import json
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.llm.errors import AnswerUnfit, LanguageModelError, ModelUnreachable
from engine.llm.port import Answer
from engine.llm.schemas import misfit


@dataclass(frozen=True)
class Question:
    """One question as the model was asked it."""

    prompt: str
    schema: Mapping[str, Any]
    system: str
    timeout_s: float
    seed: int


class ScriptedModel:
    """Gives the enqueued answers in their order; an enqueued error is raised, and with none left it is unreachable.

    An enqueued function is called with the question, and `always` answers where nothing is enqueued. An answer that
    does not fit the schema is an AnswerUnfit, as it is for every model.
    """

    def __init__(
        self,
        *answers: Any,
        id: str = "scripted",  # noqa: A002 - the port's own word
        always: Callable[[Question], Any] | None = None,
    ) -> None:
        self.id = id
        self.history: list[Question] = []
        self.warmed: list[str] = []
        self._answers: deque[Any] = deque(answers)
        self._always = always

    def enqueue(self, *answers: Any) -> None:
        """Add answers (JSON values), functions of the question or LanguageModelErrors to what it will say."""
        self._answers.extend(answers)

    def answer(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Answer:
        """Return the next answer, with made-up figures."""
        question = Question(prompt, schema, system, timeout_s, seed)
        self.history.append(question)
        if not self._answers and self._always is None:
            raise ModelUnreachable(self.id, "nothing more was enqueued")
        said = self._answers.popleft() if self._answers else self._always
        if callable(said):
            said = said(question)
        if isinstance(said, LanguageModelError):
            raise said
        problem = misfit(said, schema)
        if problem:
            raise AnswerUnfit(self.id, json.dumps(said), problem)
        return Answer(copy.deepcopy(said), self.id, seconds=0.5, tokens=10, tokens_per_second=20.0)

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Any:
        """Return the next answer."""
        return self.answer(prompt, schema, system=system, timeout_s=timeout_s, seed=seed).value

    def warm(self, system: str, *, timeout_s: float = 60.0) -> None:  # noqa: ARG002 - the port's own arguments
        """Remember what was read beforehand."""
        self.warmed.append(system)

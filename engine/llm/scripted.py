"""The stand-in for a language model: it says what it was told to say, and remembers what it was asked."""

from __future__ import annotations

import copy
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.llm.errors import LanguageModelError, ModelUnreachable


@dataclass(frozen=True)
class Question:
    """One question as the model was asked it."""

    prompt: str
    schema: Mapping[str, Any]
    system: str
    timeout_s: float
    seed: int


class ScriptedModel:
    """Gives the enqueued answers in their order; an enqueued error is raised, and with none left it is unreachable."""

    def __init__(self, *answers: Any, id: str = "scripted") -> None:  # noqa: A002 - the port's own word
        self.id = id
        self.history: list[Question] = []
        self._answers: deque[Any] = deque(answers)

    def enqueue(self, *answers: Any) -> None:
        """Add answers (JSON values) or LanguageModelErrors to what it will say."""
        self._answers.extend(answers)

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Any:
        """Return the next answer."""
        self.history.append(Question(prompt, schema, system, timeout_s, seed))
        if not self._answers:
            raise ModelUnreachable(self.id, "nothing more was enqueued")
        answer = self._answers.popleft()
        if isinstance(answer, LanguageModelError):
            raise answer
        return copy.deepcopy(answer)

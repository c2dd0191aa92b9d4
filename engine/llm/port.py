"""PORT `LanguageModel`: one question to a language model, one answer that fits a JSON schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Answer:
    """What a model answered: JSON values that fit the schema, which model, how long it took (seconds), how fast."""

    value: Any
    model: str
    seconds: float = 0.0
    tokens: int | None = None
    tokens_per_second: float | None = None


class LanguageModel(Protocol):
    """Answers prompts. It is asked only where nothing breaks when it is slow, wrong or gone."""

    @property
    def id(self) -> str:
        """The model's name, as traces show it."""

    def answer(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Answer:
        """Return an answer that fits `schema`; raise a LanguageModelError within `timeout_s` seconds."""

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Any:
        """Return the JSON values of `answer` alone."""

    def warm(self, system: str, *, timeout_s: float = 60.0) -> None:
        """Have the model loaded and the constant part of a prompt read, so that the next question is quick."""

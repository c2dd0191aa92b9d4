"""PORT `LanguageModel`: one question to a language model, one answer that fits a JSON schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol


class LanguageModel(Protocol):
    """Completes prompts. It is asked only where nothing breaks when it is slow, wrong or gone."""

    @property
    def id(self) -> str:
        """The model's name, as traces show it."""

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Any:
        """Return JSON values that fit `schema`; raise a LanguageModelError within `timeout_s` seconds."""

"""A model whose every answer leaves a trace: what it was asked for outside of a turn, how long it took, how it went."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.llm.errors import LanguageModelError
from engine.llm.models import Models
from engine.llm.port import Answer, LanguageModel
from store.traces import TraceEntry


@dataclass(frozen=True)
class TracedModel:
    """Asks `model` for a job and tells `write` of it; `now` gives the time (UTC)."""

    model: LanguageModel
    job: str
    write: Callable[[TraceEntry], object]
    now: Callable[[], datetime]
    timer: Callable[[], float] = time.perf_counter

    @property
    def id(self) -> str:
        """The model's name."""
        return self.model.id

    def answer(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Answer:
        """Return an answer that fits `schema`; raise a LanguageModelError within `timeout_s` seconds."""
        began = self.timer()
        try:
            found = self.model.answer(prompt, schema, system=system, timeout_s=timeout_s, seed=seed)
        except LanguageModelError as problem:
            self._trace("failed", type(problem).__name__, began, None)
            raise
        self._trace("answered", "done", began, found.tokens_per_second)
        return found

    def complete(
        self, prompt: str, schema: Mapping[str, Any], *, system: str = "", timeout_s: float = 20.0, seed: int = 0
    ) -> Any:
        """Return the JSON values of `answer` alone."""
        return self.answer(prompt, schema, system=system, timeout_s=timeout_s, seed=seed).value

    def warm(self, system: str, *, timeout_s: float = 60.0) -> None:
        """Have the model loaded and the constant part of a prompt read."""
        self.model.warm(system, timeout_s=timeout_s)

    def _trace(self, decision: str, outcome: str, began: float, speed: float | None) -> None:
        at = self.now()
        self.write(
            TraceEntry(
                trace_id=f"model-{self.job}-{at.isoformat()}",
                stage="model",
                component=self.job,
                created_at=at,
                decision=decision,
                outcome=outcome,
                duration_ms=(self.timer() - began) * 1000,
                metadata={"job": self.job, "tokens_per_second": speed},
                model=self.model.id,
            )
        )


def traced(models: Models, write: Callable[[TraceEntry], object], now: Callable[[], datetime]) -> Models:
    """Return models whose answers outside of turns leave a trace."""
    return replace(models, watched=lambda job, model: TracedModel(model, job, write, now))

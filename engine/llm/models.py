"""The language models of a household: which one is asked for which job."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from engine.llm.jobs import JOBS, TASKS, UNDERSTAND
from engine.llm.port import LanguageModel

WAIT_S = 4.0
_NONE: Mapping[str, str] = MappingProxyType({})
_TRACED = frozenset({UNDERSTAND, TASKS})  # turns and slow work trace what they asked a model


@dataclass(frozen=True)
class Models:
    """`open` returns the model of a name, `configured` names one a job; a turn waits `wait_s` seconds for an answer.

    `hurried` returns the same model for a turn, in which somebody waits; without it, `open` does. `watched` may put
    something around the model of a job whose answers nothing else traces.
    """

    open: Callable[[str], LanguageModel]
    configured: Mapping[str, str] = field(default_factory=lambda: _NONE)
    wait_s: float = WAIT_S
    hurried: Callable[[str], LanguageModel] | None = None
    watched: Callable[[str, LanguageModel], LanguageModel] | None = None

    @classmethod
    def single(cls, model: LanguageModel, wait_s: float = WAIT_S) -> Models:
        """Return the models of a household that has one model for all jobs."""
        return cls(lambda _: model, MappingProxyType(dict.fromkeys(JOBS, model.id)), wait_s)

    def name_for(self, job: str, chosen: Mapping[str, str] = _NONE) -> str | None:
        """Return the name of the model for a job: the one that was chosen since, else the configured one."""
        return chosen.get(job) or self.configured.get(job)

    def of(self, job: str, chosen: Mapping[str, str] = _NONE) -> LanguageModel | None:
        """Return the model for a job, None where there is none."""
        name = self.name_for(job, chosen)
        opened = self.hurried if self.hurried and job == UNDERSTAND else self.open
        if not name:
            return None
        model = opened(name)
        return self.watched(job, model) if self.watched and job not in _TRACED else model

"""Changes of how Butler reads, answers and speaks: everybody's, checked when they are made, and always for an admin."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, ClassVar, Literal

from engine.learning.change_error import ChangeError, require_texts
from engine.learning.template_rules import template_fault
from engine.learning.thresholds import bounds_of, threshold_names
from engine.llm.jobs import JOBS
from engine.understanding.handlers import routing_fault
from engine.understanding.knowledge import Ownership
from engine.understanding.taught_templates import template_fault as pattern_fault

_MODEL_NAME = re.compile(r"[A-Za-z0-9][\w.:/-]{0,119}", re.ASCII)


@dataclass(frozen=True)
class SharedChange:
    """What is the same for everybody in the household."""

    @property
    def scope(self) -> Ownership:
        """Whose the change is: always the household's."""
        return "household"

    @property
    def owner(self) -> None:
        """Nobody."""
        return


@dataclass(frozen=True)
class PatternChange(SharedChange):
    """`template`, a sentence in hassil's syntax, means `intent` with `slots`, the action among them."""

    type: ClassVar[Literal["pattern"]] = "pattern"
    template: str
    intent: str
    slots: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        require_texts(self.type, self.template, self.intent)
        if not isinstance(self.slots, Mapping) or not all(isinstance(name, str) for name in self.slots):
            raise ChangeError("pattern: the slots are no object")
        object.__setattr__(self, "slots", MappingProxyType(dict(self.slots)))
        _refuse(self.type, pattern_fault(self.template, self.intent, self.slots))

    @property
    def phrase(self) -> str:
        """The words the change is about."""
        return self.template

    @property
    def meaning(self) -> str:
        """What the template means: its intent, and what it says beside its words."""
        return " ".join((self.intent, *(f"{name}={value}" for name, value in sorted(self.slots.items()))))


@dataclass(frozen=True)
class RoutingChange(SharedChange):
    """`handler` serves `intent`; it may do no more than the one that ships."""

    type: ClassVar[Literal["routing"]] = "routing"
    intent: str
    handler: str

    def __post_init__(self) -> None:
        require_texts(self.type, self.intent, self.handler)
        _refuse(self.type, routing_fault(self.intent, self.handler))

    @property
    def phrase(self) -> str:
        """What the change is about: an intent."""
        return self.intent

    @property
    def meaning(self) -> str:
        """Who serves the intent."""
        return self.handler


@dataclass(frozen=True)
class TemplateChange(SharedChange):
    """The sentence named `key` is worded `text`."""

    type: ClassVar[Literal["template"]] = "template"
    key: str
    text: str

    def __post_init__(self) -> None:
        require_texts(self.type, self.key, self.text)
        _refuse(self.type, template_fault(self.key, self.text))

    @property
    def phrase(self) -> str:
        """What the change is about: the name of a sentence."""
        return self.key

    @property
    def meaning(self) -> str:
        """The wording."""
        return self.text


@dataclass(frozen=True)
class ThresholdChange(SharedChange):
    """The threshold `name` is `value`."""

    type: ClassVar[Literal["threshold"]] = "threshold"
    name: str
    value: float

    def __post_init__(self) -> None:
        require_texts(self.type, self.name)
        bounds = bounds_of(self.name)
        if bounds is None:
            raise ChangeError(f"threshold: there is no threshold {self.name!r}: there are {threshold_names()}")
        if isinstance(self.value, bool) or not isinstance(self.value, int | float) or not math.isfinite(self.value):
            raise ChangeError(f"threshold: {self.value!r} is no number")
        least, most = bounds
        if not least <= self.value <= most:
            raise ChangeError(f"threshold: {self.name} lies between {least:g} and {most:g}, not at {self.value:g}")

    @property
    def phrase(self) -> str:
        """What the change is about: the name of the threshold."""
        return self.name

    @property
    def meaning(self) -> str:
        """The value as it is written."""
        return f"{self.value:g}"


@dataclass(frozen=True)
class ModelChoiceChange(SharedChange):
    """The language model named `model` is asked for `job`."""

    type: ClassVar[Literal["model_choice"]] = "model_choice"
    job: str
    model: str

    def __post_init__(self) -> None:
        require_texts(self.type, self.job, self.model)
        if self.job not in JOBS:
            raise ChangeError(f"model_choice: there is no job {self.job!r} for a model: there are {', '.join(JOBS)}")
        if not _MODEL_NAME.fullmatch(self.model):
            raise ChangeError(f"model_choice: {self.model!r} is no name of a model")

    @property
    def phrase(self) -> str:
        """What the change is about: a job."""
        return self.job

    @property
    def meaning(self) -> str:
        """The name of the model."""
        return self.model


def _refuse(kind: str, fault: str | None) -> None:
    if fault:
        raise ChangeError(f"{kind}: {fault}")

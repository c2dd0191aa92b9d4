"""What slow work looks at, and what it proposes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Literal

from engine.tasks.due import Due
from engine.tasks.kinds import Priority
from engine.tasks.rules import TaskRules

LONGEST_TITLE = 80
LONGEST_WHY = 140
_LINK = re.compile(r"\b(?:https?|ftp)://\S+|\bwww\.\S+|\S+@\S+\.\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<!\w)\+?\d[\d ()/.-]{5,}\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")


@dataclass(frozen=True)
class Matter:
    """A thought as it stands: its text and title, its due (None without one) and how pressing it is."""

    text: str
    title: str
    due: Due | None
    priority: Priority
    now: datetime
    zone: tzinfo
    rules: TaskRules


@dataclass(frozen=True)
class Step:
    """An open task of a project."""

    number: int
    title: str


@dataclass(frozen=True)
class StalledProject:
    """A project that nothing has come of lately, with a person's open tasks of it, the oldest first."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Proposed:
    """What could be changed: `change` holds priority, due, task (a number) or title; empty, it is only a question.

    `why` is shown to the person and kept; confidence is 0 to 1; `seconds` and tokens a second are the model's.
    """

    change: Mapping[str, Any]
    source: Literal["rules", "model"]
    why: str
    confidence: float
    alternatives: tuple[Any, ...] = ()
    model: str | None = None
    seconds: float | None = None
    tokens_per_second: float | None = None
    problem: str | None = field(default=None)


def plain_line(text: str, most: int) -> str:
    """Return what a model wrote as one short line: no control signs, links, addresses or long numbers."""
    line = " ".join(_CONTROL.sub(" ", text).split())
    for hidden in (_LINK, _NUMBER):
        line = hidden.sub("…", line)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"

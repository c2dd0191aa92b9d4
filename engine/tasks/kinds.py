"""What a thought can be, how pressing it is, and what may be asked about it."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    """What a thought is."""

    TASK = "task"
    REMINDER = "reminder"
    ALARM = "alarm"
    NOTE = "note"
    IDEA = "idea"
    QUESTION = "question"

    @property
    def rings(self) -> bool:
        """Whether it wants to be told at an instant."""
        return self in {Kind.REMINDER, Kind.ALARM}

    @property
    def is_due(self) -> bool:
        """Whether a time in its words is when it is due; in a note it is part of what is written down."""
        return self in {Kind.TASK, Kind.REMINDER, Kind.ALARM}


class Priority(StrEnum):
    """How pressing a thought is."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for low."""
        return list(Priority).index(self)


class Ask(StrEnum):
    """What about a thought is unclear enough to ask."""

    KIND = "kind"
    WHEN = "when"
    TITLE = "title"


class Evidence(IntEnum):
    """What the kind of a thought rests on, the weakest first."""

    GUESS = 0
    SHAPE = 1
    EXPLICIT = 2

"""Which intents are right for the families of labelled utterances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation

_REMINDERS = frozenset({"reminder_set", "task_add", "task_query", "task_amend", "task_complete"})
_ALARMS = frozenset({"alarm_set", "reminder_set", "alarm_query", "alarm_cancel"})
_TALK = frozenset({"greeting", "thanks", "goodbye", "smalltalk", "help", "stop"})

RIGHT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "light": frozenset({"light_control"}),
        "switch": frozenset({"switch_control"}),
        "fan": frozenset({"fan_control"}),
        "cover": frozenset({"cover_control", "valve_control"}),
        "lock": frozenset({"lock_control"}),
        "climate": frozenset({"climate_control"}),
        "media": frozenset({"media_control", "stop"}),
        "vacuum": frozenset({"vacuum_control"}),
        "weather": frozenset({"weather_query"}),
        "status": frozenset({"state_query", "climate_control"}),
        "time_date": frozenset({"time_query", "date_query"}),
        "timer": frozenset({"timer_set", "timer_cancel", "timer_query"}),
        "alarm": _ALARMS,
        "reminder": _REMINDERS,
        "calendar_or_reminder": _REMINDERS,
        "list": frozenset({"list_add", "list_remove", "list_clear", "list_query", "task_add"}),
        "smalltalk": _TALK,
        "feedback_negative": frozenset({"feedback_negative", "reject"}),
        "feedback_positive": frozenset({"feedback_positive", "affirm", "thanks"}),
        "stop": frozenset({"stop", "feedback_negative", "feedback_positive"}),
        "affirm": frozenset({"affirm", "feedback_negative", "feedback_positive"}),
        "reject": frozenset({"reject", "feedback_negative", "feedback_positive"}),
        "oos": frozenset({"out_of_scope", "note_add"}),
    }
)
"""By the table in bench/README.md, to the letter."""

_ASKED_OR_CANCELLED = frozenset({"reminder_query", "reminder_cancel", "calendar_query"})
WIDE: Mapping[str, frozenset[str]] = MappingProxyType(
    {"reminder": _ASKED_OR_CANCELLED, "calendar_or_reminder": _ASKED_OR_CANCELLED}
)
"""What the table leaves out though it is about the same thing: asking for a reminder or event, or cancelling it."""

ACTION_FAMILIES = frozenset({"light", "switch", "fan", "cover", "lock", "climate", "media", "vacuum"})

_OPPOSITES = (("on", "off"), ("open", "close"), ("lock", "unlock"), ("mute", "unmute"), ("increase", "decrease"))
_SAID = MappingProxyType({"increase": ("up", "increase", "raise"), "decrease": ("down", "decrease", "lower")})


def acting(meant: Interpretation) -> Iterator[Interpretation]:
    """Yield the clauses that would change the home, at once or after a confirm press."""
    for clause in meant.clauses or (meant,):
        ready = clause.disposition in {Disposition.ACT, Disposition.CONFIRM}
        if ready and clause.targets and INTENTS[clause.intent].acts:
            yield clause


def is_right(family: str, meant: Interpretation, *, wide: bool = False) -> bool:
    """Whether the intent is one of the family's; `wide` also takes queries and cancellations the table leaves out."""
    if family in {"status", "oos"} and any(acting(meant)):
        return False
    right = RIGHT[family] | (WIDE.get(family, frozenset()) if wide else frozenset())
    return meant.intent in right


def acts_wrongly(family: str, meant: Interpretation) -> bool:
    """Whether a clause acts on another domain than the family's, or does the opposite of the one word said."""
    return any(
        clause.intent not in RIGHT[family] | {"scene_activate"} or _opposite(clause, meant.text)
        for clause in acting(meant)
    )


def _opposite(clause: Interpretation, text: str) -> bool:
    words = set(text.lower().split())
    action: object = clause.slots.get("action")
    for first, second in _OPPOSITES:
        said_first = bool(words.intersection(_SAID.get(first, (first,))))
        said_second = bool(words.intersection(_SAID.get(second, (second,))))
        if said_first != said_second and action in {first, second}:
            return action != (first if said_first else second)
    return False

"""Who answers an intent: the named handlers, how much each may do, and which serves what unless a household differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType

from engine.sentences import SENTENCES
from engine.understanding.intents import INTENTS


class HandlerRisk(IntEnum):
    """What the worst mistake of a handler is: a needless sentence, something read out, kept, or switched."""

    SAYS = 0
    READS = 1
    KEEPS = 2
    ACTS = 3


@dataclass(frozen=True)
class Handler:
    """One way to answer; `about` says what it does with whatever it is given, to stand behind "it"."""

    name: str
    risk: HandlerRisk
    about: str


HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        handler.name: handler
        for handler in (
            Handler("home_command", HandlerRisk.ACTS, "switches things in the home"),
            Handler("home_state", HandlerRisk.READS, "tells what things in the home are doing"),
            Handler("weather", HandlerRisk.READS, "tells the weather"),
            Handler("clock", HandlerRisk.READS, "tells the time or the date"),
            Handler("help", HandlerRisk.SAYS, "tells what I can do"),
            Handler("talk", HandlerRisk.SAYS, "answers with a sentence"),
            Handler("timer", HandlerRisk.KEEPS, "keeps timers"),
            Handler("reminder", HandlerRisk.KEEPS, "keeps reminders"),
            Handler("alarm", HandlerRisk.KEEPS, "keeps alarms"),
            Handler("schedule", HandlerRisk.KEEPS, "keeps what is to be done in the home later"),
            Handler("notice", HandlerRisk.KEEPS, "keeps what you want to be told about the home"),
            Handler("calendar", HandlerRisk.KEEPS, "tells what is coming up"),
            Handler("list", HandlerRisk.KEEPS, "keeps lists"),
            Handler("task", HandlerRisk.KEEPS, "keeps what there is to do"),
            Handler("note", HandlerRisk.KEEPS, "keeps notes and ideas"),
            Handler("decline", HandlerRisk.SAYS, "says that I leave that alone here"),
        )
    }
)
_READING = MappingProxyType(
    {
        "state_query": "home_state",
        "time_query": "clock",
        "date_query": "clock",
        "weather_query": "weather",
        "help": "help",
    }
)


def _shipped(intent: str) -> str:
    if INTENTS[intent].acts:
        return "home_command"
    return _READING.get(intent) or _keeper_of(intent) or "talk"


def _keeper_of(intent: str) -> str | None:
    """Return the handler that keeps what an intent is about: the one of its first word, if there is one."""
    handler = HANDLERS.get(intent.partition("_")[0])
    return handler.name if handler and handler.risk is HandlerRisk.KEEPS else None


ROUTES: Mapping[str, str] = MappingProxyType({intent: _shipped(intent) for intent in INTENTS})
"""The handler of every intent as Butler ships."""
# These steer Butler itself or are answered before any handler is asked: nobody may send them elsewhere, nor teach a
# pattern for them.
FIXED = frozenset(
    "affirm reject stop undo forget teach correction feedback_negative feedback_positive out_of_scope".split()
)


def handler_of(intent: str, routing: Mapping[str, str]) -> Handler:
    """Return the handler that serves an intent, where a household's routing differs from what ships."""
    known = HANDLERS.get(routing.get(intent, ""))
    return known if known is not None else HANDLERS[ROUTES.get(intent, "talk")]


def routing_fault(intent: str, handler: str) -> str | None:
    """Return why a handler may not serve an intent, or None: it must do no more than the one that ships."""
    if intent not in INTENTS:
        return f"there is no intent {intent!r}"
    if handler not in HANDLERS:
        return f"there is no handler {handler!r}: there are {', '.join(HANDLERS)}"
    if intent in FIXED:
        return f"{intent} steers Butler itself and stays where it is"
    if handler == "talk" and intent not in SENTENCES:
        return f"there is no sentence that answers {intent}"
    return _beyond(intent, HANDLERS[ROUTES[intent]], HANDLERS[handler])


def _beyond(intent: str, shipped: Handler, wanted: Handler) -> str | None:
    if wanted.risk > shipped.risk:
        return f"{wanted.name} may do more than {shipped.name}, which serves {intent}: only as much or less is possible"
    if wanted.risk is HandlerRisk.KEEPS and wanted is not shipped:
        return f"{wanted.name} keeps only what it is for, and {intent} is nothing of that"
    return None

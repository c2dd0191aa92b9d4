"""Vetoes home actions whose words do not ask for them now."""

from __future__ import annotations

import re
from dataclasses import replace

from engine.understanding.deferring import with_known_times
from engine.understanding.guards import guard
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, Stage
from engine.understanding.other_things import something_else
from engine.understanding.plain import plain
from engine.understanding.slots import prepare
from engine.understanding.text import without_politeness
from engine.understanding.wordings import any_of, word_of

_NOT_ASKED_FOR = frozenset({Reason.NEGATION, Reason.STATEMENT, Reason.QUOTED, Reason.HYPOTHETICAL})
_PLACES = frozenset({"area", "floor"})
_LATER = frozenset({"schedule_set", "notice_set"})
_TELLS = re.compile(
    word_of(
        "tell|let|notify|notified|notification|alert|alerts|alerted|warn|warned|warning|ping|message|text|inform|informed"
        "|shout|heads up|say|send|know|told|drop|wake|remind|keep an eye|watch|call|ring|mail|email|touch|speak up|word"
    )
)
_HAPPENS = re.compile(
    word_of("if|unless|when(?:ever)?|once|as soon as|the moment|provided|assuming|in case|every time")
)
_DOES = re.compile(
    word_of("turn|switch|open|close|shut|lock|unlock|set|dim|start|stop|play|pause|run|put|activate|lower|raise|make")
)

_TO_BE_TOLD = re.compile(
    r"^(?:please )?(?:if|when(?:ever)?|once|as soon as|should) "
    r"(?!.*\b(?:turn|switch|dim|lock|activate|play|pause|lower|raise)\b)"
    r".* (?:tell|ping|message|text|notify|alert|warn|inform|let|shout at|call|give) (?:me|us)"
    r"(?: know| a (?:shout|ping|call|message|heads up))?(?: please)?$"
)
_MISTAKEN = frozenset({"weather_query", "schedule_cancel", "schedule_query"})  # what rain and planning remind of
_OF_PLANS = re.compile(
    word_of("schedules?|scheduled|plans?|planned|automations?|timers?|notices?|cancel|delete|remove|scrap|skip|forget")
)
_ORDERS_TOO = re.compile(
    r"\b(?:and|then) (?:also |then |please )*"
    + any_of(
        r"(?:turn|switch|put) (?:on|off|(?:the|my|our|all)\b.* (?:on|off))\b",
        r"(?:open|close|shut|lock|unlock|start|dim|lower|raise|play|pause) (?:the|my|our|all)\b",
    )
)
_ORDERS_FIRST = re.compile(
    r"^(?:turn|switch|open|close|shut|lock|unlock|dim|run|activate|lower|raise|start|put)\b(?! \w+'s\b)"
)
_ORDERS_BEHIND = re.compile(
    r"^(?:if|unless|in case)\b.*"
    + any_of(
        r"(?<!\bto )\b(?:turn|switch|put) (?:on|off|the|my|our|all)\b",
        r"(?<!\bto )\b(?:open|close|shut|lock|unlock|start|dim|lower|raise) (?:the|my|our|all)\b",
    )
)
# What one must do oneself may be said as a request, or only said.
_OWN_DUTY = re.compile(
    r"^(?:and |so |but |oh |ok |well )*(?:make sure (?:that )?(?:i|we)\b|(?:i|we)(?:'ve| have)? (?:really |still )?"
    r"(?:must|have to|has to|should|ought to|got to|gotta|need to|needs to|had better)\b(?! (?:have|see|get) the\b))"
)


def why_not(text: str) -> Reason | None:
    """Return why the words of a message must not act now; courtesy does not count."""
    return guard(without_politeness(prepare(text)))


def vetoed(meant: Interpretation, text: str) -> Interpretation:
    """Return what was understood, refused or handed to the schedules where `text` does not ask for it now."""
    meant = _for_a_while(meant)
    if meant.intent in _MISTAKEN and meant.stage is Stage.EXEMPLAR and (why := _why_not_now(text)) is not None:
        disposition = Disposition.REFUSE if why is Reason.CONDITION else Disposition.NONE
        return replace(meant, intent="schedule_set", disposition=disposition, reason=why)
    if meant.intent in _LATER:
        return _later(meant, text)
    reason = why_not(text) if INTENTS[meant.intent].acts else None
    if reason is None:
        return _in_doubt(meant, text)
    if reason is Reason.DEFERRED:
        later = replace(meant, intent="schedule_set", disposition=Disposition.NONE, reason=reason, choices=())
        return _own_duty(later, text)
    if reason is Reason.CONDITION and _TO_BE_TOLD.match(plain(text)):
        return Interpretation(meant.text, "notice_set", meant.confidence, meant.stage, disposition=Disposition.ACT)
    ready = meant.disposition in {Disposition.ACT, Disposition.CONFIRM}
    intent = "schedule_set" if reason is Reason.CONDITION and ready else meant.intent
    return replace(meant, intent=intent, disposition=Disposition.REFUSE, reason=reason, choices=())


def _why_not_now(text: str) -> Reason | None:
    """Return why an order in the home is not for now ("close the blinds if it rains"), None for what is no order."""
    said = without_politeness(plain(text))
    if _OF_PLANS.search(said) or not (_ORDERS_FIRST.match(said) or _ORDERS_BEHIND.match(said)):
        return None
    reason = why_not(text)
    return reason if reason in {Reason.CONDITION, Reason.DEFERRED} else None


def _for_a_while(meant: Interpretation) -> Interpretation:
    """Return "turn the lamp on for 10 minutes" as something with a later end: how long it lasts is nothing to set."""
    values = set(meant.slots) - _PLACES
    if not INTENTS[meant.intent].acts or meant.slots.get("action") != "set" or values != {"action", "duration"}:
        return meant
    return Interpretation(meant.text, "schedule_set", meant.confidence, meant.stage, disposition=Disposition.ACT)


def _later(meant: Interpretation, text: str) -> Interpretation:
    """Return what is to be done later, refused where nobody asks for it or where it waits for something to happen.

    Who only wants to be told says so ("if the garage stays open, tell me"), and not what is to be done then.
    """
    said, reason = plain(text), why_not(text)
    told = meant.intent == "notice_set" and (_TELLS.search(said) or not _DOES.search(said))
    told = told and not (_ORDERS_TOO.search(said) or _ORDERS_BEHIND.match(said))
    waits = reason is Reason.CONDITION and bool(_HAPPENS.search(with_known_times(said)))
    unasked = reason in _NOT_ASKED_FOR and meant.intent == "schedule_set"
    if told or not (waits or unasked):
        return _own_duty(meant, text)
    return replace(meant, intent="schedule_set", disposition=Disposition.REFUSE, reason=reason, choices=())


def _own_duty(meant: Interpretation, text: str) -> Interpretation:
    """Return what somebody has to do later themselves as a reminder of it: "I must lock the shed at ten"."""
    if meant.intent != "schedule_set" or not _OWN_DUTY.match(plain(text)):
        return meant
    return Interpretation(meant.text, "reminder_set", meant.confidence, meant.stage, disposition=Disposition.ACT)


def _in_doubt(meant: Interpretation, text: str) -> Interpretation:
    """Return the command as a question where the speaker may do it, or where its device's word names no device."""
    ready = meant.disposition in {Disposition.ACT, Disposition.CONFIRM} and INTENTS[meant.intent].acts
    if not ready:
        return meant
    thing = something_else(plain(text))
    if not _OWN_DUTY.match(plain(text)) and (thing is None or thing in (meant.mention or "").split()):
        return meant
    choices = meant.choices or (Choice("Yes", meant.targets),)
    return replace(meant, disposition=Disposition.ASK, reason=Reason.UNSURE, choices=choices)

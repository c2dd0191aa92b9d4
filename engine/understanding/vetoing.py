"""Vetoes home actions whose words do not ask for them now."""

from __future__ import annotations

from dataclasses import replace

from engine.understanding.guards import guard
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.slots import prepare
from engine.understanding.text import without_politeness


def why_not(text: str) -> Reason | None:
    """Return why the words of a message must not act now; courtesy does not count."""
    return guard(without_politeness(prepare(text)))


def vetoed(meant: Interpretation, text: str) -> Interpretation:
    """Return what was understood, refused or handed to the schedules where `text` does not ask for it now."""
    reason = why_not(text) if INTENTS[meant.intent].acts else None
    if reason is None:
        return meant
    if reason is Reason.DEFERRED:
        return replace(meant, intent="schedule_set", disposition=Disposition.NONE, reason=reason, choices=())
    ready = meant.disposition in {Disposition.ACT, Disposition.CONFIRM}
    intent = "schedule_set" if reason is Reason.CONDITION and ready else meant.intent
    return replace(meant, intent=intent, disposition=Disposition.REFUSE, reason=reason, choices=())

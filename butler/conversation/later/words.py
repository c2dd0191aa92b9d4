"""How home actions for later stand in a sentence: what is done, when, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from butler.conversation.imperatives import imperative
from butler.conversation.later.plans import Plan
from butler.conversation.phrasing import joined
from butler.conversation.ringing.words import clock_words, duration_words, instant_words, recurrence_words
from engine.tasks.recurrence import Recurrence
from engine.tasks.sun_times import SunTime
from engine.understanding.interpretation import Interpretation
from engine.understanding.snapshot import Entity, Snapshot

LATE = timedelta(minutes=1)


def deed_words(commands: Sequence[Interpretation], snapshot: Snapshot) -> str:
    """Return what is to be done as a person would say it: "turn on the heating and close the blinds"."""
    return joined(_deed(found, snapshot) for found in commands)


def when_words(plan: Plan, now: datetime, zone: tzinfo) -> str:
    """Return when a plan is due: "at 18:00", "every weekday at 7:00, first on Monday at 07:00"."""
    at = clock_words(plan.at, now, zone) if plan.at is not None else ""
    again = again_words(plan, now, zone)
    if again:
        return f"{again}, first {instant_words(plan.at, now, zone)}" if plan.at is not None else again
    if plan.sun is not None and at:
        return f"{sun_words(plan.sun)}, {at}"
    return at


def again_words(plan: Plan, now: datetime, zone: tzinfo) -> str:
    """Return how a plan comes again ("every weekday at sunset"), empty for what is done once."""
    if plan.recurrence is None:
        return ""
    if plan.sun is None:
        return recurrence_words(plan.recurrence, now, zone)
    return f"{_days(plan.recurrence, now, zone)} {sun_words(plan.sun)}"


def sun_words(sun: SunTime) -> str:
    """Return a time by the sun: "at sunset", "30 minutes before sunrise"."""
    if not sun.offset_s:
        return f"at {sun.event}"
    side = "before" if sun.offset_s < 0 else "after"
    return f"{duration_words(abs(sun.offset_s))} {side} {sun.event}"


def _days(recurrence: Recurrence, now: datetime, zone: tzinfo) -> str:
    return recurrence_words(recurrence, now, zone)


def _deed(found: Interpretation, snapshot: Snapshot) -> str:
    entities = [snapshot.by_id.get(i) or Entity(i, i.partition(".")[2].replace("_", " ")) for i in found.targets]
    return imperative(found, entities)

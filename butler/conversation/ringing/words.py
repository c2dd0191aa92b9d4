"""How what rings stands in a sentence: when, for how long, and what is said when it rings."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from butler.conversation.phrasing import joined, opening
from engine.tasks.due import Due, DueKind, Recurrence
from engine.tasks.times import wording_of
from engine.tasks.wall import local
from store.rings import Ring

LATE = timedelta(minutes=1)
"""What rings later than that says so."""

_WEEK_AHEAD = 7  # days from now that a weekday alone does not name any more
_UNITS = (("hour", 3_600), ("minute", 60), ("second", 1))


def instant_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return when something rings, by the wall clock: "today at 17:00", "tomorrow at 09:00", "on Monday at 7:30"."""
    there, here = local(at, zone), local(now, zone)
    days = (there.date() - here.date()).days
    clock = f"{there:%H:%M}"
    named = {-1: f"yesterday at {clock}", 0: f"today at {clock}", 1: f"tomorrow at {clock}"}
    if days in named:
        return named[days]
    if 0 < days < _WEEK_AHEAD:
        return f"on {there:%A} at {clock}"
    year = f" {there.year}" if there.year != here.year else ""
    return f"on {there:%A}, {there.day} {there:%B}{year} at {clock}"


def clock_words(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return an instant as shortly as it is plain: "at 17:00" today, else with its day."""
    return instant_words(at, now, zone).removeprefix("today ")


def duration_words(seconds: float) -> str:
    """Return a duration: "8 minutes", "1 hour and 30 minutes", "45 seconds"."""
    left, parts = max(0, round(seconds)), []
    for unit, length in _UNITS:
        count, left = divmod(left, length)
        if count:
            parts.append(f"{count} {unit}{'' if count == 1 else 's'}")
    return joined(parts) if parts else "no time"


def again_words(ring: Ring, now: datetime, zone: tzinfo) -> str | None:
    """Return when something rings again and again ("every weekday at 7:00"), or None for what rings once."""
    if ring.recurrence is None or ring.snoozed:
        return None
    return recurrence_words(Recurrence.from_document(ring.recurrence), now, zone)


def recurrence_words(recurrence: Recurrence, now: datetime, zone: tzinfo) -> str:
    """Return when something comes again, in words: "every weekday at 7:00"."""
    said = wording_of(Due(DueKind.RECURRENCE, "", recurrence=recurrence), now, zone)
    return f"on {said}" if said.startswith("the ") else said


def when_words(ring: Ring, now: datetime, zone: tzinfo) -> str:
    """Return when something that waits rings: its next instant, with how it comes again where it does."""
    again, at = again_words(ring, now, zone), instant_words(ring.due_at, now, zone)
    return f"{again}, next {at}" if again else at


def rung_text(ring: Ring, now: datetime, zone: tzinfo, *, mention: str = "") -> str:
    """Return what is said when something rings; `mention` is whom it is for, where several people read it."""
    late = now - ring.due_at > LATE
    told = _TOLD[ring.kind](ring, local(ring.due_at, zone), late)
    was_due = f" (It was due {instant_words(ring.due_at, now, zone)}, while I was away.)" if late else ""
    return f"⏰ {f'{mention}: {told}' if mention else opening(told)}{was_due}"


def timer_name(ring: Ring) -> str:
    """Return what a timer is called: "the pasta timer", "the 8-minute timer"."""
    if ring.title:
        return f"the {ring.title} timer"
    return f"the timer for {duration_words(ring.duration_s)}" if ring.duration_s else "the timer"


def _reminder(ring: Ring, _: datetime, __: bool) -> str:  # noqa: FBT001  # all that rings is told in one way
    return f"reminder: {ring.title}"


def _alarm(ring: Ring, at: datetime, late: bool) -> str:  # noqa: FBT001
    about = f": {ring.title}" if ring.title else "."
    return f"your alarm for {at:%H:%M}{about}" if late else f"it's {at:%H:%M}, your alarm{about}"


def _timer(ring: Ring, _: datetime, __: bool) -> str:  # noqa: FBT001
    over = f": {duration_words(ring.duration_s)} are over" if ring.duration_s and ring.title else ""
    return f"{timer_name(ring)} is done{over}."


_TOLD = {"reminder": _reminder, "alarm": _alarm, "timer": _timer}
